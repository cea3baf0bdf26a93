import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../errors.ts'

export interface Limits {
  perSession: number
  perAddress: number
  perLink: number
  missesPerAddress: number
}

const windowMs = 60_000
/** Maximum number of keys per counter, in memory. Beyond it, the keys whose minute began first are dropped. */
const keysMax = 50_000

/** Counts one request under a key. @returns the error to answer when the limit is exceeded */
export type Count = (request: FastifyRequest) => DomainError | undefined

/** A fixed-window rate limit: at most `max` requests per minute and key; the minute begins with the key's first request. */
export function counter(max: number, keyOf: (request: FastifyRequest) => string): Count {
  // In the order in which the minutes began.
  const windows = new Map<string, { beganAtMs: number; requests: number }>()
  return (request) => {
    const key = keyOf(request)
    const now = performance.now()
    const window = windows.get(key)
    if (!window || now - window.beganAtMs >= windowMs) {
      windows.delete(key)
      windows.set(key, { beganAtMs: now, requests: 1 })
      if (windows.size > keysMax) windows.delete(windows.keys().next().value as string)
      return undefined
    }
    if (++window.requests <= max) return undefined
    const seconds = Math.max(1, Math.ceil((window.beganAtMs + windowMs - now) / 1000))
    return new DomainError('throttled', 'requests.throttled', 'Too many requests. Wait a moment.', {
      seconds,
    })
  }
}

/**
 * The network that a client address is counted by: for IPv6 the first 64 bits, because one connection has 2^64
 * addresses. IPv4 mapped to IPv6 counts as IPv4.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

const linkOf = (request: FastifyRequest) => (request.params as { token?: string } | undefined)?.token

/**
 * Rate limits: public routes by address, sessions by session, personal links by link. A whole crowd may share one
 * address, so valid sessions and links are never counted by address; requests refused for having none are
 * (`countRefused`, called by the error handler).
 */
export function limitRequests(
  app: FastifyInstance,
  limits: Limits,
): { countRefused: (request: FastifyRequest, status: number) => DomainError | undefined } {
  const byAddress = counter(limits.perAddress, (request) => `address ${networkOf(request.ip)}`)
  const bySession = counter(limits.perSession, (request) => `session ${request.actor.sessionId}`)
  const byLink = counter(limits.perLink, (request) => `link ${linkOf(request)}`)
  const missesByAddress = counter(limits.missesPerAddress, (request) => `miss ${networkOf(request.ip)}`)
  const count: Count = (request) => {
    const { access, unlimited } = request.routeOptions.config
    if (unlimited || access === undefined) return undefined
    if (access === 'public') return byAddress(request)
    if (access === 'link' || access === 'screen')
      return linkOf(request) === undefined ? undefined : byLink(request)
    return bySession(request)
  }
  app.addHook('onRequest', (request, _, done) => done(count(request)))
  return {
    countRefused(request, status) {
      const { access } = request.routeOptions.config
      if (access === 'link' || access === 'screen')
        return status === 404 ? missesByAddress(request) : undefined
      // Public routes were counted when the request arrived.
      return status === 401 && access !== 'public' ? byAddress(request) : undefined
    },
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** No rate limit: the route is cheap, and one address asks for it often (a probe, a page without data). */
    unlimited?: boolean
  }
}
