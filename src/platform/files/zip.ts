/**
 * Reads the parts of a zip archive (APPNOTE 6.3.10) from its central directory. Declared sizes are checked before
 * anything is unpacked, and unpacking stops when a part is larger than it declared.
 */
import { crc32, createInflateRaw } from 'node:zlib'
import { bomb, corrupt, encrypted, type FileLimits, tooLarge } from './limits.ts'

export interface ZipPart {
  name: string
  method: number
  packedBytes: number
  bytes: number
  crc: number
  /** Offset of the packed bytes in the archive. */
  start: number
}

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const endBytes = 22
const entryBytes = 46
const localBytes = 30
const wideEndSignature = 0x06064b50
const wideLocatorSignature = 0x07064b50
const wideLocatorBytes = 20
const wideEndBytes = 56
/** A 32-bit field with this value has its real value in the zip64 extra field (4.5.3). */
const inZip64 = 0xffffffff

function endOfDirectory(data: Buffer): number {
  const earliest = Math.max(0, data.length - endBytes - 0xffff)
  for (let at = data.length - endBytes; at >= earliest; at--) {
    if (data.readUInt32LE(at) === endSignature) return at
  }
  throw corrupt('The file ends too early: it was not transferred completely.')
}

interface Directory {
  parts: number
  start: number
}

/** The size and offset of the central directory, from the zip64 end record (4.3.14) when there is one. */
function directoryOf(data: Buffer): Directory {
  const end = endOfDirectory(data)
  const plain = { parts: data.readUInt16LE(end + 10), start: data.readUInt32LE(end + 16) }
  const locator = end - wideLocatorBytes
  if (plain.parts !== 0xffff && plain.start !== inZip64) return plain
  if (locator < 0 || data.readUInt32LE(locator) !== wideLocatorSignature) return plain
  const wide = Number(data.readBigUInt64LE(locator + 8))
  if (wide + wideEndBytes > data.length || data.readUInt32LE(wide) !== wideEndSignature)
    throw corrupt('The table of contents of the file points outside of it.')
  return {
    parts: Number(data.readBigUInt64LE(wide + 32)),
    start: Number(data.readBigUInt64LE(wide + 48)),
  }
}

/** The sizes and offset of a part; those marked `inZip64` are taken from its zip64 extra field. */
function wideSizes(extra: Buffer, sizes: readonly [number, number, number]): [number, number, number] {
  const wide: number[] = []
  for (let at = 0; at + 4 <= extra.length; ) {
    const [id, length] = [extra.readUInt16LE(at), extra.readUInt16LE(at + 2)]
    const ends = Math.min(at + 4 + length, extra.length)
    if (id === 1)
      for (let value = at + 4; value + 8 <= ends; value += 8) wide.push(Number(extra.readBigUInt64LE(value)))
    at += 4 + length
  }
  // The extra field has only the marked values, in this order.
  return sizes.map((size) => (size === inZip64 ? (wide.shift() ?? size) : size)) as [number, number, number]
}

function partAt(data: Buffer, at: number): { part: ZipPart; next: number } {
  if (at + entryBytes > data.length || data.readUInt32LE(at) !== entrySignature)
    throw corrupt('The table of contents of the file is damaged.')
  const flags = data.readUInt16LE(at + 8)
  if (flags & 1) throw encrypted()
  const nameLength = data.readUInt16LE(at + 28)
  const name = data.toString('utf8', at + entryBytes, at + entryBytes + nameLength)
  const extraStart = at + entryBytes + nameLength
  const [bytes, packedBytes, local] = wideSizes(
    data.subarray(extraStart, extraStart + data.readUInt16LE(at + 30)),
    [data.readUInt32LE(at + 24), data.readUInt32LE(at + 20), data.readUInt32LE(at + 42)],
  )
  if (local + localBytes > data.length || data.readUInt32LE(local) !== localSignature)
    throw corrupt('The table of contents of the file points outside of it.')
  const part: ZipPart = {
    name: name.replaceAll('\\', '/').replace(/^\/+/, ''),
    method: data.readUInt16LE(at + 10),
    crc: data.readUInt32LE(at + 16),
    packedBytes,
    bytes,
    start: local + localBytes + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28),
  }
  const next = at + entryBytes + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32)
  return { part, next }
}

