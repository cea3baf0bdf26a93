import type { FastifyRequest } from 'fastify'
import type { Static, TObject, TSchema } from 'typebox'
import type { Access, Actor } from './access.ts'
import { IfMatch, requireIfMatch } from './etag.ts'
import { problems, ref } from './schemas.ts'
import type { App } from './server.ts'

interface Operation {
  operationId: string
  summary: string
}

export interface Closure<Params extends TObject, View extends TSchema> {
  /** The URL of the thing that is closed; `/closure` is appended. */
  url: string
  access: Access
  tags: string[]
  params: Params
  view: View
  close: Operation
  reopen: Operation
  /** Closes or reopens it. @returns its new state */
  change(request: {
    params: Static<Params>
    /** The version the client read. */
    version: number
    closed: boolean
    by: Actor
  }): Promise<Static<View> & { version: number }>
}

/** Routes `PUT …/closure` (closes a thing) and `DELETE …/closure` (reopens it); both require If-Match. */
export function closureRoutes<Params extends TObject, View extends TSchema>(
  app: App,
  { url, access, tags, params, view, close, reopen, change }: Closure<Params, View>,
): void {
  const handling = (closed: boolean) => async (request: FastifyRequest) => {
    const version = requireIfMatch(request as FastifyRequest<{ Headers: { 'if-match': string } }>)
    const asked = { params: request.params as Static<Params>, version, closed, by: request.actor }
    return change(asked)
  }
  for (const [method, closed] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    app.route({
      method,
      url: `${url}/closure`,
      config: { access },
      schema: {
        ...(closed ? close : reopen),
        tags,
        params,
        headers: IfMatch,
        response: { 200: ref(view), ...problems },
      },
      // The schema is generic here, so TypeScript cannot infer the type of the request.
      handler: handling(closed) as never,
    })
  }
}
