import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import Type, { type TSchema } from 'typebox'
import { DomainError } from '../errors.ts'
import { schemaNamed } from './schemas.ts'

/** The ETag of an editable resource, made from its version. */
export function etagOf(version: number): string {
  return `"v${version}"`
}

/** `schema.headers` of a route that changes what has a version: the ETag that the client read last is required. */
export const IfMatch = Type.Unsafe<{ 'if-match': string }>({
  type: 'object',
  required: ['if-match'],
  properties: {
    'if-match': {
      type: 'string',
      description:
        '最近读到的 ETag · the ETag last read; without it 428, when somebody else saved in between 412',
      example: '"v3"',
    },
  },
})

/** As `IfMatch`, for a route that also makes what is not there yet: then there is no ETag to send. */
export const MaybeIfMatch = Type.Unsafe<{ 'if-match': string | undefined }>({ ...IfMatch, required: [] })

/**
 * The version in If-Match: the one the client read. Only a route that declares the header can call it.
 * @throws DomainError precondition `precondition.required` without If-Match, invalid `precondition.malformed`
 *   when it is not an ETag of this service
 */
export function requireIfMatch({ headers }: { headers: { 'if-match': string | undefined } }): number {
  const header = headers['if-match']
  if (header === undefined) throw preconditionRequired()
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

/** If-Match is missing. */
export function preconditionRequired(): DomainError {
  return new DomainError('precondition', 'precondition.required', 'Send the ETag you last saw as If-Match.')
}

/** Whether an answer has a version of its own, and with it an ETag. */
export function isVersioned(answer: unknown): boolean {
  const { $ref } = (answer ?? {}) as { $ref?: string }
  const schema = ($ref ? schemaNamed($ref.replace(/^.*\/|#$/g, '')) : answer) as {
    properties?: Record<string, unknown>
  }
  return (schema?.properties?.version as { type?: string } | undefined)?.type === 'integer'
}

/** Answers with a version carry it as their ETag. A route does nothing for it. */
export function sendEtags(route: RouteOptions): void {
  const answers = Object.values((route.schema?.response ?? {}) as Record<string, TSchema>)
  if (!route.url.startsWith('/api/') || !answers.some(isVersioned)) return
  const before = [route.preSerialization ?? []].flat()
  route.preSerialization = [...before, etagHook]
}

function etagHook(
  _: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
) {
  const version = (payload as { version?: unknown } | null)?.version
  if (typeof version === 'number' && !reply.hasHeader('etag')) reply.header('etag', etagOf(version))
  done(null, payload)
}
