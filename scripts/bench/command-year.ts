import { books, taskMoves, tasks } from '#modules/command/schema.ts'
import { neverDue } from '#modules/command/tasks/never-due.ts'
import { searchNameOf } from '#modules/organisation/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { inChunks } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { SignedIn, TestApp } from '#test/support/app.ts'
import { aUnit } from '#test/support/factories/organisation.ts'

/** A year of a city: books, what the units owe in them, and everything that happened to it. */
export const year = { units: 300, books: 100, tasks: 100_000, movesEach: 10, chartRows: 500 }

const start = instantFrom('2026-01-05T09:00:00+08:00')
/** Four of five are signed off; of the others some are late, some reported, some suspended. */
const kinds = [
  'issue',
  'accept',
  'progress',
  'progress',
  'explain',
  'comment',
  'progress',
  'comment',
  'report',
  'pass',
] as const
const states = [
  'issued',
  'accepted',
  'accepted',
  'accepted',
  'accepted',
  'accepted',
  'accepted',
  'accepted',
  'reported',
  'closed',
] as const

/** One of 25 was found again after it was signed off, and signed off once more. */
const again = {
  kinds: ['issue', 'accept', 'progress', 'report', 'pass', 'reopen', 'accept', 'comment', 'report', 'pass'],
  states: [
    ...['issued', 'accepted', 'accepted', 'reported', 'closed'],
    ...['issued', 'accepted', 'accepted', 'reported', 'closed'],
  ],
} as const

export interface CommandYear {
  office: SignedIn
  liaison: SignedIn
  bookId: string
  chartBookId: string
}

/** Writes the year straight into the tables: what is measured is reading it. */
export async function writeYear(app: TestApp, say: (text: string) => void): Promise<CommandYear> {
  const city = await aUnit(app.db, { name: '市文明办' })
  const owing: string[] = []
  for (let n = 1; n <= year.units; n++)
    owing.push((await aUnit(app.db, { name: `责任单位${n}`, districtCode: `21050${2 + (n % 4)}` })).id)
  const office = await app.signIn({ role: 'city_office' })
  const liaison = await app.signIn({ role: 'unit_administrator', unitId: owing[0]! })
  const bookIds = Array.from({ length: year.books + 1 }, () => newId())
  await app.db.transaction((tx) =>
    tx.insert(books).values(
      bookIds.map((id, n) => ({
        ...{ id, kind: 'task_book' as const, title: `任务书${n}`, searchTitle: searchNameOf(`任务书${n}`) },
        ...{ issuerUnitId: city.id, publishedAt: start, createdAt: start },
      })),
    ),
  )
  const each = year.tasks / year.books
  for (const [n, bookId] of bookIds.entries()) {
    const count = n === year.books ? year.chartRows : each
    const made = Array.from({ length: count }, (_, at) => aTask(bookId, n * each + at, owing))
    for (let from = 0; from < made.length; from += 500)
      await app.db.transaction((tx) => writeTasks(tx, made.slice(from, from + 500), city.id))
    if (n % 10 === 0) say(`${n} of ${year.books} books … `)
  }
  await app.db.refreshStatistics()
  return { office, liaison, bookId: bookIds[3]!, chartBookId: bookIds.at(-1)! }
}

type Made = ReturnType<typeof aTask>

/** One task as it stands at the end of the year; `n` decides which, so that every run writes the same. */
function aTask(bookId: string, n: number, owing: readonly string[]) {
  const issuedAt = start.plus({ days: (n * 7) % 340, minutes: n % 480 })
  const dueAt = issuedAt.plus({ days: 15 })
  const done = n % 5 === 0 ? 2 + (n % 7) : kinds.length
  const reportedAt = done >= 9 ? issuedAt.plus({ days: 10 + (n % 9) }) : null
  const closedAt = done >= 10 ? issuedAt.plus({ days: 20 }) : null
  const position = (n % 100_000) + 1
  const isAgain = n % 25 === 3
  return {
    isAgain,
    issuedAt,
    dueAt,
    done,
    reportedAt,
    row: {
      ...{ id: newId(), bookId, kind: 'item' as const, outline: `${position}`, position },
      ...{
        text: `清理楼道杂物，疏通消防通道，张贴文明公约，公示包保责任人（第${n}项）`,
        unitId: owing[n % owing.length]!,
      },
      ...{ dueKind: 'dated' as const, dueClass: 'workdays:15', dueAt, firstDueAt: dueAt },
      ...{ dueOrder: closedAt ? neverDue : dueAt, issuedAt, answerBy: issuedAt.plus({ days: 1 }) },
      ...{ acceptedAt: issuedAt.plus({ hours: 5 }), reportedAt, closedAt, attempts: reportedAt ? 1 : 0 },
      ...{ cycle: isAgain ? 2 : 1, createdAt: issuedAt },
    },
  }
}

async function writeTasks(tx: Writer, made: readonly Made[], checkUnitId: string): Promise<void> {
  await inChunks(
    made.map(({ row }) => row),
    250,
    (some) => tx.insert(tasks).values(some),
  )
  const moves = made.flatMap(({ row, issuedAt, dueAt, done, reportedAt, isAgain }) =>
    // Whatever is not done was spoken of instead.
    (isAgain ? again.kinds : kinds).map((kind, at) => {
      const state = (isAgain ? again.states : states)[Math.min(at, done - 1)]!
      return {
        ...{ id: newId(), taskId: row.id, sequence: at + 1, operationId: newId(), attempt: 0 },
        ...{ kind: at < done ? kind : ('comment' as const), at: issuedAt.plus({ days: at * 2 }) },
        ...{ dueAt, state, owingUnitId: row.unitId, cycle: isAgain && at >= 5 ? 2 : 1 },
        byUnitId: kind === 'pass' ? checkUnitId : row.unitId,
        reportedAt: state === 'reported' || state === 'closed' ? reportedAt : null,
      }
    }),
  )
  await inChunks(moves, 500, (some) => tx.insert(taskMoves).values(some))
}
