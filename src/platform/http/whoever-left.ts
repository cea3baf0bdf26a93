import type { FastifyReply } from 'fastify'

/** Aborted when the client of this answer has left, or has all of it. */
export function whoeverLeft({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController()
  raw.once('close', () => left.abort(new Error('the client left')))
  return left.signal
}
