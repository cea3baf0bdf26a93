import type { FastifyRequest } from 'fastify'
import { DomainError } from '#platform/errors.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a changing request comes from one of our own pages (CSRF protection). Browsers state it in `Origin`, or in
 * `Sec-Fetch-Site` if the referrer policy makes `Origin` `null`; a page can forge neither.
 */
export function comesFromUs(request: FastifyRequest, publicUrl: URL): boolean {
  if (safe.has(request.method)) return true
  const { origin, 'sec-fetch-site': site } = request.headers
  if (origin !== undefined && origin !== 'null') return origin === publicUrl.origin
  return site === 'same-origin'
}

/** @throws DomainError forbidden `origin.refused` for a request that another site's page may have caused */
export function assertOwnOrigin(request: FastifyRequest, publicUrl: URL): void {
  if (comesFromUs(request, publicUrl)) return
  throw new DomainError(
    'forbidden',
    'origin.refused',
    `With a session cookie, changes are taken only from pages of ${publicUrl.origin}.`,
  )
}

/**
 * For forms without a session: refuses requests that certainly come from another site. Programs and old browsers, which
 * send neither header, are allowed.
 */
export function assertNotForeign(request: FastifyRequest, publicUrl: URL): void {
  const { origin, 'sec-fetch-site': site } = request.headers
  const silent = (origin === undefined || origin === 'null') && (site === undefined || site === 'none')
  if (!silent) assertOwnOrigin(request, publicUrl)
}
