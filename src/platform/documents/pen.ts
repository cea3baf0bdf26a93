import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { writable } from './parts.ts'
import { wrapText } from './wrap.ts'

/** Noto Sans SC (OFL), as its npm package ships it; a PDF takes the characters it uses. Read once a process. */
const fontOf = (weight: '400Regular' | '700Bold') =>
  readFileSync(
    fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`)),
  )
let fonts: { plain: Buffer; bold: Buffer } | undefined

/** Stands for a character that the font does not have. */
export const missingMark = '▢'

/** Line ends, and the wide space with which a Chinese paragraph begins; a tab would be no sign at all. */
const keptSpaces = new Set(['\n', '\r', '\u3000'])

/** What pdfkit knows of its font and does not declare. */
interface Opened {
  _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } }
}

export interface Ink {
  size: number
  bold?: boolean
  color?: string
}

/** Measures and writes text in a PDF, and remembers what its font has no sign for. */
export class Pen {
  readonly doc: PDFKit.PDFDocument
  /** Characters without a sign, with where each stood first. */
  readonly missing = new Map<string, string>()
  readonly #known = new Map<string, boolean>()
  readonly #widths = { plain: new Map<string, number>(), bold: new Map<string, number>() }

  constructor(info: { title: string; language: 'zh' | 'en' }) {
    this.doc = new PDFDocument({
      autoFirstPage: false,
      bufferPages: true,
      displayTitle: true,
      info: { Title: info.title },
      lang: info.language === 'zh' ? 'zh-CN' : 'en',
    })
    fonts ??= { plain: fontOf('400Regular'), bold: fontOf('700Bold') }
    this.doc.registerFont('plain', fonts.plain)
    this.doc.registerFont('bold', fonts.bold)
    this.doc.font('plain')
  }

  /** The text as it can be written: a character without a sign is marked and remembered, never dropped. */
  legible(text: string): string {
    let marked = ''
    const lost: string[] = []
    for (const character of writable(text)) {
      if (/\s/.test(character)) marked += keptSpaces.has(character) ? character : ' '
      else if (this.#has(character)) marked += character
      else {
        marked += missingMark
        lost.push(character)
      }
    }
    for (const character of lost)
      if (!this.missing.has(character)) this.missing.set(character, marked.slice(0, 30))
    return marked
  }

  #has(character: string): boolean {
    const known = this.#known.get(character)
    if (known !== undefined) return known
    const { font } = (this.doc.font('plain') as unknown as Opened)._font
    const has = font.hasGlyphForCodePoint(character.codePointAt(0)!)
    this.#known.set(character, has)
    return has
  }

  /** Width of a legible text: the sum of its characters, each measured once. */
  widthOf(text: string, { size, bold }: Ink): number {
    const widths = this.#widths[bold ? 'bold' : 'plain']
    let width = 0
    for (const character of text) {
      let own = widths.get(character)
      if (own === undefined) {
        own = this.doc
          .font(bold ? 'bold' : 'plain')
          .fontSize(100)
          .widthOfString(character)
        widths.set(character, own)
      }
      width += own
    }
    return (width * size) / 100
  }

  lines(text: string, width: number, ink: Ink): string[] {
    return wrapText(this.legible(text), width, (piece) => this.widthOf(piece, ink))
  }

  /** Writes one line whose top is at `y`. */
  write(line: string, x: number, y: number, { size, bold, color = '#000000' }: Ink): void {
    if (line === '') return
    this.doc
      .font(bold ? 'bold' : 'plain')
      .fontSize(size)
      .fillColor(color)
      .text(line, x, y, { lineBreak: false, characterSpacing: 0 })
  }

  bytes(): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
    const chunks: Buffer[] = []
    this.doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    this.doc.on('error', reject)
    this.doc.on('end', () => resolve(Buffer.concat(chunks)))
    this.doc.end()
    return promise
  }
}
