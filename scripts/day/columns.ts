/** How wide texts are on a terminal, and how they are broken to fit. */

/** No line is wider: what a terminal beside another window, or a ticket, shows whole. */
export const columnsMax = 112

/** Display width on a terminal: a Chinese character takes two columns. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[ᄀ-￦]/.test(character) ? 2 : 1), 0)

/**
 * Wraps a paragraph at `columnsMax`: the first line begins with `first`, the others with `next`. English breaks between
 * words, Chinese between any characters, never before a mark that closes.
 */
export function wrapped(text: string, first = '  ', next = '     '): string {
  const lines = [first]
  for (const piece of text.match(/ ?[!-~’“”–]+| +|[^!-~][,。:;、)」,.:;)，；：）”]*/g) ?? []) {
    const line = lines.at(-1) as string
    if (widthOf(line) + widthOf(piece) <= columnsMax) lines[lines.length - 1] = line + piece
    else lines.push(next + piece.trimStart())
  }
  return lines.map((line) => line.trimEnd()).join('\n')
}

/** Parts of one line side by side; those that do not fit stand in the next line, below the first. */
export function besides(parts: readonly string[], indent = '    '): string {
  const lines: string[] = []
  for (const part of parts.filter(Boolean)) {
    const joined = `${lines.at(-1)}  ${part}`
    if (lines.length > 0 && widthOf(joined) <= columnsMax) lines[lines.length - 1] = joined
    else lines.push(lines.length > 0 ? indent + part : part)
  }
  return lines.join('\n')
}
