import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { BackupKey } from './backup-key.ts'

/**
 * The format of a backup file: `MUSTERB1`, the key id (8 bytes), a salt (16 bytes), then chunks of at most 1 MiB, each with
 * its length and AES-256-GCM tag (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár 2015). The key is derived
 * from the salt; the nonce is the number of the chunk and whether it is the last. So chunks cannot be reordered, dropped or
 * truncated, and no data is passed on before it is authenticated.
 */
const magic = Buffer.from('MUSTERB1')
const pieceBytes = 1024 * 1024
const saltBytes = 16
const idBytes = 8
const tagBytes = 16

export type Bytes = AsyncIterable<Buffer>

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt8(last ? 1 : 0, 0)
  nonce.writeBigUInt64BE(BigInt(number), 4)
  return nonce
}

function derive(key: BackupKey, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key.secret, salt, 'muster/backup', 32))
}

/** Splits a stream into chunks of equal size; the last one, perhaps empty, is marked. */
async function* pieces(source: Bytes, size: number): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  let held: Buffer[] = []
  let length = 0
  for await (const chunk of source) {
    held.push(chunk)
    length += chunk.length
    while (length > size) {
      const all = Buffer.concat(held)
      yield { piece: all.subarray(0, size), last: false }
      held = [all.subarray(size)]
      length -= size
    }
  }
  yield { piece: Buffer.concat(held), last: true }
}

/** Encrypts a stream. */
export async function* sealStream(key: BackupKey, source: Bytes): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes)
  const id = Buffer.alloc(idBytes)
  id.write(key.id, 'latin1')
  const header = Buffer.concat([magic, id, salt])
  const secret = derive(key, salt)
  yield header
  let number = 0
  for await (const { piece, last } of pieces(source, pieceBytes)) {
    const cipher = createCipheriv('aes-256-gcm', secret, nonceOf(number++, last))
    cipher.setAAD(header)
    const body = Buffer.concat([cipher.update(piece), cipher.final()])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    yield Buffer.concat([length, body, cipher.getAuthTag()])
  }
}

/** Reads a stream by exact byte counts. */
class Taker {
  readonly #source: AsyncIterator<Buffer>
  #held: Buffer = Buffer.alloc(0)

  constructor(source: Bytes) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** The next `length` bytes; fewer at the end. */
  async take(length: number): Promise<Buffer> {
    const parts = [this.#held]
    let total = this.#held.length
    while (total < length) {
      const { value, done } = await this.#source.next()
      if (done) break
      parts.push(value)
      total += value.length
    }
    const all = parts.length === 1 ? this.#held : Buffer.concat(parts)
    this.#held = all.subarray(length)
    return all.subarray(0, length)
  }

  async atEnd(): Promise<boolean> {
    if (this.#held.length === 0) this.#held = await this.take(1)
    return this.#held.length === 0
  }
}

/** @throws Error when the stream is not a backup, was made with another key, was changed, or is cut short */
export async function* openStream(key: BackupKey, source: Bytes): AsyncGenerator<Buffer> {
  const taker = new Taker(source)
  const header = await taker.take(magic.length + idBytes + saltBytes)
  if (!header.subarray(0, magic.length).equals(magic)) throw new Error('this is not a backup of Muster')
  const id = header
    .subarray(magic.length, magic.length + idBytes)
    .toString('latin1')
    .replace(/\0+$/, '')
  if (id !== key.id) throw new Error(`the backup was made with the backup key ${id}, but this is ${key.id}`)
  const secret = derive(key, header.subarray(-saltBytes))
  for (let number = 0, last = false; !last; number++) {
    const length = (await taker.take(4)).toString('hex')
    const body = await taker.take(Math.min(pieceBytes, Number.parseInt(length || '0', 16)) + tagBytes)
    last = await taker.atEnd()
    const decipher = createDecipheriv('aes-256-gcm', secret, nonceOf(number, last), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(header)
    try {
      decipher.setAuthTag(body.subarray(-tagBytes))
      const plain = decipher.update(body.subarray(0, -tagBytes))
      yield Buffer.concat([plain, decipher.final()])
    } catch (cause) {
      throw new Error(`the backup was changed or is cut short (piece ${number + 1})`, { cause })
    }
  }
}
