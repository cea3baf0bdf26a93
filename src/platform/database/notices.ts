/** Problems of a running database that the operator should see. Statements are reported without their values. */
export type DatabaseNotice =
  /** An idle transaction blocks others. `caller` is the source text of its work; `ended`: it was ended by timeout. */
  | { event: 'transaction idle'; idleMs: number; caller: string; ended: boolean }
  | { event: 'statement slow'; ms: number; statement: string; name: string }
  /** SQLite: the checkpoint thread fails, so the write-ahead log grows. */
  | { event: 'log not copied'; failure: string }

export type Report = (notice: DatabaseNotice) => void

/** A statement that takes longer is reported: 100 ms are felt by everybody who waits behind it. */
export const slowMs = 100

/** The beginning of a statement or function text, long enough to recognize it in the log. */
export function named(statement: string): string {
  return statement.replace(/\s+/g, ' ').slice(0, 300)
}

/** A statement by what it does and the first tables it names, without values: `select persons, memberships`. */
export function nameOf(statement: string): string {
  const [verb] = /^\s*\w+/.exec(statement) ?? ['']
  const tables = [...statement.matchAll(/\b(?:from|join|into|update)\s+"(\w+)"/gi)].map(([, table]) => table)
  return `${verb.trim().toLowerCase()} ${[...new Set(tables)].slice(0, 3).join(', ')}`.trim()
}
