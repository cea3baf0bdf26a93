import { expect, test } from 'vitest'
import { readPasted } from '#src/web/events/quotas/pasted.ts'

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
