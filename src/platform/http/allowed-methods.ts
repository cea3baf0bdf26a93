import type { FastifyInstance } from 'fastify'

/** Cached by route, and made only once an address is not found. */
const patterns = new Map<string, RegExp>()

/** `/api/units/:unitId` as a pattern of addresses. Fastify's own router answers only for one method at a time. */
function patternOf(url: string): RegExp {
  const made = patterns.get(url)
  if (made) return made
  const parts = url.split('/').map((part) => {
    if (part === '*') return '.*'
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  const pattern = new RegExp(`^${parts.join('/')}$`)
  patterns.set(url, pattern)
  return pattern
}

/**
 * Which methods an address has, for the answer 405 with `Allow` (RFC 9110). Call before the routes are registered.
 * @returns the methods of an address, sorted; none where there is nothing at all
 */
export function knowMethods(app: FastifyInstance): (address: string) => string[] {
  const known = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const its = known.get(url) ?? new Set<string>()
    for (const each of [method].flat()) its.add(each)
    known.set(url, its)
  })
  return (address) => {
    const path = address.replace(/\?.*$/s, '')
    const methods = new Set<string>()
    // A path with a wildcard serves files: what is not there is not there, by any method.
    for (const [url, its] of known)
      if (!url.includes('*') && patternOf(url).test(path)) for (const each of its) methods.add(each)
    return [...methods].sort()
  }
}
