import { DomainError } from '../errors.ts'

/** The connection broke during COMMIT: it is unknown whether the transaction was committed. */
export class OutcomeUnknown extends Error {}

/** How to handle an error of PostgreSQL or of the connection to it. */
export type Remedy =
  | 'again' // serialization_failure, deadlock_detected: the same work, run again, may succeed
  | 'reconnect' // the connection broke before COMMIT was sent: nothing was changed
  | 'give up' // the outcome is unknown, or the server lacks disk, memory or connections
  | 'none' // an error of the work itself

/** The SQLSTATE of an error, also of one that drizzle has wrapped. */
function stateOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && /^[0-9A-DF-Z][0-9A-Z]{4}$/.test(code)) return code
  }
  return undefined
}

/** Whether the connection broke or could not be opened, by the errors of node-postgres and its sockets. */
function isConnectionFailure(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|08|57P0)/.test(code)) return true
    if (
      /Connection terminated|not queryable|connection error|timeout exceeded when trying to connect/.test(
        at.message,
      )
    ) {
      return true
    }
  }
  return false
}

export function remedyFor(error: unknown): Remedy {
  if (error instanceof DomainError) return 'none'
  if (error instanceof OutcomeUnknown) return 'give up'
  const state = stateOf(error) ?? ''
  if (state === '40001' || state === '40P01') return 'again'
  if (isConnectionFailure(error)) return 'reconnect'
  // insufficient_resources, query_canceled, system_error
  return /^(53|57014|58)/.test(state) ? 'give up' : 'none'
}

/** Whether, after this error of COMMIT, it is unknown if the transaction was committed. */
export function leavesOutcomeOpen(error: unknown): boolean {
  return stateOf(error) === '40003' || isConnectionFailure(error)
}

/** What a client is told when the database cannot finish its work. */
export function unavailable(cause: unknown): DomainError {
  if (cause instanceof OutcomeUnknown) {
    const message =
      'The connection broke during the commit. Ask again with the same operation to learn the outcome.'
    return new DomainError('unavailable', 'database.unknown', message, {}, { cause })
  }
  const message = 'The database cannot answer now. Nothing was changed.'
  return new DomainError('unavailable', 'database.unavailable', message, {}, { cause })
}
