/** What went wrong, in the few kinds a client can act upon. Each has one HTTP status, in `http/problem.ts`. */
export type ErrorKind =
  | 'invalid' // the input breaks a rule: 422
  | 'unauthenticated' // nobody is signed in, or the proof is not valid: 401
  | 'forbidden' // signed in, but not allowed: 403
  | 'missing' // no such thing, or out of the caller's reach: 404
  | 'conflict' // the present state does not allow it: 409
  | 'gone' // it was there and is not any more: 410
  | 'stale' // If-Match names an older version: 412
  | 'too_large' // 413
  | 'unsupported' // a media type or format that is not read here: 415
  | 'precondition' // If-Match is required: 428
  | 'throttled' // too many requests: 429
  | 'unavailable' // a part of the service cannot answer now; nothing was changed: 503

/**
 * An answer the caller can understand. `code` is permanent and dotted (`shift.full`); `message` is an
 * English sentence for people; `details` are plain values a client may show (never personal data).
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
