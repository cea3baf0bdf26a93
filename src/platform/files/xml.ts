import { Parser } from 'saxen'
import { corrupt } from './limits.ts'

export interface XmlHandlers {
  /** `name` without its prefix; attribute values are decoded by `decodeXml` where they are text. */
  open(name: string, attributes: () => Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** Markup without an end would be gathered, and searched again, for as long as the file goes on. */
const openMarkupMax = 1_000_000

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text with the five named entities and numeric references replaced; others stay as they are. */
export function decodeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** Reads XML as it arrives. Entities declared by the file are never expanded. @throws DomainError `file.corrupt` */
export async function readXml(pieces: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  const parser = new Parser()
  const { open, text, close } = handlers
  parser.on('openTag', (name, attributes) => open(local(name), attributes))
  if (close) parser.on('closeTag', (name) => close(local(name)))
  if (text) {
    parser.on('text', (value) => text(decodeXml(value)))
    parser.on('cdata', text)
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
