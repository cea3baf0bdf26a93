import { DomainError } from '../errors.ts'
import { FileProcess } from '../files/file-process.ts'
import { ProcessPool } from '../files/process-pool.ts'
import type { DocumentKind, OutDocument, Written } from './parts.ts'

/** A process with the font in it takes 150 MB; it waits a minute for the next document. */
const limits = { heapMb: 768, dataBytesMax: 1400 * 2 ** 20 }
const pool = new ProcessPool(() => new FileProcess(limits), 1)
const maxMs = 60_000
const main = new URL('./write-main.ts', import.meta.url)

const ended = () =>
  new DomainError('unavailable', 'document.ended', 'The document takes too much time or memory.')

/**
 * Makes a document beside the main thread, in a process of its own.
 * @param signal aborted when nobody waits for it any more
 * @throws DomainError unavailable `document.ended` when it takes more than a minute or too much memory
 */
export async function writeDocument(
  kind: DocumentKind,
  document: OutDocument,
  signal?: AbortSignal,
): Promise<Written> {
  const { bytes, missing } = await pool.run<unknown, never, Written>(
    main,
    { kind, document },
    { maxMs, late: ended, ended, ...(signal ? { signal } : {}) },
  )
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), missing }
}
