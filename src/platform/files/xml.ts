import { Parser } from 'saxen'
import { corrupt } from './limits.ts'

/**
 * Called for elements of the root's namespace only. Extension lists and elements of other namespaces are skipped with
 * their content.
 */
export interface XmlHandlers {
  /** `name` has no prefix. Attribute values are raw: decode texts with `decodeXml`. */
  open(name: string, attributes: () => Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** Characters of one unfinished tag. The parser buffers it and searches it again with every chunk. */
const openMarkupMax = 1_000_000

/** Nesting levels. The parser keeps every open element in memory. */
const depthMax = 64

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Replaces the five named entities and numeric references. Unknown entities stay unchanged. */
export function decodeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** Filters elements by namespace: extensions use the same local names as the root's namespace (`x14:workbookPr`). */
class OwnNamespace {
  /** The prefixes of the root's namespace, with the colon. */
  #prefixes: string[] | undefined
  /** The depth of the skipped element that the parser is in; 0 when nothing is skipped. */
  #skipped = 0

  /** The local name of an opening element, or undefined when it is skipped. */
  open(name: string, depth: number, attributes: () => Record<string, string>): string | undefined {
    this.#prefixes ??= prefixesLike(name, attributes())
    if (this.#skipped > 0) return undefined
    const local = this.#local(name)
    if (local === undefined || local === 'extLst') {
      this.#skipped = depth
      return undefined
    }
    return local
  }

  close(name: string, depth: number): string | undefined {
    if (this.#skipped === 0) return this.#local(name)
    if (this.#skipped === depth) this.#skipped = 0
    return undefined
  }

  get skips(): boolean {
    return this.#skipped > 0
  }

  #local(name: string): string | undefined {
    const colon = name.indexOf(':') + 1
    const prefix = this.#prefixes?.find((each) => each.length === colon && name.startsWith(each))
    return prefix === undefined ? undefined : name.slice(colon)
  }
}

/** The prefixes that the root declares for its own namespace. */
function prefixesLike(root: string, attributes: Record<string, string>): string[] {
  const own = root.slice(0, root.indexOf(':') + 1)
  const namespace = attributes[own === '' ? 'xmlns' : `xmlns:${own.slice(0, -1)}`]
  const declared = Object.entries(attributes).flatMap(([name, value]) => {
    if (namespace === undefined || value !== namespace) return []
    return name === 'xmlns' ? [''] : name.startsWith('xmlns:') ? [`${name.slice(6)}:`] : []
  })
  return [...new Set([own, ...declared])]
}

/**
 * Parses XML as a stream. Document types are refused, so a file cannot declare entities.
 * @throws DomainError `file.corrupt`
 */
export async function readXml(pieces: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  const parser = new Parser()
  const { open, text, close } = handlers
  const own = new OwnNamespace()
  let depth = 0
  parser.on('openTag', (name, attributes) => {
    if (++depth > depthMax) throw corrupt('A part of the file is nested deeper than a workbook is.')
    const element = own.open(name, depth, attributes)
    if (element !== undefined) open(element, attributes)
  })
  parser.on('closeTag', (name) => {
    const element = own.close(name, depth--)
    if (element !== undefined) close?.(element)
  })
  if (text) {
    parser.on('text', (value) => {
      if (!own.skips) text(decodeXml(value))
    })
    parser.on('cdata', (value) => {
      if (!own.skips) text(value)
    })
  }
  parser.on('attention', () => {
    throw corrupt('The file declares a document type, which spreadsheets do not.')
  })
  parser.on('error', () => {
    throw corrupt('A part of the file is not well-formed.')
  })
  parser.on('warn', () => {})

  let decoder: InstanceType<typeof TextDecoder> | undefined
  let sinceMarkupEnded = 0
  for await (const piece of pieces) {
    decoder ??= new TextDecoder(piece[0] === 0xff && piece[1] === 0xfe ? 'utf-16le' : 'utf-8')
    const xml = decoder.decode(piece, { stream: true })
    const end = xml.lastIndexOf('>')
    sinceMarkupEnded = end < 0 ? sinceMarkupEnded + xml.length : xml.length - end
    if (sinceMarkupEnded > openMarkupMax) throw corrupt('The file holds markup without an end.')
    parser.write(xml)
  }
  parser.end()
}
