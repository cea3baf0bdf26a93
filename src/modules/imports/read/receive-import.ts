import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { newDataKey } from '../data-key.ts'
import { Envelope } from '../envelope.ts'
import { importFiles, imports, type StoredReach } from '../schema.ts'
import { inTurns } from '../turns.ts'

export interface Upload {
  name: string
  bytes: Buffer
}

/** Maximum bytes of all files of one import. */
export const uploadBytesMax = 64 * 1024 * 1024
export const uploadFilesMax = 600

/** Encrypted before the transaction that stores it, because a transaction awaits queries only. */
export interface SealedUpload {
  importId: string
  dataKey: string
  files: { id: string; ordinal: number; sizeBytes: number; name: Buffer; content: Buffer }[]
}

/** Encrypts uploaded files with a new key, one per event-loop tick. @throws DomainError `import.empty` */
export async function sealUpload(keys: KeyRing, uploads: readonly Upload[]): Promise<SealedUpload> {
  if (uploads.length === 0) throw new DomainError('invalid', 'import.empty', 'Upload at least one file.')
  const importId = newId()
  const { key, sealed } = newDataKey(keys, importId)
  const envelope = new Envelope(key)
  const files: SealedUpload['files'] = []
  const seal = ({ name, bytes }: Upload, ordinal: number) => {
    const id = newId()
    const content = envelope.sealBytes(bytes, `content/${id}`)
    files.push({ id, ordinal, sizeBytes: bytes.length, name: envelope.seal(name, `file/${id}`), content })
  }
  await inTurns(uploads, seal, 1)
  return { importId, dataKey: sealed, files }
}

/** Stores the encrypted upload and enqueues the judging. @param reach what the importer may see and write */
export async function receiveImport(
  tx: Writer,
  { importId, dataKey, files }: SealedUpload,
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
  await enqueue(tx, 'imports.judge', { importId }, { key: importId })
  await record(tx, {
    action: 'import.received',
    subject: `import:${importId}`,
    by,
    at,
    details: { files: files.length },
  })
}
