import type { Paper } from './parts.ts'
import type { Pen } from './pen.ts'

export const pointsPerMm = 72 / 25.4

export interface PaperStyle {
  /** Width and height as it hangs, in millimetres. */
  mm: readonly [number, number]
  marginMm: number
  /** Columns side by side. */
  columns: number
  /** Sizes of type in points. */
  title: number
  under: number
  text: number
  table: number
}

/** A4 is read at a desk, A3 on a wall of an office, A1 in a hall from two metres. */
export const papers: Record<Paper, PaperStyle> = {
  A4: { mm: [210, 297], marginMm: 22, columns: 1, title: 18, under: 10.5, text: 12, table: 9.5 },
  A3: { mm: [420, 297], marginMm: 12, columns: 1, title: 26, under: 11, text: 12, table: 10 },
  A1: { mm: [841, 594], marginMm: 18, columns: 2, title: 52, under: 18, text: 18, table: 12 },
}

/** Where the next thing is written: from column to column, from page to page. */
export class PageFlow {
  readonly pen: Pen
  readonly style: PaperStyle
  x = 0
  y = 0
  #column = 0
  #top = 0

  constructor(pen: Pen, style: PaperStyle) {
    this.pen = pen
    this.style = style
    this.#addPage()
  }

  get margin(): number {
    return this.style.marginMm * pointsPerMm
  }
  get pageWidth(): number {
    return this.style.mm[0] * pointsPerMm
  }
  /** Below the last line of a column there is room for the number of the page. */
  get bottom(): number {
    return this.style.mm[1] * pointsPerMm - this.margin - this.style.under * 1.6
  }
  get width(): number {
    const { columns } = this.style
    return (this.pageWidth - 2 * this.margin - (columns - 1) * this.gap) / columns
  }
  get gap(): number {
    return this.margin * 0.6
  }
  get left(): number {
    return this.bottom - this.y
  }
  /** Nothing was written in this column so far. */
  get fresh(): boolean {
    return this.y === this.#top
  }

  /** Columns begin below what was written over the whole width. */
  beginColumns(): void {
    this.#top = this.y
  }

  /** Makes sure that this much is left in the column. @returns whether a new one began */
  need(height: number): boolean {
    if (height <= this.left || this.fresh) return false
    this.next()
    return true
  }

  next(): void {
    this.#column++
    if (this.#column >= this.style.columns) this.#addPage()
    else {
      this.y = this.#top
      this.x = this.margin + this.#column * (this.width + this.gap)
    }
  }

  #addPage(): void {
    const [width, height] = this.style.mm
    this.pen.doc.addPage({ size: [width * pointsPerMm, height * pointsPerMm], margin: 0 })
    this.#column = 0
    this.x = this.margin
    this.y = this.margin
    this.#top = this.margin
  }
}
