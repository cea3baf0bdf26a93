import type { FastifyRequest } from 'fastify'
import { DomainError } from '#platform/errors.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that changes something comes from a page of ours. Browsers say so in `Origin`, or where the
 * referrer policy hides it (`null`), in `Sec-Fetch-Site`; pages can forge neither.
 */
export function comesFromUs(request: FastifyRequest, publicUrl: URL): boolean {
  if (safe.has(request.method)) return true
  const { origin, 'sec-fetch-site': site } = request.headers
  if (origin !== undefined && origin !== 'null') return origin === publicUrl.origin
  return site === 'same-origin'
}

/** @throws DomainError forbidden `origin.refused` for a request that a page of somebody else may have caused */
export function refuseForeign(request: FastifyRequest, publicUrl: URL): void {
  if (comesFromUs(request, publicUrl)) return
  throw new DomainError(
    'forbidden',
    'origin.refused',
    `With a session cookie, changes are taken only from pages of ${publicUrl.origin}.`,
  )
}

/**
 * For forms that need no session yet: refuses what surely comes from elsewhere, and lets programs and old browsers
 * through that say nothing.
 */
export function refuseSurelyForeign(request: FastifyRequest, publicUrl: URL): void {
  const { origin, 'sec-fetch-site': site } = request.headers
  const silent = (origin === undefined || origin === 'null') && (site === undefined || site === 'none')
  if (!silent) refuseForeign(request, publicUrl)
}
