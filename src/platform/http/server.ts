import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
  type RouteOptions,
} from 'fastify'
import { newId } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { Clock } from '../time.ts'
import { type Authenticate, guard } from './access.ts'
import { sendErrorPage } from './error-page.ts'
import { type Limits, limitRequests } from './limits.ts'
import { problemOf, type Refusal, refusalOf } from './problem.ts'
import { pointedTo, pointing } from './schemas.ts'
import { securityHeaders } from './security-headers.ts'
import { buildSerializer } from './serialization.ts'
import { assertStrictBody, buildValidator } from './validation.ts'

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Logger,
  TypeBoxTypeProvider
>

export interface ServerOptions {
  log: Logger
  clock: Clock
  publicUrl: URL
  trustProxy: boolean | string[]
  limits: Limits
  /** Who a request is from: given by the slice that knows accounts. */
  authenticate: Authenticate
  /** Every permission that some role has. */
  permissions: ReadonlySet<string>
}

declare module 'fastify' {
  interface FastifyInstance {
    clock: Clock
  }
}

/** Bodies of JSON and forms; routes that take files say so themselves with `bodyLimit`. */
const bodyBytesMax = 1024 * 1024
const fileBytesMax = 32 * 1024 * 1024

/** A proxy's id for the request if it looks like one, else an own. */
function requestIdOf(
  request: { headers: Record<string, string | string[] | undefined> },
  trusted: boolean,
): string {
  const given = request.headers['x-request-id']
  return trusted && typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId()
}

/** An HTTP server without routes: what every request goes through, in reading order. */
export async function createServer(options: ServerOptions): Promise<App> {
  const { log, clock, publicUrl, trustProxy } = options
  const app: App = Fastify({
    loggerInstance: log,
    trustProxy,
    bodyLimit: bodyBytesMax,
    logController: new LogController({ disableRequestLogging: true }),
    // Lines name the request themselves: a logger of its own for each would be made and never used.
    childLoggerFactory: (logger) => logger as Logger,
    requestIdHeader: false,
    genReqId: (request) => requestIdOf(request, trustProxy !== false),
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    schemaController: { compilersFactory: { buildValidator, buildSerializer } as never },
    // Answers under way are finished; idle connections are not waited for.
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    requestTimeout: 120_000,
    frameworkErrors: (error, request, reply) => answer(error, request, reply as FastifyReply),
  }).withTypeProvider<TypeBoxTypeProvider>() as unknown as App

  app.decorate('clock', clock)
  app.addHook('onRoute', (route) => {
    pointToNamed(app, route)
    assertStrictBody(route, (id) => app.getSchema(id))
  })
  const careful = securityHeaders(publicUrl.protocol === 'https:')
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(careful).header('x-request-id', request.id)
    done()
  })
  logResponses(app)
  hangUpWhenClosing(app)

  await app.register(cookie)
  await app.register(formbody, { bodyLimit: 64 * 1024 })
  await app.register(multipart, {
    limits: { fileSize: fileBytesMax, files: 1000, fields: 20, fieldSize: 4096 },
  })

  const plain = app as unknown as FastifyInstance
  guard(plain, options)
  const { countMiss } = limitRequests(plain, options.limits)

  app.setErrorHandler((error: unknown, request, reply) => {
    const missed = request.routeOptions.config.access === 'volunteer' && refusalOf(error).status === 404
    return answer((missed && countMiss(request)) || error, request, reply)
  })
  app.setNotFoundHandler((request, reply) =>
    answerRefusal(
      { status: 404, code: 'route.missing', detail: 'There is nothing at this address.' },
      request,
      reply,
    ),
  )
  return app
}

/** Bodies and answers that have a name are pointed to, so that validators, serializers and the docs have each once. */
function pointToNamed(app: App, route: RouteOptions): void {
  const { schema } = route
  if (!schema) return
  const { body, response } = schema
  route.schema = {
    ...schema,
    ...(body ? { body: pointing(body) } : {}),
    ...(response ? { response: pointing(response) } : {}),
  }
  for (const each of pointedTo(route.schema)) if (!app.getSchema(each.$id)) app.addSchema(each)
}

/** One line for each answer: the route's pattern, never the address, which may hold a link or a name. */
function logResponses(app: App): void {
  // These fields are nobody's: there is nothing in them to look for.
  const log = app.log.child({}, { redact: [] })
  app.addHook('onResponse', (request, reply, done) => {
    const fields = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    }
    log.info(fields, 'request answered')
    done()
  })
}

/**
 * Closes each connection as soon as it has its answer, once the server is closing. Node closes those that are idle
 * at that moment, and would keep the others open for another request until they time out.
 */
function hangUpWhenClosing(app: App): void {
  let hangingUp: NodeJS.Timeout
  app.addHook('preClose', async () => {
    hangingUp = setInterval(() => app.server.closeIdleConnections(), 20)
  })
  app.addHook('onClose', async () => clearInterval(hangingUp))
}

function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error)
  const fields = { requestId: request.id, method: request.method, route: request.routeOptions.url ?? 'none' }
  if (refusal.status >= 500) request.server.log.error({ ...fields, err: error }, 'request failed')
  return answerRefusal(refusal, request, reply)
}

/** A page for a browser that asked for one, a problem for everybody else. */
function answerRefusal(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.status(refusal.status)
  if (refusal.retryAfter !== undefined) reply.header('retry-after', refusal.retryAfter)
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer realm="muster"')
  const path = request.routeOptions.url ?? request.url
  if (!path.startsWith('/api/') && /text\/html/.test(request.headers.accept ?? ''))
    return sendErrorPage(reply, refusal)
  return reply
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemOf(refusal, request.id))
}
