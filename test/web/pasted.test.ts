import { expect, test } from 'vitest'
import { csvText, pasteText } from '#src/web/core/sheet-text.ts'
import { readPasted } from '#src/web/events/quotas/pasted.ts'
import { noticeDays } from '#src/web/system/notice-days.ts'

test('what is copied from a spreadsheet is read: headings, totals and empty lines aside', () => {
  const text = [
    '序号\t单位\t人数',
    '1\t市教育局\t40',
    '2\t市公安局\t１２０人',
    '',
    '3\t市税务局\t1,200',
    '\t合 计\t1360',
    '市水务局 15',
    '市民政局，8',
    '没有人数的单位\t',
  ].join('\r\n')
  expect(readPasted(text)).toEqual({
    lines: [
      { name: '市教育局', heads: 40 },
      { name: '市公安局', heads: 120 },
      { name: '市税务局', heads: 1200 },
      { name: '市水务局', heads: 15 },
      { name: '市民政局', heads: 8 },
    ],
    ignored: 3,
  })
})

test('the days of a holiday notice are read as notices write them, and what is no day is named', () => {
  const text = `1月1日（周五）至3日（周日）放假，共3天。
2027-02-06–2027-02-08、2/9、10/01
2月28日（周日）上班`
  expect(noticeDays(text, 2027)).toEqual({
    days: [
      ...['2027-01-01', '2027-01-02', '2027-01-03'],
      ...['2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09', '2027-02-28', '2027-10-01'],
    ],
    wrong: [],
  })
  // The holiday of the New Year may begin in the year before.
  // As the console itself writes them in English.
  expect(
    noticeDays('1–3 January\n30 April–2 May, 6 february\n31 December 2026 – 1 January 2027', 2027),
  ).toEqual({
    days: [
      ...['2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03'],
      ...['2027-02-06', '2027-04-30', '2027-05-01', '2027-05-02'],
    ],
    wrong: [],
  })
  expect(noticeDays('2026年12月31日至2027年1月1日', 2027).days).toEqual(['2026-12-31', '2027-01-01'])
  expect(noticeDays('2月30日\n春节\n3日\n5月3日至1日\n1月1日至9月1日', 2027)).toEqual({
    days: [],
    wrong: ['2月30日', '春节', '3日', '5月3日至1日', '1月1日至9月1日'],
  })
})

test('a list that is taken along is read by spreadsheets as it was: no formulas, no cells that break', () => {
  const rows = [
    ['队伍', '队长', '人数'],
    ['=HYPERLINK("http://x")', '王,强', '-12'],
    ['+清扫队', '“李”\n明', '+3.5%'],
  ]
  expect(pasteText(rows)).toBe(
    `队伍\t队长\t人数\n'=HYPERLINK("http://x")\t王,强\t-12\n'+清扫队\t“李” 明\t+3.5%`,
  )
  expect(csvText(rows)).toBe(
    `\ufeff队伍,队长,人数\r\n"'=HYPERLINK(""http://x"")","王,强",-12\r\n'+清扫队,“李” 明,+3.5%\r\n`,
  )
})
