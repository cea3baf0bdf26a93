import { corrupt, tooLarge } from './limits.ts'

export interface JsonLimits {
  /** Nesting levels of objects and lists. Deeper nesting would overflow the stack of recursive code. */
  depth: number
  /** Objects and lists together. An empty one takes two bytes in the file and thirty times as much in memory. */
  containers: number
}

const [quote, backslash] = [0x22, 0x5c]
const isOpening = (byte: number) => byte === 0x5b || byte === 0x7b
const isClosing = (byte: number) => byte === 0x5d || byte === 0x7d

/** Checks the limits on the raw bytes, before parsing. @throws DomainError `file.too_large`, `file.corrupt` */
function assertWithin(data: Uint8Array, { depth, containers }: JsonLimits): void {
  let levels = 0
  let opened = 0
  let inText = false
  for (let at = 0; at < data.length; at++) {
    const byte = data[at] as number
    if (inText) {
      if (byte === backslash) at++
      else if (byte === quote) inText = false
    } else if (byte === quote) inText = true
    else if (isClosing(byte)) levels--
    else if (isOpening(byte)) {
      if (++levels > depth) throw corrupt(`The file is nested deeper than ${depth} levels.`)
      if (++opened > containers)
        throw tooLarge(
          'containers',
          containers,
          `The file holds more than ${containers} objects and lists. Split it.`,
        )
    }
  }
}

/**
 * Parses a JSON file in UTF-8, with or without a BOM, after checking its limits.
 * @throws SyntaxError when it is not JSON; DomainError `file.too_large`, `file.corrupt`
 */
export function parseJson(data: Buffer, limits: JsonLimits): unknown {
  assertWithin(data, limits)
  return JSON.parse(data.toString('utf8').replace(/^\ufeff/, ''))
}
