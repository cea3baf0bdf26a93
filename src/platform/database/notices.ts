/** Problems of a running database that the operator should see. Statements are reported without their values. */
export type DatabaseNotice =
  /** An idle transaction blocks others. `caller` is the source text of its work; `ended`: it was ended by timeout. */
  | { event: 'transaction idle'; idleMs: number; caller: string; ended: boolean }
  | { event: 'statement slow'; ms: number; statement: string }
  /** SQLite: the checkpoint thread fails, so the write-ahead log grows. */
  | { event: 'log not copied'; failure: string }

export type Report = (notice: DatabaseNotice) => void

/** A statement that takes longer is reported. */
export const slowMs = 1000

/** The beginning of a statement or function text, long enough to recognize it in the log. */
export function named(statement: string): string {
  return statement.replace(/\s+/g, ' ').slice(0, 300)
}
