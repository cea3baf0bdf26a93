/**
 * Whatever anybody does with tasks, in whatever order and at whatever time: what must hold of signing off, of deadlines, of
 * repeats and of figures. Everything through the front door, on both engines.
 */

import { eq, inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { beforeAll, expect, test } from 'vitest'
import { issueTask, officeTime, openBook } from '#modules/command/index.ts'
import { taskMoves, tasks } from '#modules/command/schema.ts'
import { onOneLine } from '#modules/command/tasks/sign-off-rules.ts'
import { factsOf, foldMoves } from '#modules/command/tasks/task-facts.ts'
import { type MoveKind, moveKinds } from '#modules/command/words.ts'
import { units as unitRows } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// The last days of the year: a golden week, a make-up day and a year that nobody knows yet lie ahead of some of the runs.
const starts = ['2026-02-09', '2026-09-17', '2026-12-21'].map((day) => `${day}T09:00:00+08:00`)
const app = sharedApp({ at: starts[0]!, unused: true })

type Unit = { id: string }
let units: Record<'city' | 'owing' | 'branch' | 'other', Unit>
let actors: SignedIn[]

beforeAll(async () => {
  const root = await aUnit(app.db, { name: '市委市政府', districtCode: null })
  const unit = (name: string, parentId: string, districtCode: string | null) =>
    aUnit(app.db, { name, parentId, districtCode })
  const city = await unit('市文明办', root.id, null)
  const owing = await unit('平山区房产局', root.id, '210502')
  const branch = await unit('房产局站前所', owing.id, '210502')
  units = { city, owing, branch, other: await unit('平山区城管局', root.id, '210502') }
  const office = await app.signIn({ role: 'city_office' })
  const online = await app.signIn({ role: 'city_office' })
  const actFor = ({ userId }: SignedIn, unitId: string) =>
    app
      .as('system_administrator')
      .put(`/api/users/${userId}/unit`)
      .set('if-match', '"v1"')
      .send({ unitId })
      .expect(200)
  await actFor(office, city.id)
  // Reaches everything, and belongs to the unit that owes.
  await actFor(online, branch.id)
  actors = [
    office,
    online,
    await app.signIn({ role: 'unit_administrator', unitId: owing.id }),
    await app.signIn({ role: 'unit_administrator', unitId: units.other.id }),
    await app.signIn({ role: 'task_officer', unitId: city.id }),
    await app.signIn({ role: 'counsellor', unitId: owing.id }),
  ]
})

const dueClasses = { case: ['workdays:3', 'hours:24'], item: ['work_hours:5', 'workdays:15'] }

/** A book of cases and one of items, both owed by one unit. */
async function aSet(): Promise<string[]> {
  const made: string[] = []
  await app.db.transaction(async (tx) => {
    const moving = {
      ...{ office: await officeTime(tx, app.context.config), by: 'system' as const },
      at: app.clock.now(),
    }
    for (const kind of ['case', 'item'] as const) {
      const bookKind = kind === 'case' ? ('rectification' as const) : ('checklist' as const)
      const book = { kind: bookKind, title: '清单', issuerUnitId: units.city.id }
      const bookId = await openBook(tx, book, moving)
      for (const [n, dueClass] of dueClasses[kind].entries())
        made.push(
          await issueTask(
            tx,
            { ...{ bookId, kind, outline: `${n + 1}`, text: '清理楼道', unitId: units.owing.id }, dueClass },
            moving,
          ),
        )
    }
  })
  return made
}

const kinds = Object.keys(moveKinds) as MoveKind[]
const dull: readonly MoveKind[] = ['comment', 'explain', 'cancel', 'annul', 'progress']
const step = fc.record({
  task: fc.nat({ max: 3 }),
  actor: fc.constantFrom(0, 0, 1, 2, 2, 3, 4, 5),
  // Mostly something that the service offers to them, sometimes anything.
  offered: fc.option(fc.nat({ max: 59 }), { freq: 5 }),
  kind: fc.constantFrom(...kinds),
  hours: fc.constantFrom(0, 0, 0, 1, 5, 26),
  until: fc.integer({ min: -5, max: 60 }),
  // Whether figures are looked at after it.
  look: fc.constantFrom(true, false, false, false),
  unit: fc.constantFrom('owing', 'branch', 'other') as fc.Arbitrary<'owing' | 'branch' | 'other'>,
})

/** One of the moves that the service offers to somebody, those that move something first. */
async function offeredTo(who: SignedIn, taskId: string, n: number): Promise<MoveKind | null> {
  const { status, body } = await app.as(who).get(`/api/tasks/${taskId}`)
  if (status !== 200) return null
  const moves = (body.allowed.moves as MoveKind[]).filter((kind) => !dull.includes(kind))
  return moves[n % moves.length] ?? null
}

async function figuresAt(taskIds: readonly string[], at: string) {
  const rows = await app.db.read
    .select({ bookId: tasks.bookId })
    .from(tasks)
    .where(inArray(tasks.id, [...taskIds]))
  const some = [...new Set(rows.map(({ bookId }) => bookId))].sort()
  const read = (bookId: string) =>
    app
      .as('city_office')
      .get(`/api/task-figures?by=unit&bookId=${bookId}&at=${encodeURIComponent(at)}`)
      .expect(200)
  return Promise.all(some.map(async (bookId) => (await read(bookId)).body))
}

test('random moves of random people at random times keep what must hold, and every figure stays what was shown', async () => {
  const made: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...starts),
      fc.noBias(fc.array(step, { minLength: 45, maxLength: 45 })),
      async (start, steps) => {
        await app.settled()
        app.clock.set(DateTime.fromISO(start).toUTC())
        const ids = await aSet()
        const shown: { at: string; figures: unknown }[] = []
        for (const { task, actor, offered, kind: any, hours, until, unit, look } of steps) {
          if (hours > 0) await app.advance({ hours })
          const id = ids[task]!
          const kind = (offered === null ? null : await offeredTo(actors[actor]!, id, offered)) ?? any
          const body = {
            ...{ id: newId(), kind, reason: '情况说明', amount: 1, unitId: units[unit].id },
            until: app.clock.now().plus({ days: until }).toISO(),
          }
          const send = () => app.as(actors[actor]!).post(`/api/tasks/${id}/moves`).send(body)
          const first = await send()
          expect([kind, first.status < 500]).toEqual([kind, true])
          if (first.status === 201) {
            made[kind] = (made[kind] ?? 0) + 1
            // Sent again, it is made once.
            const again = await send()
            expect([again.status, again.body.version]).toEqual([201, first.body.version])
          }
          if (!look) continue
          const at = app.clock.now().toISO()!
          shown.push({ at, figures: await figuresAt(ids, at) })
        }
        await holdsOf(ids)
        for (const { at, figures } of shown) expect(await figuresAt(ids, at)).toEqual(figures)
        for (const { figures } of shown)
          for (const { total } of figures as { total: Record<string, number> }[]) {
            expect(total.issued).toBe(total.open! + total.closed! + total.cancelled!)
            expect(total.onTime).toBeLessThanOrEqual(total.dueNotSuspended!)
          }
      },
    ),
    { numRuns: 8, endOnFailure: true },
  )
  // It was no empty game.
  expect(Object.keys(made).length).toBeGreaterThan(12)
  for (const kind of ['report', 'pass', 'fail', 'return', 'reopen', 'suspend', 'ask_extension'])
    expect([kind, made[kind] ?? 0]).toEqual([kind, expect.toSatisfy((times: number) => times > 0)])
}, 300_000)

