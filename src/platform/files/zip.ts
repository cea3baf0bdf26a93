/**
 * The parts of a zip archive (APPNOTE 6.3.10), read by the central directory. Sizes are judged before anything is
 * unpacked, and unpacking stops where a part grows beyond the size it declared.
 */
import { crc32, createInflateRaw } from 'node:zlib'
import { bomb, corrupt, encrypted, type FileLimits, tooLarge } from './limits.ts'

export interface ZipPart {
  name: string
  method: number
  packedBytes: number
  bytes: number
  crc: number
  /** Where its packed bytes begin. */
  start: number
}

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const endBytes = 22
const entryBytes = 46
const localBytes = 30

function endOfDirectory(data: Buffer): number {
  const earliest = Math.max(0, data.length - endBytes - 0xffff)
  for (let at = data.length - endBytes; at >= earliest; at--) {
    if (data.readUInt32LE(at) === endSignature) return at
  }
  throw corrupt('The file ends too early: it was not transferred completely.')
}

function partAt(data: Buffer, at: number): { part: ZipPart; next: number } {
  if (at + entryBytes > data.length || data.readUInt32LE(at) !== entrySignature)
    throw corrupt('The table of contents of the file is damaged.')
  const flags = data.readUInt16LE(at + 8)
  if (flags & 1) throw encrypted()
  const nameLength = data.readUInt16LE(at + 28)
  const name = data.toString('utf8', at + entryBytes, at + entryBytes + nameLength)
  const local = data.readUInt32LE(at + 42)
  if (local + localBytes > data.length || data.readUInt32LE(local) !== localSignature)
    throw corrupt('The table of contents of the file points outside of it.')
  const part: ZipPart = {
    name: name.replaceAll('\\', '/').replace(/^\/+/, ''),
    method: data.readUInt16LE(at + 10),
    crc: data.readUInt32LE(at + 16),
    packedBytes: data.readUInt32LE(at + 20),
    bytes: data.readUInt32LE(at + 24),
    start: local + localBytes + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28),
  }
  const next = at + entryBytes + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32)
  return { part, next }
}

/** Parts that share bytes unpack to far more than any of them declares alone. */
function refuseOverlaps(parts: ZipPart[]): void {
  const byStart = parts.filter((part) => part.packedBytes > 0).sort((a, b) => a.start - b.start)
  byStart.forEach((part, i) => {
    const next = byStart[i + 1]
    if (next && part.start + part.packedBytes > next.start) throw bomb('Parts of the file overlap.')
  })
}

/**
 * The parts by name. @throws DomainError `file.corrupt`, `file.encrypted`, `file.too_large` (declared sizes),
 *   `file.bomb` (declared ratio, overlapping parts)
 */
export function zipParts(data: Buffer, limits: FileLimits): Map<string, ZipPart> {
  const end = endOfDirectory(data)
  const count = data.readUInt16LE(end + 10)
  if (count > limits.parts)
    throw tooLarge('parts', limits.parts, `The file has ${count} parts; ${limits.parts} are allowed.`)
  const parts = new Map<string, ZipPart>()
  let at = data.readUInt32LE(end + 16)
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
    // A name that stands twice is read differently by different programs.
    if (parts.has(part.name)) throw corrupt('A part of the file stands in it twice.')
    parts.set(part.name, part)
  }
  refuseOverlaps([...parts.values()])
  return parts
}

/**
 * The bytes of one part, piece by piece.
 * @throws DomainError `file.bomb` as soon as there are more than declared; `file.corrupt` when they do not unpack,
 *   are fewer, or their checksum differs
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

/** A whole part. @throws DomainError `file.too_large` when it declares more than `max` bytes, and as `unpack` */
export async function unpackWhole(data: Buffer, part: ZipPart, max: number): Promise<Buffer> {
  if (part.bytes > max)
    throw tooLarge('partBytes', max, 'A part of the file is larger than is read here. Split the file.')
  const all: Buffer[] = []
  for await (const piece of unpack(data, part)) all.push(piece)
  return Buffer.concat(all)
}
