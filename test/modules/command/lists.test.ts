/** Lists of tasks as offices write them: every row is judged, none is lost in silence, and the undo is exact. */
import { asc, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { books, tasks, taskUnits } from '#modules/command/schema.ts'
import { type OutCell, writeWorkbook } from '#platform/files/index.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import {
  committing,
  deciding,
  decisionsOf,
  importing,
  rowsOf,
  type TestFile,
} from '#test/support/factories/spreadsheets.ts'

let app: TestApp
const unitIds = new Map<string, string>()

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

type Rows = OutCell[][]
const file = async (
  name: string,
  sheets: Record<string, { rows: Rows; merges?: string[] }>,
): Promise<TestFile> => ({
  name,
  bytes: await writeWorkbook(Object.entries(sheets).map(([sheet, content]) => ({ name: sheet, ...content }))),
})

/** Everything of the slice that lists write, as it stands. */
const stored = async () => ({
  books: await app.db.read.select().from(books).orderBy(asc(books.id)),
  tasks: await app.db.read.select().from(tasks).orderBy(asc(tasks.id)),
  supporting: await app.db.read.select().from(taskUnits).orderBy(asc(taskUnits.id)),
})

/** The tasks of a book in a line each: number, text, unit, supporting units, when. */
async function shown(title: string): Promise<string[]> {
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

const heading = ['序号', '工作任务', '达标要求', '牵头单位', '配合单位', '完成时限']

test('a task book with a sheet for each group comes in, is unchanged when it comes again, and goes again', async () => {
  const before = await stored()
  const book = await file('本溪市文明办创城任务书.xlsx', {
    生活环境组: {
      rows: [
        ['市文明办2026年创城任务书（生活环境组）'],
        heading,
        ['一、市容环境'],
        ['（一）主次干道'],
        [1, '清理小广告', '无乱贴乱画', '市住建局', '市城管局、市公安局', '6月底前'],
        [2, '修复破损路面', null, '市城管局', null, '立行立改'],
        ['二、居民小区'],
        [1, '楼道清理', null, '市住建局', '各县区', '每季度末'],
      ],
      merges: ['A1:F1', 'A3:F3', 'A4:F4', 'A7:F7'],
    },
    公共秩序组: {
      rows: [
        ['市文明办2026年创城任务书（公共秩序组）'],
        heading,
        ['1.', '路口文明劝导', '无闯红灯', '市公安局', '各有关单位', '长期坚持'],
        ['2.', '违停整治', null, '市公安局/市城管局', null, new Date('2026-05-31T00:00:00Z')],
        ['3.', '通讯中断演练', null, '市公安局', null, '尽快'],
        [null, null, null, null, null, null],
        ['合计', '3项'],
      ],
      merges: ['A1:F1'],
    },
  })
  const judged = await importing(app, [book])
  expect(judged.files[0].sheets.map(({ list }: { list: string }) => list)).toEqual(['tasks', 'tasks'])
  expect(judged.counts).toMatchObject({ new: 3, needs_decision: 2, error: 1 })
  const problems = (await rowsOf(app, judged.id)).flatMap(({ problems }) => problems)
  expect(problems).toMatchObject([{ column: '完成时限', value: '尽快', code: 'task.due_unread' }])
  const asked = await decisionsOf(app, judged.id)
  expect(asked.map(({ kind, name, proposals }) => [kind, name, proposals[0].id])).toEqual([
    ['units', '各县区', 'districts'],
    ['units', '各有关单位', 'members'],
  ])
  const answered = await deciding(app, judged.id, {
    decisions: [
      { decisionId: asked[0].id, answer: 'use', choice: 'districts' },
      { decisionId: asked[1].id, answer: 'use', choice: 'none' },
    ],
  })
  expect(answered).toMatchObject({ counts: { new: 5, error: 1 }, openDecisions: 0 })
  expect(await stored()).toEqual(before)
  expect((await committing(app, judged.id)).state).toBe('committed')
  const quarter = (n: number, on: string) =>
    `生活环境组·二、1·${n}月 | 楼道清理 | 市住建局 | 平山区文明办+明山区文明办 | ${on}`
  expect(await shown('市文明办2026年创城任务书')).toEqual([
    '生活环境组·一、(一)1 | 清理小广告 | 市住建局 | 市城管局+市公安局 | 2026-06-30',
    '生活环境组·一、(一)2 | 修复破损路面 | 市城管局 | - | hours:24',
    quarter(3, '2026-03-31'),
    quarter(6, '2026-06-30'),
    quarter(9, '2026-09-30'),
    quarter(12, '2026-12-31'),
    '公共秩序组·1 | 路口文明劝导 | 市公安局 | - | standing',
    '公共秩序组·2 | 违停整治 | 市公安局 | 市城管局 | 2026-05-31',
  ])

  const again = await importing(app, [book])
  const answers = (await decisionsOf(app, again.id)).map(({ id, name }) => ({
    decisionId: id,
    answer: 'use',
    choice: name === '各县区' ? 'districts' : 'none',
  }))
  expect((await deciding(app, again.id, { decisions: answers })).counts).toMatchObject({
    unchanged: 5,
    new: 0,
    update: 0,
  })

  const undone = await app.as('city_office').delete(`/api/imports/${judged.id}/commit`)
  expect(undone.body.state).toBe('undone')
  expect(await stored()).toEqual(before)
})

test('a later list changes drafts, but not what was issued; the undo puts the drafts back', async () => {
  const list = (...rows: Rows) =>
    file('整改.xlsx', {
      Sheet1: {
        rows: [['市文明办问题整改清单'], ['序号', '存在问题', '整改要求', '责任单位', '整改时限'], ...rows],
      },
    })
  const first = await importing(app, [
    await list(
      [1, '垃圾清运不及时', '日产日清', '市城管局', '3个工作日'],
      [2, '井盖缺失', null, '市住建局', '24小时'],
    ),
  ])
  expect(first.counts).toMatchObject({ new: 2 })
  await committing(app, first.id)
  const before = await stored()
  const second = await importing(app, [
    await list(
      [1, '垃圾清运不及时', '日产日清', '市住建局', '5个工作日'],
      [2, '井盖缺失', null, '市住建局', '24小时'],
      [3, '占道经营', null, '市城管局', '立行立改'],
    ),
  ])
  expect(second.counts).toMatchObject({ update: 1, unchanged: 1, new: 1 })
  await committing(app, second.id)
  expect(await shown('市文明办问题整改清单')).toEqual([
    '1 | 垃圾清运不及时 | 市住建局 | - | workdays:5',
    '2 | 井盖缺失 | 市住建局 | - | hours:24',
    '3 | 占道经营 | 市城管局 | - | hours:24',
  ])
  const undo = (id: string) => app.as('city_office').delete(`/api/imports/${id}/commit`)
  expect((await undo(second.id)).body.state).toBe('undone')
  const versions = ({ tasks: all, ...others }: typeof before) => ({
    ...others,
    tasks: all.map(({ version: _, ...task }) => task),
  })
  expect(versions(await stored())).toEqual(versions(before))
  expect(await shown('市文明办问题整改清单')).toHaveLength(2)

  const [book] = await app.db.read.select().from(books).where(eq(books.title, '市文明办问题整改清单'))
  await app.as('city_office').put(`/api/books/${book!.id}/publication`).set('if-match', '"v1"').expect(200)
  const third = await importing(app, [
    await list(
      [1, '垃圾清运不及时', '日产日清', '市教育局', '3个工作日'],
      [2, '井盖缺失', null, '市住建局', '24小时'],
    ),
  ])
  expect(third.counts).toMatchObject({ error: 1, unchanged: 1 })
  expect((await undo(first.id)).body.code).toBe('changes.in_use')
})

/** One office's manner of writing the same three tasks. */
type Layout = (
  rows: readonly { n: number; text: string; lead: string; support: string | null; due: string }[],
) => {
  rows: Rows
  merges?: string[]
}

const layouts: Record<string, Layout> = {
  plain: (all) => ({
    rows: [heading, ...all.map(({ n, text, lead, support, due }) => [n, text, null, lead, support, due])],
  }),
  otherWords: (all) => ({
    rows: [
      ['编号', '测评内容', '测评标准', '主责单位', '协办单位', '整改时限', '备注'],
      ...all.map(({ n, text, lead, support, due }) => [`${n}、`, text, '达标', lead, support, due, '联系人']),
    ],
  }),
  unnumbered: (all) => ({
    rows: [
      ['重点任务', '责任单位', '完成时间'],
      ...all.map(({ text, lead, due }) => [text, lead, due]),
      ['填表人：张伟'],
    ],
  }),
  numbersInTexts: (all) => ({
    rows: [
      ['任务内容', '牵头单位', '配合单位', '时间节点'],
      ...all.map(({ n, text, lead, support, due }) => [
        `（${'一二三四'[n - 1]}）${text}`,
        lead,
        support,
        due,
      ]),
    ],
  }),
  mergedLead: (all) => ({
    rows: [
      ['牵头单位', '序号', '工作任务', '完成时限'],
      ...all.map(({ n, text, due }, at) => [at === 0 ? all[0]!.lead : null, n, text, due]),
    ],
    merges: [`A3:A${all.length + 2}`],
  }),
  groups: (all) => ({
    rows: [
      ['一级指标', '二级指标', '序号', '工作任务', '责任单位', null, '完成时限'],
      [null, null, null, null, '牵头单位', '配合单位', null],
      ...all.map(({ n, text, lead, support, due }, at) => [
        at === 0 ? '市容' : null,
        at === 0 ? '干道' : null,
        n,
        text,
        lead,
        support,
        due,
      ]),
    ],
    merges: [
      'A2:A3',
      'B2:B3',
      'C2:C3',
      'D2:D3',
      'E2:F2',
      'G2:G3',
      `A4:A${all.length + 3}`,
      `B4:B${all.length + 3}`,
    ],
  }),
  repeatedHeadings: (all) => ({
    rows: all.flatMap(({ n, text, lead, support, due }) => [heading, [n, text, null, lead, support, due]]),
  }),
  twoTables: (all) => ({
    rows: [
      heading,
      ...all.slice(0, 1).map(({ n, text, lead, support, due }) => [n, text, null, lead, support, due]),
      ['附：补充任务'],
      ['责任单位', '序号', '工作任务', '完成时限'],
      ...all.slice(1).map(({ n, text, lead, due }) => [lead, n, text, due]),
    ],
  }),
}

const dues = ['6月底前', '3个工作日内', '长期坚持', '2026年9月10日', '立行立改']
const leads = ['市住建局', '市城管局', '市公安局']

test('twenty lists in eight layouts: every row is judged or named, and undoing them all leaves nothing', async () => {
  const before = await stored()
  const names = Object.keys(layouts)
  const files = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const all = [1, 2, 3].map((row) => ({
        n: row,
        text: `第${n + 1}张清单的任务${row}`,
        lead: leads[n % 3]!,
        support: row === 2 ? leads[(n + 1) % 3]! : null,
        due: dues[(n + row) % dues.length]!,
      }))
      const { rows, merges = [] } = layouts[names[n % names.length]!]!(all)
      const title = `市文明办第${n + 1}批任务清单`
      return file(`${title}.xlsx`, { Sheet1: { rows: [[title], ...rows], merges: ['A1:C1', ...merges] } })
    }),
  )
  const judged = await importing(app, files)
  const { new: fresh, error, needs_decision: waits } = judged.counts
  expect([fresh, error, waits]).toEqual([60, 0, 0])
  await committing(app, judged.id)
  const added = await app.db.read
    .select()
    .from(tasks)
    .where(
      inArray(
        tasks.bookId,
        app.db.read
          .select({ id: books.id })
          .from(books)
          .where(
            inArray(
              books.title,
              files.map(({ name }) => name.slice(0, -5)),
            ),
          ),
      ),
    )
  expect(added).toHaveLength(60)
  for (let n = 0; n < 20; n++) {
    const lines = await shown(`市文明办第${n + 1}批任务清单`)
    expect(lines.map((line) => line.split(' | ')[2])).toEqual([1, 2, 3].map(() => leads[n % 3]))
    for (const [at, line] of lines.entries()) expect(line).toContain(`第${n + 1}张清单的任务${at + 1}`)
  }
  await app.as('city_office').delete(`/api/imports/${judged.id}/commit`).expect(200)
  expect(await stored()).toEqual(before)
})