/** Of each task: it is the fold of its moves, no deadline became earlier, and somebody else on another line signed it off. */
async function holdsOf(ids: readonly string[]): Promise<void> {
  const of = new Map((await app.db.read.select().from(unitRows)).map((unit) => [unit.id, unit]))
  const plain = (facts: object) => JSON.parse(JSON.stringify(facts))
  for (const id of ids) {
    const moves = await app.db.read
      .select()
      .from(taskMoves)
      .where(eq(taskMoves.taskId, id))
      .orderBy(taskMoves.sequence)
    const [row] = await app.db.read.select().from(tasks).where(eq(tasks.id, id))
    expect(plain(factsOf(row!))).toEqual(plain(foldMoves(moves)))
    for (const [n, move] of moves.entries()) {
      const before = moves[n - 1]
      if (before && before.cycle === move.cycle && move.kind !== 'revoke')
        expect([move.kind, move.dueAt! >= before.dueAt!]).toEqual([move.kind, true])
      if (move.kind !== 'pass') continue
      const reported = moves.slice(0, n).findLast(({ kind }) => kind === 'report')
      expect(move.byUserId).not.toBe(reported!.byUserId)
      expect(onOneLine(of.get(move.byUnitId!)!, of.get(move.owingUnitId!)!)).toBe(false)
      const online = actors[1]!.userId
      const onLine = [units.owing.id, units.branch.id].includes(move.owingUnitId!)
      if (onLine) expect(move.byUserId).not.toBe(online)
    }
  }
}
