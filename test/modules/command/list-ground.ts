/** Units whose task books come as lists. */
import { asc, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll } from 'vitest'
import { books, tasks, taskUnits } from '#modules/command/schema.ts'
import { type OutCell, writeWorkbook } from '#platform/files/index.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import type { TestFile } from '#test/support/factories/spreadsheets.ts'

export let app: TestApp

/** Before the tests of a file: what they stand on. */
export function aListGround(): void {
  // Monday 2 March 2026, 9:00.
  beforeAll(async () => {
    app = await startApp({ at: '2026-03-02T09:00:00+08:00' })
    const city = await aUnit(app.db, { name: '市文明办' })
    unitIds.set('市文明办', city.id)
    for (const name of [
      '市住建局',
      '市城管局',
      '市公安局',
      '市教育局',
      '平山区文明办',
      '明山区文明办',
      '行政局',
    ])
      unitIds.set(name, (await aUnit(app.db, { name, parentId: city.id })).id)
    const body = async (kind: string, name: string, ...members: [role: string, unit: string][]) => {
      const { body: made } = await app
        .as('city_office')
        .post('/api/working-bodies')
        .send({ kind, name })
        .expect(201)
      for (const [role, unit] of members)
        await app
          .as('city_office')
          .post(`/api/working-bodies/${made.id}/members`)
          .send({ role, unitId: unitIds.get(unit) })
          .expect(201)
    }
    await body('group', '生活环境组', ['lead', '市住建局'], ['member', '市城管局'])
    await body('group', '公共秩序组', ['lead', '市公安局'])
    await body('district_office', '平山区创城办', ['lead', '平山区文明办'])
    await body('district_office', '明山区创城办', ['lead', '明山区文明办'])
  })
  afterAll(() => app[Symbol.asyncDispose]())
}

export const unitIds = new Map<string, string>()

export type Rows = OutCell[][]

export const file = async (
  name: string,
  sheets: Record<string, { rows: Rows; merges?: string[] }>,
): Promise<TestFile> => ({
  name,
  bytes: await writeWorkbook(Object.entries(sheets).map(([sheet, content]) => ({ name: sheet, ...content }))),
})

/** Everything of the slice that lists write, as it stands. */
export const stored = async () => ({
  books: await app.db.read.select().from(books).orderBy(asc(books.id)),
  tasks: await app.db.read.select().from(tasks).orderBy(asc(tasks.id)),
  supporting: await app.db.read.select().from(taskUnits).orderBy(asc(taskUnits.id)),
})

/** The tasks of a book in a line each: number, text, unit, supporting units, when. */
export async function shown(title: string): Promise<string[]> {
  const names = new Map([...unitIds].map(([name, id]) => [id, name]))
  const [book] = await app.db.read.select().from(books).where(eq(books.title, title))
  const rows = await app.db.read
    .select()
    .from(tasks)
    .where(eq(tasks.bookId, book!.id))
    .orderBy(asc(tasks.position))
  const supporting = await app.db.read
    .select()
    .from(taskUnits)
    .where(
      inArray(
        taskUnits.taskId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(taskUnits.id))
  return rows.map(({ id, outline, text, unitId, dueKind, dueClass, dueOn }) => {
    const others = supporting.filter(({ taskId }) => taskId === id).map(({ unitId: of }) => names.get(of))
    return [outline, text, names.get(unitId), others.join('+') || '-', dueOn ?? dueClass ?? dueKind].join(
      ' | ',
    )
  })
}

export const heading = ['序号', '工作任务', '达标要求', '牵头单位', '配合单位', '完成时限']
