import type { PageFlow } from './page-flow.ts'
import { pointsPerMm } from './page-flow.ts'
import { type DocumentCell, type DocumentColumn, isBand, type Part, textOfCell } from './parts.ts'
import type { Ink } from './pen.ts'
import { inkOf } from './tones.ts'

type Table = Extract<Part, { part: 'table' }>

/** Cells of a row, cut into lines. */
interface Laid {
  cells: { lines: string[]; ink: Ink }[]
  fill?: string
  least: number
}

const line = 1.35
const rule = '#555555'

/** Writes a table; its heading, and the band that it stands in, come again where a column of the page begins. */
export function writeTable(flow: PageFlow, table: Table): void {
  const { pen, style } = flow
  const shares = table.columns.reduce((sum, { width }) => sum + width, 0)
  const widths = table.columns.map(({ width }) => (flow.width * width) / shares)
  const pad = style.table * 0.4
  const size = style.table
  const layCell = (cell: DocumentCell, at: number, bold: boolean) => {
    const toned = cell !== null && typeof cell === 'object' ? cell : { text: textOfCell(cell) }
    const ink = { ...inkOf(size, toned.tone), bold: bold || toned.bold === true }
    return { lines: pen.lines(toned.text, widths[at]! - 2 * pad, ink), ink }
  }
  const heading: Laid = {
    cells: table.columns.map(({ title }, at) => layCell(title, at, true)),
    fill: '#e8e8e8',
    least: 0,
  }
  const drawer = { flow, widths, pad, columns: table.columns }
  let band: Laid | undefined
  const begin = () => {
    draw(drawer, heading, Number.POSITIVE_INFINITY)
    if (band) draw({ ...drawer, widths: [flow.width], columns: [] }, band, Number.POSITIVE_INFINITY)
  }
  const lineHeight = size * line
  flow.need(3 * lineHeight + 4 * pad)
  draw(drawer, heading, Number.POSITIVE_INFINITY)
  for (const row of table.rows) {
    if (isBand(row)) {
      const ink = { size, bold: true }
      band = {
        cells: [{ lines: pen.lines(row.band, flow.width - 2 * pad, ink), ink }],
        fill: '#f3f3f3',
        least: 0,
      }
      if (flow.need(heightOf(band, pad) + 2 * lineHeight + 2 * pad)) begin()
      else draw({ ...drawer, widths: [flow.width], columns: [] }, band, Number.POSITIVE_INFINITY)
      continue
    }
    const laid: Laid = {
      cells: row.map((cell, at) => layCell(cell, at, false)),
      least: (table.rowMm ?? 0) * pointsPerMm,
    }
    if (flow.need(Math.min(heightOf(laid, pad), 30 * lineHeight))) begin()
    // A row that is longer than what is left goes on where the next column begins.
    for (let left = laid; ; begin()) {
      const fitting = Math.max(1, Math.floor((flow.left - 2 * pad) / lineHeight))
      draw(drawer, left, fitting)
      left = {
        ...left,
        least: 0,
        cells: left.cells.map(({ lines, ink }) => ({ lines: lines.slice(fitting), ink })),
      }
      if (left.cells.every(({ lines }) => lines.length === 0)) break
      flow.next()
    }
  }
  flow.y += size
}

function heightOf({ cells, least }: Laid, pad: number, most = Number.POSITIVE_INFINITY): number {
  const lines = Math.min(most, Math.max(1, ...cells.map((cell) => cell.lines.length)))
  return Math.max(least, lines * cells[0]!.ink.size * line + 2 * pad)
}

interface Drawer {
  flow: PageFlow
  widths: readonly number[]
  pad: number
  columns: readonly DocumentColumn[]
}

/** Draws at most so many lines of a row. */
function draw({ flow, widths, pad, columns }: Drawer, laid: Laid, most: number): void {
  const { pen } = flow
  const height = heightOf(laid, pad, most)
  let { x } = flow
  for (const [at, { lines, ink }] of laid.cells.entries()) {
    const width = widths[at]!
    const box = pen.doc.rect(x, flow.y, width, height).lineWidth(ink.size / 20)
    if (laid.fill) box.fillAndStroke(laid.fill, rule)
    else box.stroke(rule)
    const lineHeight = ink.size * line
    const shown = lines.slice(0, most)
    let y = flow.y + (height - shown.length * lineHeight) / 2 - ink.size * 0.05
    for (const text of shown) {
      pen.write(
        text,
        alignedAt(columns[at]?.align, x + pad, width - 2 * pad, () => pen.widthOf(text, ink)),
        y,
        ink,
      )
      y += lineHeight
    }
    x += width
  }
  flow.y += height
}

export function alignedAt(
  align: DocumentColumn['align'],
  x: number,
  width: number,
  textWidth: () => number,
): number {
  if (align === 'right') return x + width - textWidth()
  return align === 'center' ? x + (width - textWidth()) / 2 : x
}