/** Refuses overlapping parts: they are the trick of a zip bomb whose parts all share the same bytes. */
function assertNoOverlaps(parts: ZipPart[]): void {
  const byStart = parts.filter((part) => part.packedBytes > 0).sort((a, b) => a.start - b.start)
  byStart.forEach((part, i) => {
    const next = byStart[i + 1]
    if (next && part.start + part.packedBytes > next.start) throw bomb('Parts of the file overlap.')
  })
}

/** The key for a part's name: lookups ignore the case of ASCII letters (ECMA-376 part 2, 6.2.2.3). */
export const partKey = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/**
 * The parts of an archive, by `partKey` of their names; nothing is unpacked.
 * @throws DomainError `file.corrupt`, `file.encrypted`, `file.too_large` (number of parts, declared sizes), `file.bomb`
 *   (declared compression ratio, overlapping parts)
 */
export function zipParts(data: Buffer, limits: FileLimits): Map<string, ZipPart> {
  const { parts: count, start } = directoryOf(data)
  if (count > limits.parts)
    throw tooLarge('parts', limits.parts, `The file has ${count} parts; ${limits.parts} are allowed.`)
  const parts = new Map<string, ZipPart>()
  let at = start
  let bytes = 0
  for (let i = 0; i < count; i++) {
    const { part, next } = partAt(data, at)
    at = next
    if (part.start + part.packedBytes > data.length) throw corrupt('A part of the file is cut off.')
    if (part.bytes > limits.ratioFromBytes && part.bytes > part.packedBytes * limits.ratio)
      throw bomb(`A part of the file would unpack to more than ${limits.ratio} times its size.`)
    bytes += part.bytes
    if (bytes > limits.unpackedBytes)
      throw tooLarge(
        'unpackedBytes',
        limits.unpackedBytes,
        'The file unpacks to more than is read here. Delete formatted but empty rows and columns, or split it.',
      )
    // Programs differ in which of two parts with the same name they read.
    const key = partKey(part.name)
    if (parts.has(key)) throw corrupt('A part of the file stands in it twice.')
    parts.set(key, part)
  }
  assertNoOverlaps([...parts.values()])
  return parts
}

/**
 * Unpacks one part, chunk by chunk.
 * @throws DomainError `file.bomb` as soon as there are more bytes than declared; `file.corrupt` when the data does not
 *   unpack, has fewer bytes than declared, or a wrong checksum
 */
export async function* unpack(data: Buffer, part: ZipPart): AsyncGenerator<Buffer> {
  const packed = data.subarray(part.start, part.start + part.packedBytes)
  let bytes = 0
  let crc = 0
  for await (const piece of pieces(packed, part)) {
    bytes += piece.length
    if (bytes > part.bytes) throw bomb('A part of the file is larger than it declares.')
    crc = crc32(piece, crc)
    yield piece
  }
  if (bytes !== part.bytes || crc !== part.crc) throw corrupt('A part of the file is damaged.')
}

async function* pieces(packed: Buffer, part: ZipPart): AsyncGenerator<Buffer> {
  if (part.method === 0) {
    for (let at = 0; at < packed.length; at += 65_536) yield packed.subarray(at, at + 65_536)
    return
  }
  if (part.method !== 8) throw corrupt('A part of the file is packed in a way that spreadsheets do not use.')
  const inflating = createInflateRaw({ chunkSize: 65_536 })
  inflating.end(packed)
  try {
    for await (const piece of inflating) yield piece as Buffer
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_'))
      throw corrupt('A part of the file does not unpack.')
    throw cause
  } finally {
    inflating.destroy()
  }
}

/**
 * Unpacks a part as a whole.
 * @throws DomainError `file.too_large` when it declares more than `max` bytes; else as `unpack`
 */
export async function unpackWhole(data: Buffer, part: ZipPart, max: number): Promise<Buffer> {
  if (part.bytes > max)
    throw tooLarge('partBytes', max, 'A part of the file is larger than is read here. Split the file.')
  const all: Buffer[] = []
  for await (const piece of unpack(data, part)) all.push(piece)
  return Buffer.concat(all)
}
