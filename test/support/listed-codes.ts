import type { App } from '#platform/http/server.ts'
import problemCodes from '#src/problem-codes.json' with { type: 'json' }

/** What a route refuses with before its own code runs, or when the service itself is in trouble. */
const ofEveryRoute =
  /^(request|requests|text|body|form|file|database|service|access|session|token|origin|route|clock)\.|^internal$/

/**
 * Watches every refusal of the service: an operation refuses with what its description lists, and with nothing else.
 * @returns the refusals that were not listed, as `operation code`
 */
export function watchCodes(app: App): ReadonlySet<string> {
  const unlisted = new Set<string>()
  const listed = problemCodes as Record<string, readonly string[]>
  app.addHook('onSend', async (request, reply, payload) => {
    const { operationId } = (request.routeOptions.schema ?? {}) as { operationId?: string }
    const type = String(reply.getHeader('content-type') ?? '')
    if (!operationId || !type.includes('problem+json') || typeof payload !== 'string') return
    const { code } = JSON.parse(payload) as { code: string }
    if (!ofEveryRoute.test(code) && !listed[operationId]?.includes(code))
      unlisted.add(`${operationId} ${code}`)
  })
  return unlisted
}
