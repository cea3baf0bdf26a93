import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Database, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import type { ArrivingUpload } from '#platform/http/uploads.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { newDataKey } from '../data-key.ts'
import { Envelope } from '../envelope.ts'
import { importFiles, imports, type StoredReach } from '../schema.ts'
import { FilePartWriter } from './file-parts.ts'

/** An upload whose large files are written, encrypted, and which is not an import yet. */
export interface ReceivedUpload {
  importId: string
  dataKey: string
  files: { id: string; ordinal: number; sizeBytes: number; parts: number; name: Buffer }[]
  /** Name and digest of each file: two uploads with the same are the same. */
  digests: [name: string, digest: string][]
  writer: FilePartWriter
}

/**
 * Encrypts uploaded files with a new key and writes them while they arrive. Whoever calls it writes the import, or discards
 * the upload (`writer.discard`).
 * @throws DomainError `import.empty`, and as `uploads`
 */
export async function receiveUpload(
  { db, keys, now }: { db: Database; keys: KeyRing; now: () => DateTime },
  uploads: AsyncIterable<ArrivingUpload>,
): Promise<ReceivedUpload> {
  const importId = newId()
  const { key, sealed } = newDataKey(keys, importId)
  const envelope = new Envelope(key)
  const writer = new FilePartWriter(db, envelope, now())
  const received: ReceivedUpload = { importId, dataKey: sealed, files: [], digests: [], writer }
  try {
    for await (const { name, bytes } of uploads) {
      const { id, sizeBytes, parts, digest } = await writer.write(bytes)
      const ordinal = received.files.length
      received.files.push({ id, ordinal, sizeBytes, parts, name: envelope.seal(name, `file/${id}`) })
      received.digests.push([name, digest])
    }
    if (received.files.length === 0)
      throw new DomainError('invalid', 'import.empty', 'Upload at least one file.')
  } catch (error) {
    await writer.discard()
    throw error
  }
  return received
}

/** Stores the upload as an import and enqueues the judging. @param reach what the importer may see and write */
export async function receiveImport(
  tx: Writer,
  { importId, dataKey, files, writer }: ReceivedUpload,
  { reach, by, at }: { reach: StoredReach; by: Actor; at: DateTime },
): Promise<void> {
  await tx.insert(imports).values({
    id: importId,
    state: 'received',
    startedBy: by.userId,
    reach,
    dataKey,
    progress: { phase: 'waiting', done: 0, total: 0 },
    counts: {},
    createdAt: at,
  })
  for (const file of files) await tx.insert(importFiles).values({ ...file, importId })
  await writer.writeRest(tx)
  await enqueue(tx, 'imports.judge', { importId }, { key: importId })
  await record(tx, {
    action: 'import.received',
    subject: `import:${importId}`,
    by,
    at,
    details: { files: files.length },
  })
}
