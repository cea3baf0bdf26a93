const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Crockford's base32: five bits a character, no I, L, O, U. Bits that do not fill a character are dropped. */
export function encodeCrockford(bytes: Uint8Array, characters = Math.floor((bytes.length * 8) / 5)): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5 && text.length < characters) {
      bits -= 5
      text += alphabet[(held >> bits) & 31]
    }
  }
  return text
}

/**
 * Normalizes a typed code: accepts lower case, full-width characters, spaces and dashes, O for 0, I or L for 1.
 * Undefined when it cannot be a code of `length` characters.
 */
export function readCrockford(typed: string, characters: number): string | undefined {
  if (typed.length > characters * 4) return undefined
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―_.]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (text.length !== characters) return undefined
  return [...text].every((character) => alphabet.includes(character)) ? text : undefined
}

/** A code in groups of four, as printed for people to type. */
export function grouped(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? ''
}
