/** A list as somebody sends it: a workbook, or a text table as Chinese versions of Excel save it. */
import { writeWorkbook } from '#platform/files/index.ts'

export type Row = (string | number | null)[]

export interface Page {
  name: string
  rows: Row[]
  /** Merged ranges: `A1:C1`. */
  merges?: string[]
}

export interface ListFile {
  /** Ends in .xlsx or .csv; a .csv has one page. */
  fileName: string
  pages: Page[]
}

/** The bytes of the file. */
export async function bytesOf({ fileName, pages }: ListFile): Promise<Buffer> {
  if (!fileName.endsWith('.csv')) return writeWorkbook(pages)
  const rows = pages[0]?.rows ?? []
  const cell = (value: Row[number]) => {
    const text = String(value ?? '')
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  // Put together from several tables: some lines end in CRLF, others in LF alone.
  return inGb18030(rows.map((row, at) => row.map(cell).join(',') + (at % 3 === 1 ? '\n' : '\r\n')).join(''))
}

let codes: Map<string, number> | undefined

/** A text in GB18030, as far as two bytes a character reach (GBK). @throws Error for a character outside of it */
function inGb18030(text: string): Buffer {
  codes ??= gbkCodes()
  const bytes: number[] = []
  for (const character of text) {
    const code = character.charCodeAt(0) < 0x80 ? character.charCodeAt(0) : codes.get(character)
    if (code === undefined) throw new Error(`${character} is not in GBK`)
    if (code > 0xff) bytes.push(code >> 8)
    bytes.push(code & 0xff)
  }
  return Buffer.from(bytes)
}

function gbkCodes(): Map<string, number> {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, number>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) found.set(decoder.decode(Uint8Array.of(lead, trail)), (lead << 8) | trail)
  return found
}

/** The name of a column: 0 is A. */
export const columnName = (index: number): string => String.fromCharCode(65 + index)
