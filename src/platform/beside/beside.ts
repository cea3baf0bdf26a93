/**
 * Reads much beside the main thread: in a process of its own, on its own connection, at one moment of the database. Whoever
 * asks for a report or an export of a city holds up nobody else; when they leave, the process is ended, which a thread inside
 * a statement of SQLite cannot be.
 */
import { DomainError } from '../errors.ts'
import { FileProcess } from '../files/file-process.ts'
import { ProcessPool } from '../files/process-pool.ts'

/** Where the process finds the database and its keys. */
export interface Place {
  databaseUrl: string
  keysFile: string
}

export interface BesideInput {
  place: Place
  input: unknown
}

const limits = { heapMb: 1024, dataBytesMax: 1800 * 2 ** 20 }
/** As many as a machine has processors to spare for work that nobody watches second by second. */
const processesMax = 2
const maxMs = 300_000
const pool = new ProcessPool(() => new FileProcess(limits), processesMax)

const unavailable = () =>
  new DomainError(
    'unavailable',
    'reading.ended',
    'Reading took too much time or memory. Nothing was changed.',
  )

/**
 * Runs the reading that the module at `url` offers (`offerReading`). Input and result are plain values.
 * @param signal aborted when nobody waits for the result any more
 * @throws DomainError as thrown there; `reading.ended` when it takes too much time or memory
 */
export function beside<Input, Result>(
  url: URL,
  { databaseUrl, keysFile }: Place,
  input: Input,
  signal?: AbortSignal,
): Promise<Result> {
  const given: BesideInput = { place: { databaseUrl, keysFile }, input }
  return pool.run(url, given, { maxMs, late: unavailable, ended: unavailable, ...(signal ? { signal } : {}) })
}
