/** Characters with which a spreadsheet program takes a cell for a formula (OWASP, CSV injection). */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/

/** Lone halves of characters and control characters: XML 1.0 has no place for them, and nobody typed them. */
const unwritable = /[\p{Cs}\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu

/** Text that no spreadsheet program takes for a formula: an apostrophe stands before what would be one. */
export function guarded(text: string): string {
  const plain = text.replace(unwritable, '')
  return formulaStart.test(plain) ? `'${plain}` : plain
}

/** Takes off the apostrophe that `guarded`, or a person, set before text. */
export function unguarded(text: string): string {
  return text.startsWith("'") && formulaStart.test(text.slice(1)) ? text.slice(1) : text
}
