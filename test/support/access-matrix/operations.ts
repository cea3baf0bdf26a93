/** The operations of the service as its own description names them, and how one is asked for. */
import { unzipSync } from 'fflate'
import { declaredRoutes } from '#platform/http/access.ts'
import type { App } from '#platform/http/server.ts'
import type { TestApp } from '#test/support/app.ts'
import type { Ask } from './declare.ts'

export interface Operation {
  id: string
  method: string
  /** With `{names}` of its parameters. */
  path: string
  /** What it answers when it does what is asked. */
  success: number
  /** What its route declares. */
  access: string | undefined
}

interface Described {
  operationId?: string
  responses?: Record<string, unknown>
}

/** Every operation of the API, by name. */
export function operationsOf(app: App): Map<string, Operation> {
  const access = new Map(declaredRoutes(app).map((route) => [`${route.method} ${route.url}`, route.access]))
  const { paths } = app.swagger() as { paths: Record<string, Record<string, Described>> }
  const found = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, { operationId, responses }]) => {
      const method = name.toUpperCase()
      const success = Number(firstDone(Object.keys(responses ?? {})))
      const route = `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`
      return { id: operationId ?? route, method, path, success, access: access.get(route) }
    }),
  )
  return new Map(found.map((operation) => [operation.id, operation]))
}

/** Routes that the description does not name: pages, the description itself. */
export function routesWithoutName(app: App, operations: Map<string, Operation>): { access?: string }[] {
  const named = new Set(
    [...operations.values()].map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  return declaredRoutes(app).filter(({ method, url }) => method !== 'HEAD' && !named.has(`${method} ${url}`))
}

export interface Answer {
  status: number
  code: string | undefined
  text: string
}

const boundary = 'matrix-form'

function formOf({ name, text }: { name: string; text: string }): string {
  const disposition = `content-disposition: form-data; name="files"; filename="${name}"`
  return `--${boundary}\r\n${disposition}\r\ncontent-type: text/csv\r\n\r\n${text}\r\n--${boundary}--\r\n`
}

/** Asks once, as somebody or as nobody. */
export async function ask(
  { app }: TestApp,
  { method, path }: Operation,
  { params = {}, query, body, version, form, mail, file }: Ask,
  token: string | undefined,
): Promise<Answer> {
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `no-${name}`)
  const reply = await app.inject({
    method: method as 'GET',
    url,
    ...(query && { query }),
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(version !== undefined && { 'if-match': `"v${version}"` }),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(mail && { 'content-type': 'message/rfc822' }),
      ...(file && { 'content-type': `multipart/form-data; boundary=${boundary}` }),
    },
    ...payloadOf(file ? formOf(file) : (form ?? mail ?? body)),
  })
  const type = String(reply.headers['content-type'] ?? '')
  const code = type.startsWith('application/problem+json')
    ? (reply.json() as { code: string }).code
    : undefined
  return { status: reply.statusCode, code, text: textOf(type, reply.rawPayload) }
}

function payloadOf(payload: unknown): { payload?: string | object } {
  return payload === undefined ? {} : { payload: payload as string | object }
}

/** What an answer says; of a workbook, the text of all its parts. */
function textOf(type: string, payload: Buffer): string {
  if (!type.includes('spreadsheetml')) return payload.toString('utf8')
  return Object.values(unzipSync(payload))
    .map((part) => Buffer.from(part).toString('utf8'))
    .join('\n')
}

/** The answer when it is done at once: what waits for another officer is 202. */
const firstDone = (statuses: string[]) => {
  const good = statuses.filter((status) => status.startsWith('2'))
  return good.find((status) => status !== '202') ?? good[0]
}
