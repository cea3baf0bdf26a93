/** A list as text that spreadsheets read: pasted, or as a file. */

/** What spreadsheets would reckon with is shown as it is written: a name that begins like a formula is a name. */
function harmless(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim()
  return /^[=+\-@]/.test(plain) && !/^[+-]?[\d.,% ]*$/.test(plain) ? `'${plain}` : plain
}

/** Rows to paste: a tab between cells. */
export function pasteText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(harmless).join('\t')).join('\n')
}

/** Rows as a file of comma-separated values; its mark at the beginning tells Chinese from whatever else it might be. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const quoted = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = rows.map((cells) => cells.map((text) => quoted(harmless(text))).join(','))
  return `\u{feff}${lines.join('\r\n')}\r\n`
}
