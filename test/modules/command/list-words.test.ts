import { expect, test } from 'vitest'
import { readDue } from '#modules/command/lists/due-words.ts'
import { outlineOf } from '#modules/command/lists/outlines.ts'
import { readUnits } from '#modules/command/lists/unit-words.ts'

const today = '2026-03-02'
const limit = (words: string) => ({ kind: 'limit', limit: words })
const day = (on: string) => ({ kind: 'day', on })

test.each([
  ['6月底前', day('2026-06-30')],
  ['2026年6月30日前完成', day('2026-06-30')],
  ['于6月30日前全面完成', day('2026-06-30')],
  ['2026-06-30', day('2026-06-30')],
  ['2026.6.30', day('2026-06-30')],
  ['十月底', day('2026-10-31')],
  ['4月上旬', day('2026-04-10')],
  ['二季度末', day('2026-06-30')],
  ['上半年', 'unclear'],
  ['今年上半年', day('2026-06-30')],
  ['年底前', day('2026-12-31')],
  ['3个工作日内', limit('workdays:3')],
  ['十五个工作日', limit('workdays:15')],
  ['5个工作时', limit('work_hours:5')],
  ['24小时内', limit('hours:24')],
  ['立行立改', limit('hours:24')],
  ['立即整改', limit('hours:24')],
  ['7天内', limit('hours:168')],
  ['长期坚持', { kind: 'standing' }],
  ['常态化推进', { kind: 'standing' }],
  ['持续推进', { kind: 'standing' }],
  ['1月底前', 'past'],
  ['6月31日', 'no_such_day'],
  ['13月底', 'no_such_day'],
  ['尽快', 'unclear'],
  ['按上级要求', 'unclear'],
])('%s is %j', (words, due) => expect(readDue(words, today)).toEqual(due))

test('a duty that comes again is one of each month or quarter that is left of the year', () => {
  const days = (words: string) => (readDue(words, today) as { days: string[] }).days
  expect(days('每月25日前')).toEqual(
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((n) => `2026-${String(n).padStart(2, '0')}-25`),
  )
  expect(days('每月31日前').slice(0, 2)).toEqual(['2026-03-31', '2026-04-30'])
  expect(days('每月底')[1]).toBe('2026-04-30')
  expect(days('每季度末')).toEqual(['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31'])
})

test.each([
  ['市住建局、市城管局；市公安局', ['市住建局', '市城管局', '市公安局'], []],
  ['市住建局/市城管局', ['市住建局', '市城管局'], []],
  ['市住建局 市城管局', ['市住建局', '市城管局'], []],
  ['市住建局\n市城管局', ['市住建局', '市城管局'], []],
  ['市住建局（牵头）、各县（区）', ['市住建局'], ['各县(区)']],
  ['牵头单位：市住建局', ['市住建局'], []],
  ['市发改委和市住建局', ['市发改委', '市住建局'], []],
  ['市文明办等单位', ['市文明办'], ['等单位']],
  ['各有关单位', [], ['各有关单位']],
  ['各县、区', [], ['各县区']],
  ['市直有关部门', [], ['市直有关部门']],
  ['各成员单位', [], ['各成员单位']],
  ['无', [], []],
])('the cell %j names %j and means %j', (cell, names, many) =>
  expect(readUnits(cell)).toEqual({ names, many }),
)

test('numbers stand below the numbers of the lines above them', () => {
  const above = ['一、市容环境', '（二）主次干道']
  expect(outlineOf({ number: '3', above }, 9)).toBe('一、(二)3')
  expect(outlineOf({ taskText: '1.清理小广告', above: [] }, 9)).toBe('1')
  expect(outlineOf({ taskText: '清理小广告' }, 9)).toBe('9')
})
