/**
 * Text that a spreadsheet program may take for a formula (OWASP, CSV injection). Full-width forms count too. So does a
 * sign after spaces or zero-width characters, because some programs skip those.
 */
const formulaStart = /^(?:[\t\r]|[\s\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠﹢﹣﹦﹫−])/u

/** Unpaired surrogates and control characters: XML 1.0 does not allow them, and nobody types them. */
const unwritable = /[\p{Cs}\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu

/** A telephone number with its country code. Taken for a formula, it has the same value, so it needs no apostrophe. */
const international = /^\+\d[\d\s()-]*$/

/** The text, safe to write into a cell: an apostrophe is put before text that would start a formula. */
export function guarded(text: string): string {
  const plain = text.replace(unwritable, '')
  return formulaStart.test(plain) && !international.test(plain) ? `'${plain}` : plain
}

/** The inverse of `guarded`: removes the apostrophe before text that would start a formula. */
export function unguarded(text: string): string {
  return text.startsWith("'") && formulaStart.test(text.slice(1)) ? text.slice(1) : text
}
