/** A line of a pasted list: a unit as it is written there, and how many people. */
export interface PastedLine {
  name: string
  heads: number
}

const totals = /^(合计|总计|小计|共计|总人数|total|sum)/i
/** `40`, `４０人`, `1,200`. */
const wholeNumber = /^(\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.0+)?人?$/

function numberOf(cell: string): number | undefined {
  const found = wholeNumber.exec(cell.normalize('NFKC').trim())
  return found?.[1] === undefined ? undefined : Number(found[1].replace(/[,，]/g, ''))
}

/**
 * Reads what was copied from a spreadsheet: in each line the name is the first cell that is no number, and how many people
 * is the last one that is. Headings, totals and lines without a number are counted as ignored. Pure.
 */
export function readPasted(text: string): { lines: PastedLine[]; ignored: number } {
  const lines: PastedLine[] = []
  let ignored = 0
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const cells = line.split(/\t|[;；]| {2,}|[,，](?!\d{3}\b)/).map((cell) => cell.trim())
    const parts = cells.length === 1 ? line.trim().split(/\s+/) : cells
    const name = parts.find((cell) => cell !== '' && numberOf(cell) === undefined)
    const heads = parts
      .map(numberOf)
      .reverse()
      .find((number) => number !== undefined)
    if (!name || heads === undefined || totals.test(name.replace(/\s/g, ''))) ignored++
    else lines.push({ name: name.slice(0, 100), heads })
  }
  return { lines, ignored }
}
