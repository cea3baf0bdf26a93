import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../errors.ts'

export interface Limits {
  perSession: number
  perAddress: number
  perLink: number
  missesPerAddress: number
}

const windowMs = 60_000
/** Of each counter, in memory. Beyond, those whose minute began first are forgotten. */
const keysMax = 50_000

/** Counts one request under a key. Tells what to answer when it is one too many. */
type Count = (request: FastifyRequest) => DomainError | undefined

/** At most `max` requests a minute under each key; a key's minute begins with its first request. */
function counter(max: number, keyOf: (request: FastifyRequest) => string): Count {
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

const linkOf = (request: FastifyRequest) => (request.params as { token?: string } | undefined)?.token

/**
 * Public routes are limited by address, sessions by session, personal links by link. Behind one address stands
 * a whole crowd, so links that exist are never counted by it; only misses are (`countMiss`, from the error handler).
 */
export function limitRequests(app: FastifyInstance, limits: Limits): { countMiss: Count } {
  const byAddress = counter(limits.perAddress, (request) => `address ${request.ip}`)
  const bySession = counter(limits.perSession, (request) => `session ${request.actor.sessionId}`)
  const byLink = counter(limits.perLink, (request) => `link ${linkOf(request)}`)
  const count: Count = (request) => {
    const { access, unlimited } = request.routeOptions.config
    if (unlimited || access === undefined) return undefined
    if (access === 'public') return byAddress(request)
    if (access === 'volunteer') return linkOf(request) === undefined ? undefined : byLink(request)
    return bySession(request)
  }
  app.addHook('onRequest', (request, _, done) => done(count(request)))
  return { countMiss: counter(limits.missesPerAddress, (request) => `miss ${request.ip}`) }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Not limited: for probes that come often from one address and cost little. */
    unlimited?: boolean
  }
}
