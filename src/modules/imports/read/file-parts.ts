/** The content of uploaded files, written and read in parts, so that no large file is in memory or in one statement as a whole. */
import { createHash } from 'node:crypto'
import { and, eq, inArray, lt, notExists, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Database, Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import type { Envelope, Place } from '../envelope.ts'
import { importFileParts, importFiles } from '../schema.ts'

const partBytes = 1024 * 1024

type FilePart = typeof importFileParts.$inferInsert

/** The first part has the place that whole files had before they were written in parts. */
const placeOf = (fileId: string, ordinal: number): Place =>
  ordinal === 0 ? `content/${fileId}` : `content/${fileId}/${ordinal}`

export interface WrittenFile {
  id: string
  sizeBytes: number
  parts: number
  /** SHA-256 of the content, in base64url. */
  digest: string
}

/**
 * Encrypts and writes files while they arrive. What is less than a part together is held until the import is written
 * (`writeRest`): most uploads need no transaction of their own.
 */
export class FilePartWriter {
  readonly #db: Database
  readonly #envelope: Envelope
  readonly #at: DateTime
  #held: FilePart[] = []
  #heldBytes = 0
  #isWritten = false
  readonly #fileIds: string[] = []

  constructor(db: Database, envelope: Envelope, at: DateTime) {
    this.#db = db
    this.#envelope = envelope
    this.#at = at
  }

  async write(bytes: AsyncIterable<Buffer>): Promise<WrittenFile> {
    const id = newId()
    this.#fileIds.push(id)
    const hash = createHash('sha256')
    let [sizeBytes, parts] = [0, 0]
    for await (const part of inParts(bytes)) {
      hash.update(part)
      sizeBytes += part.length
      await this.#add(id, parts++, part)
    }
    return { id, sizeBytes, parts, digest: hash.digest('base64url') }
  }

  async #add(fileId: string, ordinal: number, part: Buffer): Promise<void> {
    const content = this.#envelope.sealBytes(part, placeOf(fileId, ordinal))
    this.#held.push({ id: newId(), fileId, ordinal, content, createdAt: this.#at })
    this.#heldBytes += content.length
    if (this.#heldBytes < partBytes) return
    await this.#db.transaction((tx) => this.writeRest(tx))
    this.#held = []
    this.#heldBytes = 0
    this.#isWritten = true
  }

  /** Writes what is still held. A transaction may be tried again, so it stays held. */
  async writeRest(tx: Writer): Promise<void> {
    for (const part of this.#held) await tx.insert(importFileParts).values(part)
  }

  /** Deletes what was written, of an upload that did not become an import. */
  async discard(): Promise<void> {
    this.#held = []
    if (this.#isWritten) await this.#db.transaction((tx) => deleteParts(tx, this.#fileIds))
  }
}

/** The same bytes in parts of `partBytes`, the last of which is smaller; an empty file is one empty part. */
async function* inParts(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let length = 0
  let isFirst = true
  for await (const chunk of bytes) {
    held.push(chunk)
    length += chunk.length
    if (length < partBytes) continue
    const all = Buffer.concat(held)
    const whole = length - (length % partBytes)
    for (let from = 0; from < whole; from += partBytes) yield all.subarray(from, from + partBytes)
    held = [all.subarray(whole)]
    length -= whole
    isFirst = false
  }
  if (length > 0 || isFirst) yield Buffer.concat(held)
}

/**
 * The content of a file, part by part.
 * @throws Error when a part is missing, or was changed or moved
 */
export async function* readParts(
  db: Database,
  envelope: Envelope,
  file: { id: string; parts: number },
): AsyncGenerator<Buffer> {
  for (let ordinal = 0; ordinal < file.parts; ordinal++) {
    const at = and(eq(importFileParts.fileId, file.id), eq(importFileParts.ordinal, ordinal))
    const [part] = await db.read.select().from(importFileParts).where(at)
    if (!part) throw new Error(`part ${ordinal} of the file ${file.id} is missing`)
    yield envelope.openBytes(part.content, placeOf(file.id, ordinal))
  }
}

async function deleteParts(tx: Writer, fileIds: readonly string[]): Promise<void> {
  await tx.delete(importFileParts).where(inArray(importFileParts.fileId, [...fileIds]))
}

/** Deletes the content of all files of an import. */
export async function forgetContent(tx: Writer, importId: string): Promise<void> {
  const files = await tx
    .update(importFiles)
    .set({ parts: 0 })
    .where(eq(importFiles.importId, importId))
    .returning({ id: importFiles.id })
  const fileIds = files.map(({ id }) => id)
  await deleteParts(tx, fileIds)
}

/** Deletes parts of uploads that never became an import, because their service ended meanwhile. */
export async function deleteForgottenParts(db: Database, now: DateTime): Promise<void> {
  const file = db.read
    .select({ one: sql`1` })
    .from(importFiles)
    .where(eq(importFiles.id, importFileParts.fileId))
  await db.transaction((tx) =>
    tx
      .delete(importFileParts)
      .where(and(lt(importFileParts.createdAt, now.minus({ days: 1 })), notExists(file))),
  )
}
