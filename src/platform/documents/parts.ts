/** What a document is made of. The same parts become a PDF, a Word file or a workbook. */

/** How a cell or a paragraph looks beside the plain ones; the words alone say it, too. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'soft'

export interface Toned {
  text: string
  tone?: Tone
  bold?: boolean
}
export type DocumentCell = string | number | null | Toned

export interface DocumentColumn {
  title: string
  /** Its share of the width of the table. */
  width: number
  align?: 'left' | 'center' | 'right'
}

/** A line of cells, or one that names the group of the lines below it. */
export type DocumentRow = readonly DocumentCell[] | { band: string }

export type Part =
  | { part: 'heading'; text: string }
  | { part: 'paragraph'; text: string; tone?: Tone }
  /** Small print, such as where figures come from. */
  | { part: 'note'; text: string }
  | {
      part: 'table'
      /** Names the table; in a workbook its sheet. */
      caption?: string
      columns: readonly DocumentColumn[]
      rows: readonly DocumentRow[]
      /** The least height of a row in millimetres, where somebody writes or stamps into it. */
      rowMm?: number
    }
  /** Who signs and when, on the right. */
  | { part: 'signature'; lines: readonly string[] }

export type Paper = 'A4' | 'A3' | 'A1'
export type DocumentKind = 'pdf' | 'docx' | 'xlsx'

export interface OutDocument {
  language: 'zh' | 'en'
  title: string
  /** Lines below the title: a number, a date, what the signs mean. */
  under?: readonly string[]
  /** A4 stands upright; A3 lies, A1 lies and has two columns. */
  paper?: Paper
  /** A link as a picture in the corner, with what is found there. */
  code?: { url: string; caption: string }
  parts: readonly Part[]
}

export interface Written {
  bytes: Buffer
  /** Characters that the font of the PDF does not have; each stands as ▢, with a note at the end. */
  missing: string[]
}

export const textOfCell = (cell: DocumentCell): string =>
  cell === null ? '' : typeof cell === 'object' ? cell.text : String(cell)

export const isBand = (row: DocumentRow): row is { band: string } => 'band' in row

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g

/** Text that every format can hold: what XML forbids becomes �. */
export const writable = (text: string): string => text.toWellFormed().replace(unwritable, '\ufffd')
