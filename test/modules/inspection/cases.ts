/** Cases as the tests of rankings and rates need them: found by somebody, owed by a unit, settled or not. */
import { issueTask, officeTime, openBook } from '#modules/command/index.ts'
import { cases } from '#modules/inspection/schema.ts'
import type { CaseSource } from '#modules/inspection/words.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn, TestApp } from '#test/support/app.ts'

export interface CaseWanted {
  roundId: string | null
  visitId: string
  zoneId: string
  districtCode: string
  unitId: string
  issuerUnitId: string
  standardId: string
  standardCode: string
  foundByUserId: string
  foundByUnitId: string
  source?: CaseSource
  dueClass?: string
}

let made = 0
const books = new Map<string, string>()

/** @returns the id of its task */
export async function aCase(app: TestApp, wanted: CaseWanted): Promise<string> {
  const { issuerUnitId, dueClass = 'workdays:3', source = 'sample', ...found } = wanted
  const at = app.clock.now()
  return app.db.transaction(async (tx) => {
    const moving = { office: await officeTime(tx, app.context.config), by: 'system' as const, at }
    const series = `${issuerUnitId.slice(-6)}-${++made}`
    const book = { kind: 'rectification' as const, title: '整改清单', issuerUnitId }
    const bookId = books.get(issuerUnitId) ?? (await openBook(tx, book, moving))
    books.set(issuerUnitId, bookId)
    const id = newId()
    const { zoneId, unitId, foundByUserId, foundByUnitId } = found
    const taskId = await issueTask(
      tx,
      {
        ...{ bookId, kind: 'case', outline: series, text: '楼道堆物', unitId, zoneId, dueClass },
        ...{ subject: `case:${id}`, foundByUserId, foundByUnitId },
      },
      moving,
    )
    await tx.insert(cases).values({
      ...{ ...found, id, number: series, series, sequence: 1, source, taskId, bookId },
      ...{
        observationId: newId(),
        severity: 'ordinary',
        answeringStep: 'point_unit',
        foundAt: at,
        createdAt: at,
      },
    })
    return taskId
  })
}

const move = (app: TestApp, who: SignedIn, taskId: string, kind: string, more: object = {}) =>
  app
    .as(who)
    .post(`/api/tasks/${taskId}/moves`)
    .send({ id: newId(), kind, ...more })

/** Reported by the unit, and signed off. */
export async function settleCase(
  app: TestApp,
  taskId: string,
  { unit, checker }: { unit: SignedIn; checker: SignedIn },
): Promise<void> {
  await move(app, unit, taskId, 'report').expect(201)
  await move(app, checker, taskId, 'pass').expect(201)
}

export { move }
