import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { type DocumentRow, type OutDocument, writeDocument } from '#platform/documents/index.ts'
import { toneColors } from '#platform/documents/tones.ts'
import { wrapText } from '#platform/documents/wrap.ts'
import { readWorkbook } from '#platform/files/index.ts'
import { pagesOf } from '#test/support/pdf.ts'

const columns = [
  { title: '序号', width: 6 },
  { title: '任务', width: 40 },
  { title: '状态', width: 10 },
]
const aDocument = (more: Partial<OutDocument> = {}): OutDocument => ({
  language: 'zh',
  title: '关于一季度创城任务的通报',
  under: ['本文明办〔2026〕3号'],
  parts: [
    { part: 'heading', text: '一、总体情况' },
    { part: 'paragraph', text: '全市交办事项293件，整改203件，整改率69.28%。' },
    {
      part: 'table',
      caption: '任务清单',
      columns,
      rows: [
        { band: '公共环境组' },
        ['1', '清理楼道杂物', { text: '▲ 逾期', tone: 'bad' }],
        [2, '疏通消防通道', { text: '● 已销号', tone: 'good' }],
      ],
    },
    { part: 'signature', lines: ['本溪市文明办', '2026年3月31日'] },
  ],
  ...more,
})
const withRows = (rows: DocumentRow[], more: Partial<OutDocument> = {}) =>
  aDocument({ parts: [{ part: 'table', columns, rows }], ...more })

test('a PDF has the size of its paper and all its text; the heading and the band come again on each page', async () => {
  const sizes = { A4: [210, 297], A3: [420, 297], A1: [841, 594] }
  const rows: DocumentRow[] = [
    { band: '公共环境组' },
    ...Array.from({ length: 260 }, (_, at) => [`№${at}`, `第${at}项任务`, '○ 待签收']),
  ]
  for (const [paper, mm] of Object.entries(sizes)) {
    const { bytes, missing } = await writeDocument('pdf', withRows(rows, { paper: paper as 'A4' }))
    const pages = await pagesOf(bytes)
    expect(missing).toEqual([])
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) {
      expect(page.mm).toEqual(mm)
      expect(page.text).toContain('任务')
      expect(page.text).toContain('公共环境组')
    }
    const all = pages.map(({ text }) => text).join('\n')
    expect(rows.slice(1).filter((_, at) => !all.split('\n').includes(`第${at}项任务`))).toEqual([])
    expect(all).toContain(`第${pages.length}页 共${pages.length}页`)
  }
})

test('a row that is longer than a page goes on, and nothing of it is lost', async () => {
  const long = Array.from({ length: 900 }, (_, at) => `第${at}条`).join('，')
  const { bytes } = await writeDocument('pdf', withRows([['1', long, '']], { paper: 'A3' }))
  const pages = await pagesOf(bytes)
  expect(pages.length).toBeGreaterThan(1)
  const read = pages.map(({ text }) => text.replaceAll('\n', '')).join('')
  for (const at of [0, 1, 450, 899]) expect(read).toContain(`第${at}条`)
})

test('a character that the font lacks is marked and named at the end, never dropped', async () => {
  const parts: OutDocument['parts'] = [{ part: 'paragraph', text: '明山区𠮷祥社区，联系𠮷家。\u0007' }]
  const { bytes, missing } = await writeDocument('pdf', aDocument({ parts }))
  const [page] = await pagesOf(bytes)
  expect(missing).toEqual(['𠮷', '\ufffd'])
  const text = page!.text.replaceAll('\n', '')
  expect(text).toContain('明山区▢祥社区，联系▢家。▢')
  expect(text).toContain('U+20BB7')
  const docx = await writeDocument('docx', aDocument({ parts }))
  expect(strFromU8(unzipSync(docx.bytes)['word/document.xml']!)).toContain('𠮷祥社区，联系𠮷家。�')
})

test('a Word file names the fonts of official documents and the widths of its columns', async () => {
  const { bytes } = await writeDocument(
    'docx',
    aDocument({ code: { url: 'https://m.cn/a?b=1&c', caption: '网址' } }),
  )
  const parts = unzipSync(bytes)
  const xml = strFromU8(parts['word/document.xml']!)
  expect(xml).toContain('w:eastAsia="仿宋_GB2312"')
  expect(xml.match(/<w:gridCol w:w="(\d+)"/g)).toHaveLength(3)
  expect(xml).not.toMatch(/<w:gridCol w:w="0"/)
  expect(
    xml
      .match(/<w:pgSz w:w="(\d+)" w:h="(\d+)"/)
      ?.slice(1)
      .map(Number),
  ).toEqual([11906, 16838])
  for (const text of ['一、总体情况', '69.28%', '公共环境组', '▲ 逾期', '2026年3月31日'])
    expect(xml).toContain(text)
  expect(strFromU8(parts['word/_rels/document.xml.rels']!)).toContain('https://m.cn/a?b=1&amp;c')
})

test('a workbook has what is said on one sheet and each table on its own, with numbers as numbers', async () => {
  const { bytes } = await writeDocument('xlsx', aDocument())
  const { sheets } = await readWorkbook(bytes)
  expect(sheets.map(({ name }) => name)).toEqual(['正文', '任务清单'])
  expect(sheets[1]!.rows.map(({ cells }) => cells)).toEqual([
    ['序号', '任务', '状态'],
    ['公共环境组'],
    ['1', '清理楼道杂物', '▲ 逾期'],
    [2, '疏通消防通道', '● 已销号'],
  ])
})

test('every tone can be read on white paper, also without colour', () => {
  for (const color of Object.values(toneColors)) {
    const [r = 0, g = 0, b = 0] = color
      .slice(1)
      .match(/../g)!
      .map((hex) => Number.parseInt(hex, 16) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    expect(1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)).toBeGreaterThanOrEqual(4.5)
  }
})

const wide = (text: string) =>
  [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 0xff ? 2 : 1), 0)

test('lines end where they may', () => {
  expect(wrapText('清理楼道堆物，疏通通道', 12, wide)).toEqual(['清理楼道堆', '物，疏通通道'])
  expect(wrapText('公示（包保责任人）', 6, wide)).toEqual(['公示', '（包保', '责任', '人）'])
  expect(wrapText('完成66.67%以上 PUBLIC-2026', 12, wide)).toEqual(['完成66.67%以', '上', 'PUBLIC-2026'])
  expect(wrapText('a\n\nb', 10, wide)).toEqual(['a', '', 'b'])
})

test('whatever is wrapped, no line is too wide and nothing but spaces is lost', () => {
  const characters = fc.constantFrom(...'清理，。（）“”ab1 %-、𠮷é')
  fc.assert(
    fc.property(fc.array(characters, { maxLength: 80 }), fc.integer({ min: 6, max: 30 }), (some, width) => {
      const text = some.join('')
      const lines = wrapText(text, width, wide)
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      for (const line of lines) expect(wide(line)).toBeLessThanOrEqual(width)
    }),
  )
})