test('what a list leaves open is refused by name, or asked', async () => {
  const rows: Rows = [
    ['市文明办任务清单'],
    ['序号', '工作任务', '责任单位', '完成时限'],
    [1, '没有单位', null, '6月底前'],
    [2, '没有时限', '市住建局', null],
    [3, '没有这一天', '市住建局', '2月30日'],
    [4, '已过', '市住建局', '1月10日'],
    [5, '两个单位', '市住建局、市城管局', '6月底前'],
    [6, '没听过的单位', '市不存在局', '6月底前'],
    [6, '重号', '市住建局', '6月底前'],
    [8, '很多单位', '各县区', '6月底前'],
  ]
  const judged = await importing(app, [
    await file('清单.xlsx', { 督查组: { rows } }),
    await file('清单2.xlsx', { Sheet1: { rows } }),
  ])
  const [unknown, plain] = [judged.files[0].sheets[0], judged.files[1].sheets[0]]
  const of = async (sheetId: string) =>
    (await rowsOf(app, judged.id, `kind=data&limit=200&sheetId=${sheetId}`)).map(
      ({ judgement, problems }) => [judgement, ...problems.map(({ code }: { code: string }) => code)],
    )
  expect(
    (await of(unknown.id)).every(([judgement, code]) => judgement === 'error' && code !== undefined),
  ).toBe(true)
  expect(await of(plain.id)).toEqual([
    ['error', 'task.unit_missing'],
    ['error', 'task.due_missing'],
    ['error', 'task.due_no_day'],
    ['error', 'task.due_over'],
    ['needs_decision'],
    ['needs_decision'],
    ['new'],
    ['needs_decision'],
  ])
  const asked = (await decisionsOf(app, judged.id)).map(({ kind, name }) => `${kind} ${name}`).sort()
  expect(asked).toEqual(['unit 市不存在局', 'units 几个责任单位', 'units 各县区'])
})
