/** The day in figures, and whether they add up. */

export interface Check {
  what: string
  wanted: number
  found: number
}

/** Width on a terminal: a Chinese character takes two columns. */
const widthOf = (text: string) => [...text].reduce((sum, c) => sum + (/[ᄀ-￦]/.test(c) ? 2 : 1), 0)
const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)))
const padLeft = (text: string, width: number) => ' '.repeat(Math.max(0, width - widthOf(text))) + text

/** A table whose first column is text and whose others are figures. */
export function table(heading: string[], rows: (string | number)[][]): string {
  const cells = [
    heading,
    ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell))),
  ]
  const widths = heading.map((_, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ''))))
  const line = (row: string[]) =>
    `  ${row.map((cell, at) => (at === 0 ? pad(cell, widths[at] as number) : padLeft(cell, widths[at] as number))).join('  ')}`
  const [head, ...body] = cells as [string[], ...string[][]]
  return [line(head), `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`, ...body.map(line)].join(
    '\n',
  )
}

/** Prints every check and says whether all hold. */
export function printChecks(checks: readonly Check[]): boolean {
  const rows = checks.map(({ what, wanted, found }) => [what, wanted, found, wanted === found ? '✓' : '✗'])
  process.stdout.write(`${table(['核对 · check', '应为 · expected', '实为 · found', ''], rows)}\n`)
  return checks.every(({ wanted, found }) => wanted === found)
}
