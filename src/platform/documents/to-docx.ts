import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  type IRunOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { papers } from './page-flow.ts'
import {
  type DocumentCell,
  isBand,
  type OutDocument,
  type Part,
  textOfCell,
  type Written,
  writable,
} from './parts.ts'
import { toneColors } from './tones.ts'

const twipsPerMm = 1440 / 25.4
/** Fonts of official documents (GB/T 9704): every Windows in an office has them, or takes its own in their place. */
const song = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312' }
const hei = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' }
const titleFont = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体' }

/** Sizes in half-points: 二号 for the title, 三号 for the text, 五号 in tables. */
const sizes = { title: 44, text: 32, small: 24, table: 21 }

const run = (text: string, options: IRunOptions = {}) =>
  new TextRun({ text: writable(text), font: song, size: sizes.text, ...options })

/** A document for Word and WPS. Columns have widths of their own: without them WPS shows no table. */
export async function toDocx(document: OutDocument): Promise<Written> {
  const { title, under = [], code, paper = 'A4', parts } = document
  const [width, height] = papers[paper].mm.map((mm) => Math.round(mm * twipsPerMm)) as [number, number]
  const margin = Math.round(papers[paper].marginMm * twipsPerMm)
  const center = AlignmentType.CENTER
  const head = [
    new Paragraph({ alignment: center, children: [run(title, { font: titleFont, size: sizes.title })] }),
    ...under.map(
      (line) => new Paragraph({ alignment: center, children: [run(line, { size: sizes.small })] }),
    ),
    ...(code ? [linkLine(code)] : []),
    new Paragraph({}),
  ]
  const lies = width > height
  const file = new Document({
    title: writable(title),
    styles: { default: { document: { run: { font: song, size: sizes.text } } } },
    sections: [
      {
        properties: {
          page: {
            // The library turns a lying page by itself.
            size: {
              width: lies ? height : width,
              height: lies ? width : height,
              orientation: lies ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { top: margin, bottom: margin, left: margin, right: margin },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: center,
                children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: 28 })],
              }),
            ],
          }),
        },
        children: [
          ...head,
          ...parts.flatMap((part) => blocksOf(part, document.language, width - 2 * margin)),
        ],
      },
    ],
  })
  return { bytes: await Packer.toBuffer(file), missing: [] }
}

const linkLine = ({ url, caption }: NonNullable<OutDocument['code']>) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [
      run(`${caption} `, { size: sizes.small }),
      new ExternalHyperlink({ link: url, children: [run(url, { size: sizes.small, style: 'Hyperlink' })] }),
    ],
  })

function blocksOf(part: Part, language: OutDocument['language'], width: number): (Paragraph | Table)[] {
  if (part.part === 'table') {
    const caption = part.caption
      ? [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            keepNext: true,
            children: [run(part.caption, { font: hei })],
          }),
        ]
      : []
    return [...caption, tableOf(part, width), new Paragraph({})]
  }
  if (part.part === 'heading')
    return [new Paragraph({ keepNext: true, children: [run(part.text, { font: hei })] })]
  if (part.part === 'signature')
    return [
      new Paragraph({}),
      ...part.lines.map(
        (line) => new Paragraph({ alignment: AlignmentType.RIGHT, keepLines: true, children: [run(line)] }),
      ),
    ]
  const note = part.part === 'note'
  const color = part.part === 'paragraph' && part.tone ? { color: toneColors[part.tone].slice(1) } : {}
  return part.text.split('\n').map(
    (text) =>
      new Paragraph({
        // Two characters, as a paragraph of an official document begins.
        ...(language === 'zh' ? { indent: { firstLine: 2 * (note ? sizes.small : sizes.text) * 10 } } : {}),
        spacing: { line: 560, lineRule: 'exact' },
        children: [run(text, { ...color, ...(note ? { size: sizes.small } : {}) })],
      }),
  )
}

function tableOf({ columns, rows, rowMm }: Extract<Part, { part: 'table' }>, width: number): Table {
  const shares = columns.reduce((sum, each) => sum + each.width, 0)
  const widths = columns.map((each) => Math.floor((width * each.width) / shares))
  const border = { style: BorderStyle.SINGLE, size: 4, color: '555555' }
  const cellOf = (cell: DocumentCell, at: number, bold: boolean) => {
    const toned = cell !== null && typeof cell === 'object' ? cell : { text: textOfCell(cell) }
    const color = toned.tone ? { color: toneColors[toned.tone].slice(1) } : {}
    const style = { size: sizes.table, bold: bold || toned.bold === true, ...color }
    return new TableCell({
      width: { size: widths[at]!, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      children: toned.text
        .split('\n')
        .map(
          (text) => new Paragraph({ alignment: columns[at]!.align ?? 'left', children: [run(text, style)] }),
        ),
    })
  }
  const least = rowMm ? { height: { value: Math.round(rowMm * twipsPerMm), rule: 'atLeast' as const } } : {}
  return new Table({
    columnWidths: widths,
    width: { size: widths.reduce((sum, each) => sum + each, 0), type: WidthType.DXA },
    borders: {
      top: border,
      bottom: border,
      left: border,
      right: border,
      insideHorizontal: border,
      insideVertical: border,
    },
    rows: [
      new TableRow({ tableHeader: true, children: columns.map(({ title }, at) => cellOf(title, at, true)) }),
      ...rows.map((row) =>
        isBand(row)
          ? new TableRow({ children: [bandOf(row.band, columns.length, widths)] })
          : new TableRow({
              cantSplit: true,
              ...least,
              children: row.map((cell, at) => cellOf(cell, at, false)),
            }),
      ),
    ],
  })
}

const bandOf = (text: string, columnSpan: number, widths: readonly number[]) =>
  new TableCell({
    columnSpan,
    width: { size: widths.reduce((sum, each) => sum + each, 0), type: WidthType.DXA },
    shading: { fill: 'f3f3f3' },
    children: [new Paragraph({ keepNext: true, children: [run(text, { size: sizes.table, bold: true })] })],
  })
