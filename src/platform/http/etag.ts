import type { FastifyRequest } from 'fastify'
import { DomainError } from '../errors.ts'

/** The ETag of an editable thing: its version. */
export function etagOf(version: number): string {
  return `"v${version}"`
}

/**
 * The version the client last saw.
 * @throws DomainError precondition `precondition.required` without If-Match, invalid `precondition.malformed`
 *   when it is no ETag of ours
 */
export function requireIfMatch(request: FastifyRequest): number {
  const header = request.headers['if-match']
  if (header === undefined) {
    throw new DomainError('precondition', 'precondition.required', 'Send the ETag you last saw as If-Match.')
  }
  const version = /^(?:W\/)?"v(\d{1,9})"$/.exec(header.trim())?.[1]
  if (version === undefined) {
    throw new DomainError(
      'invalid',
      'precondition.malformed',
      'If-Match must be one ETag of this service, such as "v3".',
    )
  }
  return Number(version)
}
