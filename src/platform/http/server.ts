import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
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
import type { KeyRing } from '../crypto/index.ts'
import { newId } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { Clock } from '../time.ts'
import { type Authenticate, guard } from './access.ts'
import { knowMethods } from './allowed-methods.ts'
import { guardBodyKinds } from './body-kinds.ts'
import { sendErrorPage } from './error-page.ts'
import { sendEtags } from './etag.ts'
import { languageOf } from './language.ts'
import { type Limits, limitRequests } from './limits.ts'
import { problemOf, type Refusal, type RefusalTexts, refusalOf } from './problem.ts'
import { pointedTo, pointing } from './schemas.ts'
import { securityHeaders } from './security-headers.ts'
import { compileSerializer } from './serialization.ts'
import { assertStrictBody, closeQuery, compileValidator } from './validation.ts'

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
  /** Encrypts stored idempotent answers. */
  keys: KeyRing
  /** The default time zone: an IANA zone. */
  timeZone: string
  publicUrl: URL
  trustProxy: boolean | number | string[]
  limits: Limits
  /** The user of a request; provided by the slice that knows accounts. */
  authenticate: Authenticate
  /** The texts of error codes, for people. */
  refusalTexts: RefusalTexts
  /** Every permission there is. */
  permissions: ReadonlySet<string>
}

declare module 'fastify' {
  interface FastifyInstance {
    clock: Clock
    keys: KeyRing
    timeZone: string
    refusalTexts: RefusalTexts
  }
}

/** Bodies of JSON and forms; files are read by `readUploads`, which has limits of its own. */
const bodyBytesMax = 1024 * 1024
const fileBytesMax = 32 * 1024 * 1024

/** The request id of a proxy if it is well-formed, else a new one. */
function requestIdOf(
  request: { headers: Record<string, string | string[] | undefined> },
  trusted: boolean,
): string {
  const given = request.headers['x-request-id']
  return trusted && typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId()
}

const nothingHere = { status: 404, code: 'route.missing', detail: 'There is nothing at this address.' }
const otherMethod = {
  status: 405,
  code: 'route.method',
  detail: 'This address has other methods: see Allow.',
}

/** An HTTP server without routes: the steps of every request, in order. */
export async function createServer(options: ServerOptions): Promise<App> {
  const { log, clock, keys, timeZone, publicUrl, trustProxy } = options
  const app: App = Fastify({
    loggerInstance: log,
    trustProxy: typeof trustProxy === 'number' ? (_, hop) => hop < trustProxy : trustProxy,
    bodyLimit: bodyBytesMax,
    logController: new LogController({ disableRequestLogging: true }),
    // Log lines contain the request id explicitly; a child logger per request would cost time and never be used.
    childLoggerFactory: (logger) => logger as Logger,
    requestIdHeader: false,
    genReqId: (request) => requestIdOf(request, trustProxy !== false),
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    // On close: finish running requests, do not wait for idle connections.
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    requestTimeout: 120_000,
    frameworkErrors: (error, request, reply) => answer(error, request, reply as FastifyReply),
  }).withTypeProvider<TypeBoxTypeProvider>() as unknown as App

  app.decorate('clock', clock)
  app.decorate('keys', keys)
  app.decorate('timeZone', timeZone)
  app.decorate('refusalTexts', options.refusalTexts)
  app.addHook('onRoute', (route) => {
    closeQuery(route)
    pointToNamed(app, route)
    sendEtags(route)
    assertStrictBody(route, (id) => app.getSchema(id))
    // Set per route: Fastify would rebuild a server-wide compiler for each route, with a copy of all schemas.
    Object.assign(route, { validatorCompiler: compileValidator, serializerCompiler: compileSerializer })
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
  const methodsOf = knowMethods(plain)
  guard(plain, options)
  const { countRefused } = limitRequests(plain, options.limits)
  guardBodyKinds(plain)

  app.setErrorHandler((error: unknown, request, reply) =>
    answer(countRefused(request, refusalOf(error).status) ?? error, request, reply),
  )
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url)
    if (methods.length === 0) return answerRefusal(nothingHere, request, reply)
    reply.header('allow', methods.join(', '))
    return answerRefusal({ ...otherMethod, details: { methods } }, request, reply)
  })
  return app
}

/** Replaces schemas with an `$id` by a `$ref`, so that validators, serializers and the docs contain each once. */
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

/** One log line per answer: with the route's pattern, never the URL, which may contain a personal link or a name. */
function logResponses(app: App): void {
  // These fields contain no personal data, so the redaction is skipped.
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

/** How long connections in use are given to be told, with an answer, that they end. */
const tellMs = 100

/**
 * While the server is closing, closes each connection after its answer. Node closes only the connections that are idle
 * at that moment; the others would stay open for another request until they time out. One that is cut between two requests
 * has lost the next, which is on its way: so those in use are told with an answer before any is cut.
 */
function hangUpWhenClosing(app: App): void {
  let [closing, hangingUp]: [boolean, NodeJS.Timeout | undefined] = [false, undefined]
  app.addHook('onSend', (_, reply, payload, done) => {
    if (closing) reply.header('connection', 'close')
    done(null, payload)
  })
  app.addHook('preClose', async () => {
    closing = true
    if ((await connectionsOf(app)) > 0) await pause(tellMs)
    hangingUp = setInterval(() => app.server.closeIdleConnections(), 20)
  })
  app.addHook('onClose', async () => clearInterval(hangingUp))
}

const connectionsOf = ({ server }: App) =>
  promisify<number>((told: (error: Error | null, count: number) => void) => server.getConnections(told))()

function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error)
  const fields = { requestId: request.id, method: request.method, route: request.routeOptions.url ?? 'none' }
  if (refusal.status >= 500) request.server.log.error({ ...fields, err: error }, 'request failed')
  return answerRefusal(refusal, request, reply)
}

/** Answers an error: an HTML page for a browser that asked for one, else a problem document. */
function answerRefusal(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.status(refusal.status)
  if (refusal.retryAfter !== undefined) reply.header('retry-after', refusal.retryAfter)
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer realm="muster"')
  const path = request.routeOptions.url ?? request.url
  if (!path.startsWith('/api/') && /text\/html/.test(request.headers.accept ?? ''))
    return sendErrorPage(reply, refusal)
  return reply
    .type('application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemOf(refusal, request.id, request.server.refusalTexts, languageOf(request)))
}
