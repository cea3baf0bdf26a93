/** The kinds of errors a client can react to. Each has one HTTP status, in `http/problem.ts`. */
export type ErrorKind =
  | 'invalid' // the input breaks a rule: 422
  | 'unauthenticated' // nobody is signed in, or the proof is not valid: 401
  | 'forbidden' // signed in, but not allowed: 403
  | 'missing' // it does not exist, or is out of the caller's reach: 404
  | 'conflict' // the present state does not allow it: 409
  | 'gone' // it existed and no longer does: 410
  | 'stale' // If-Match names an older version: 412
  | 'too_large' // 413
  | 'unsupported' // the media type or format is not supported: 415
  | 'precondition' // If-Match is required: 428
  | 'throttled' // too many requests: 429
  | 'unavailable' // a part of the service cannot answer now; nothing was changed: 503

/**
 * An error that is answered to the client. `code` is permanent and dotted (`shift.full`); `message` is an English
 * sentence; `details` are plain values that a client may show (never personal data).
 */
export class DomainError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly details: Record<string, unknown>

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    details: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'DomainError'
    this.kind = kind
    this.code = code
    this.details = details
  }
}
