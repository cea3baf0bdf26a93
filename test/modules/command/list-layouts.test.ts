import { inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { books, tasks } from '#modules/command/schema.ts'
import { committing, decisionsOf, importing, rowsOf } from '#test/support/factories/spreadsheets.ts'
import { aListGround, app, file, heading, type Rows, shown, stored } from './list-ground.ts'

aListGround()

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
