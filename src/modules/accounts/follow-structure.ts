import type { FastifyInstance } from 'fastify'
import { forgetEverybody } from './session-cache.ts'

const structural = new Set<unknown>(['units.edit', 'teams.edit'])

/**
 * A role's reach depends on the tree of units and teams. After a change of units or teams, and before the answer is
 * sent, this process clears its cache of sessions. Organisation lies below and does not know this cache.
 */
export function followStructure(app: Pick<FastifyInstance, 'addHook'>): void {
  app.addHook('onSend', (request, reply, _, done) => {
    const { access } = request.routeOptions.config
    if (request.method !== 'GET' && reply.statusCode < 400 && structural.has(access)) forgetEverybody()
    done()
  })
}
