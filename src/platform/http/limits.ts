import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../errors.ts'

export interface Limits {
  perSession: number
  perAddress: number
  perLink: number
  missesPerAddress: number
}

/** Counts a request under a key; the store is one for all counters. Throws when it is one too many. */
type Count = (request: FastifyRequest) => Promise<void>

function counter(app: FastifyInstance, max: number, keyOf: (request: FastifyRequest) => string): Count {
  const check = app.createRateLimit({ max, timeWindow: 60_000, keyGenerator: keyOf })
  return async (request) => {
    const verdict = await check(request)
    if (verdict.isAllowed || !verdict.isExceeded) return
    throw new DomainError('throttled', 'requests.throttled', 'Too many requests. Wait a moment.', {
      seconds: Math.max(1, verdict.ttlInSeconds),
    })
  }
}

const linkOf = (request: FastifyRequest) => (request.params as { token?: string } | undefined)?.token

/**
 * Public routes are limited by address, sessions by session, personal links by link. Behind one address stands
 * a whole crowd, so links that exist are never counted by it; only misses are (`countMiss`, from the error handler).
 */
export function limitRequests(app: FastifyInstance, limits: Limits): { countMiss: Count } {
  const byAddress = counter(app, limits.perAddress, (request) => `address ${request.ip}`)
  const bySession = counter(app, limits.perSession, (request) => `session ${request.actor.sessionId}`)
  const byLink = counter(app, limits.perLink, (request) => `link ${linkOf(request)}`)
  app.addHook('onRequest', async (request) => {
    const { access, unlimited } = request.routeOptions.config
    if (unlimited || access === undefined) return
    if (access === 'public') return byAddress(request)
    if (access === 'volunteer') return linkOf(request) === undefined ? undefined : byLink(request)
    return bySession(request)
  })
  return { countMiss: counter(app, limits.missesPerAddress, (request) => `miss ${request.ip}`) }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Not limited: for probes that come often from one address and cost little. */
    unlimited?: boolean
  }
}
