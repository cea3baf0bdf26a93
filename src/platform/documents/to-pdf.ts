import { encode } from 'uqr'
import { PageFlow, papers } from './page-flow.ts'
import type { OutDocument, Part, Written } from './parts.ts'
import { alignedAt, writeTable } from './pdf-table.ts'
import { type Ink, missingMark, Pen } from './pen.ts'
import { inkOf } from './tones.ts'
import { documentWords } from './words.ts'

const leading = 1.6

/** A document as PDF. A character that the font lacks stands as ▢, and the end of the document says which it is. */
export async function toPdf(document: OutDocument): Promise<Written> {
  const { title, language, paper = 'A4', parts } = document
  const pen = new Pen({ title, language })
  const flow = new PageFlow(pen, papers[paper])
  writeHead(flow, document)
  for (const part of parts) writePart(flow, part, language)
  noteMissing(flow, language)
  numberPages(flow, language)
  return { bytes: await pen.bytes(), missing: [...pen.missing.keys()] }
}

/** Title, what stands below it, and the code in the corner, over the whole width of the first page. */
function writeHead(flow: PageFlow, { title, under = [], code }: OutDocument): void {
  const { pen, style, margin } = flow
  const side = code ? style.title * 2.6 : 0
  const width = flow.pageWidth - 2 * margin - 2 * side
  const top = flow.y
  const big: Ink = { size: style.title, bold: true }
  const centred = (text: string, ink: Ink) => {
    for (const line of pen.lines(text, width, ink)) {
      pen.write(
        line,
        alignedAt('center', margin + side, width, () => pen.widthOf(line, ink)),
        flow.y,
        ink,
      )
      flow.y += ink.size * leading
    }
  }
  centred(title, big)
  for (const line of under) centred(line, inkOf(style.under))
  if (code) {
    drawCode(flow, code, { x: flow.pageWidth - margin - side, y: top, side })
    flow.y = Math.max(flow.y, top + side + style.under * 1.5)
  }
  flow.y += style.text * 0.5
  flow.beginColumns()
}

function drawCode(
  { pen, style }: PageFlow,
  { url, caption }: NonNullable<OutDocument['code']>,
  { x, y, side }: { x: number; y: number; side: number },
): void {
  const { data, size } = encode(url, { ecc: 'M', border: 0 })
  const dot = side / size
  // A little wider than a dot, so that no viewer shows white lines between two of them.
  for (const [row, dots] of data.entries())
    for (const [column, dark] of dots.entries())
      if (dark) pen.doc.rect(x + column * dot, y + row * dot, dot * 1.02, dot * 1.02)
  pen.doc.fill('#000000')
  pen.doc.link(x, y, side, side, url)
  const ink = inkOf(style.under * 0.8)
  const text = pen.legible(caption)
  pen.write(
    text,
    alignedAt('right', x, side, () => pen.widthOf(text, ink)),
    y + side + 2,
    ink,
  )
}

function writePart(flow: PageFlow, part: Part, language: OutDocument['language']): void {
  const { text } = flow.style
  if (part.part === 'table') {
    if (part.caption) writeLines(flow, part.caption, { size: text, bold: true }, { align: 'center', keep: 6 })
    writeTable(flow, part)
  } else if (part.part === 'heading') {
    flow.y += text * 0.4
    writeLines(flow, part.text, { size: text * 1.1, bold: true }, { keep: 3 })
  } else if (part.part === 'signature') {
    flow.need(part.lines.length * text * leading + text)
    flow.y += text
    for (const line of part.lines) writeLines(flow, line, { size: text }, { align: 'right' })
  } else if (part.part === 'note') writeLines(flow, part.text, inkOf(text * 0.8, 'soft'), {})
  else writeLines(flow, part.text, inkOf(text, part.tone), { indent: language === 'zh' ? '　　' : '' })
}

interface Placing {
  align?: 'center' | 'right'
  /** Before the first line of each paragraph. */
  indent?: string
  /** So many lines, what follows included, stay on one page. */
  keep?: number
}

function writeLines(flow: PageFlow, text: string, ink: Ink, { align, indent = '', keep = 1 }: Placing): void {
  const { pen } = flow
  const height = ink.size * leading
  const indented = text
    .split('\n')
    .map((each) => indent + each)
    .join('\n')
  flow.need(keep * height)
  for (const line of pen.lines(indented, flow.width, ink)) {
    flow.need(height)
    pen.write(
      line,
      alignedAt(align, flow.x, flow.width, () => pen.widthOf(line, ink)),
      flow.y,
      ink,
    )
    flow.y += height
  }
}

function noteMissing(flow: PageFlow, language: OutDocument['language']): void {
  const missing = [...flow.pen.missing]
  if (missing.length === 0) return
  const each = missing.map(
    ([character, where]) => `U+${character.codePointAt(0)!.toString(16).toUpperCase()} “${where}”`,
  )
  const text = documentWords.missing[language](missingMark, each.join(language === 'zh' ? '；' : '; '))
  writeLines(flow, text, inkOf(flow.style.text * 0.8, 'bad'), {})
}

function numberPages({ pen, style, pageWidth, bottom }: PageFlow, language: OutDocument['language']): void {
  const { count } = pen.doc.bufferedPageRange()
  const ink = inkOf(style.under * 0.9, 'soft')
  for (let page = 0; page < count; page++) {
    pen.doc.switchToPage(page)
    const text = documentWords.page[language](page + 1, count)
    pen.write(
      text,
      alignedAt('center', 0, pageWidth, () => pen.widthOf(text, ink)),
      bottom + style.under * 0.6,
      ink,
    )
  }
}
