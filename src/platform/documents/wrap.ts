/** Where lines end in Chinese and mixed text. Pure. */

/** Never at the beginning of a line (行首禁则), never at its end (行尾禁则). */
const closing = /[、。，．：；？！）〕】》〉」』”’…—％℃)\],.:;?!%]/
const opening = /[（〔【《〈「『“‘([]/
/** A run of Latin letters and digits stays together. */
const pieces = /[A-Za-z0-9À-ɏ@#&'’+*/=_.,:%-]+|\s|./gsu

/**
 * The lines of a text within a width. A piece that is wider than a line is broken anywhere; nothing is lost but the spaces
 * at which a line ends.
 * @param widthOf width of a piece of text in the same unit as `width`
 */
export function wrapText(text: string, width: number, widthOf: (piece: string) => number): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => wrapLine(line, width, widthOf))
}

function wrapLine(text: string, width: number, widthOf: (piece: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  let taken = 0
  const end = () => {
    lines.push(line.trimEnd())
    line = ''
    taken = 0
  }
  for (const piece of boundPieces(text)) {
    const wide = widthOf(piece)
    if (taken + wide > width && line !== '') end()
    if (line === '' && lines.length > 0 && /^\s+$/.test(piece)) continue
    if (wide <= width) {
      line += piece
      taken += wide
      continue
    }
    for (const character of piece) {
      const own = widthOf(character)
      if (taken + own > width && line !== '') end()
      line += character
      taken += own
    }
  }
  end()
  return lines
}

/** Pieces between which a line may end: closing marks stay with what is before them, opening ones with what follows. */
function boundPieces(text: string): string[] {
  const bound: string[] = []
  let held = ''
  for (const [piece] of text.matchAll(pieces)) {
    const last = bound.length - 1
    if (opening.test(piece) && piece.length === 1) held += piece
    else if (held === '' && last >= 0 && piece.length === 1 && closing.test(piece)) bound[last] += piece
    else {
      bound.push(held + piece)
      held = ''
    }
  }
  if (held) bound.push(held)
  return bound
}
