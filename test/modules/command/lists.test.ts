/** Lists of tasks as offices write them: every row is judged, none is lost in silence, and the undo is exact. */
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { books } from '#modules/command/schema.ts'
import {
  committing,
  deciding,
  decisionsOf,
  downloading,
  importing,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'
import { aListGround, app, file, heading, type Rows, shown, stored } from './list-ground.ts'

aListGround()

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

test('an error sheet keeps the lines that number its tasks: corrected, each is the task that it was', async () => {
  const rows: Rows = [
    ['市文明办2026年整改任务书'],
    heading,
    ['一、市容环境'],
    ['（一）主次干道'],
    [1, '清理小广告', null, '市住建局', null, '6月底前'],
    [2, '修复破损路面', null, '市城管局', null, '尽快'],
    ['（二）背街小巷'],
    [1, '补栽行道树', null, '市城管局', null, '尽快'],
    ['二、居民小区'],
    [1, '楼道清理', null, '市住建局', null, '6月底前'],
    [2, '粉刷楼道', null, '市住建局', null, '尽快'],
  ]
  const judged = await importing(app, [
    await file('市文明办整改任务书.xlsx', { 任务书: { rows, merges: ['A1:F1'] } }),
  ])
  const numbered = async (id: string) =>
    (await rowsOf(app, id)).flatMap(({ judgement, values: { more } }) =>
      judgement === 'error' ? [[...more.above, more.taskText].join(' ')] : [],
    )
  const wrong = [
    '一、市容环境 （一）主次干道 修复破损路面',
    '一、市容环境 （二）背街小巷 补栽行道树',
    '二、居民小区 粉刷楼道',
  ]
  expect(await numbered(judged.id)).toEqual(wrong)
  const { body } = await downloading(app, `/api/imports/${judged.id}/errors.xlsx`)
  const again = await importing(app, [{ name: '错误表.xlsx', bytes: body }])
  expect(await numbered(again.id)).toEqual(wrong)
})
