import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { DomainError } from '../errors.ts'

const json = 'application/json'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media types of the bodies this route accepts; derived from its schema. */
    bodyKinds?: readonly string[]
  }
}

/**
 * The media types a route accepts: the keys of `body.content`, else `consumes`, else JSON. A route without a body
 * accepts JSON too, because clients send `{}`.
 */
export function bodyKindsOf({ schema }: Pick<RouteOptions, 'schema'>): readonly string[] {
  const content = (schema?.body as { content?: object } | undefined)?.content
  if (content) return Object.keys(content)
  return (schema as { consumes?: string[] } | undefined)?.consumes ?? [json]
}

const announcesBody = ({ headers }: FastifyRequest) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** Fastify does not validate a body whose media type has no schema: such a body is refused here. */
function refusesBody(request: FastifyRequest): boolean {
  const kinds = request.routeOptions.config.bodyKinds
  if (kinds === undefined) return false
  const { mediaType } = request
  if (kinds.includes(mediaType ?? '')) return false
  // A missing JSON body is refused by its schema; a missing form or file would not be validated at all.
  return announcesBody(request) || !kinds.includes(json)
}

/**
 * Refuses a body whose media type the route does not accept, before the body is read.
 * @throws DomainError unsupported `body.media_type`
 */
export function guardBodyKinds(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const methods = [route.method].flat()
    if (methods.every((method) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS')) return
    route.config = { ...route.config, bodyKinds: bodyKindsOf(route) }
  })
  app.addHook('onRequest', (request, _, done) => {
    if (!refusesBody(request)) return done()
    const kinds = request.routeOptions.config.bodyKinds
    done(
      new DomainError('unsupported', 'body.media_type', 'This route does not take a body of this type.', {
        kinds,
      }),
    )
  })
}
