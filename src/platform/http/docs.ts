import { STATUS_CODES } from 'node:http'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { declareAll } from './access.ts'
import { docsScript, docsStyle } from './docs-page.ts'
import { isVersioned } from './etag.ts'
import { type FieldExamples, giveExamples } from './examples.ts'
import type { App } from './server.ts'

/** What the service says about its API as a whole. */
interface Guide {
  description: string
  /** Every tag of an operation, in the order in which they are listed. */
  tags: readonly { name: string; description: string }[]
}

interface Documented {
  operationId?: string
  description?: string
  consumes?: string[]
  hide?: boolean
}

/** Whether the route is documented: it is under /api and has an operationId. */
function isDocumented(url: string, schema: { operationId?: string } | undefined): boolean {
  return url.startsWith('/api/') && schema?.operationId !== undefined
}

/** Describes a response without a description by its status text, where the plugin would say "Default Response". */
function nameAnswers({ paths = {} }: { paths?: object }): void {
  type Operation = { responses?: Record<string, { description?: string }> }
  const operations = Object.values(paths).flatMap((methods) =>
    Object.values(methods as Record<string, Operation>),
  )
  for (const { responses = {} } of operations) {
    for (const [status, answer] of Object.entries(responses)) {
      if (answer.description === 'Default Response') answer.description = STATUS_CODES[status] ?? status
    }
  }
}

/** Documents the `Location` header of every 201 (see `created`). */
function declareLocations({ paths = {} }: { paths?: object }): void {
  type Operation = { responses?: Record<string, { headers?: object }> }
  for (const methods of Object.values(paths)) {
    for (const { responses } of Object.values(methods as Record<string, Operation>)) {
      if (!responses?.['201']) continue
      const description = '新建对象的地址 · where to read what was made'
      responses['201'].headers = { Location: { description, required: true, schema: { type: 'string' } } }
    }
  }
}

/** `if-match` → `If-Match`: routes declare headers as Node names them, people know them by the names of the RFCs. */
function nameHeaders({ paths = {} }: { paths?: object }): void {
  type Operation = { parameters?: { name: string; in: string }[] }
  for (const methods of Object.values(paths)) {
    for (const { parameters = [] } of Object.values(methods as Record<string, Operation>)) {
      for (const each of parameters) {
        if (each.in === 'header')
          each.name = each.name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase())
      }
    }
  }
}

/** Documents the `ETag` header of every answer that has a version (see `sendEtags`). */
function declareEtags({ paths = {} }: { paths?: object }): void {
  type Answer = { headers?: object; content?: Record<string, { schema?: object }> }
  for (const methods of Object.values(paths)) {
    for (const { responses = {} } of Object.values(methods as Record<string, { responses?: object }>)) {
      for (const answer of Object.values(responses as Record<string, Answer>)) {
        if (!isVersioned(answer.content?.['application/json']?.schema)) continue
        const description = '版本标识 · send it as `If-Match` to change what was read'
        answer.headers = { ...answer.headers, ETag: { description, schema: { type: 'string' } } }
      }
    }
  }
}

/** The body of a route that reads its form by itself: nothing is validated by a schema, so it is only described. */
const undeclaredBodies: Readonly<Record<string, object>> = {
  'multipart/form-data': {
    type: 'object',
    required: ['files'],
    // A file has no type in OpenAPI 3.1: with one, generated clients would ask for text.
    properties: { files: { type: 'array', items: { contentMediaType: 'application/octet-stream' } } },
  },
  'message/rfc822': { contentMediaType: 'message/rfc822', description: 'The mail as it came.' },
  'application/x-www-form-urlencoded': { type: 'object', additionalProperties: { type: 'string' } },
}

/** Sorted by name, so that the file does not depend on the order of registration. */
function sortSchemas({ components }: { components?: { schemas?: object } }): void {
  if (!components?.schemas) return
  const sorted = Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))
  components.schemas = Object.fromEntries(sorted)
}

interface Described {
  /** The error codes of each operation, without those that every route may answer. */
  codes: Readonly<Record<string, readonly string[]>>
  guide: Guide
  examples: FieldExamples
  /** The name of the session cookie. */
  cookie: string
}

/**
 * Documents every route registered after it. Call before the routes.
 */
export async function describeApi(app: App, { codes, guide, examples, cookie }: Described): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '集结 Muster',
        version: '1',
        description: guide.description,
        contact: { name: '本平台的系统管理员 · the system administrator of this service' },
        license: { name: '未授权公开使用 · unlicensed', identifier: 'LicenseRef-UNLICENSED' },
      },
      servers: [{ url: '/', description: '本服务 · this service' }],
      tags: [...guide.tags],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: cookie,
            description: '服务在https下时名为 · behind https its name is `__Host-muster`',
          },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transformObject: (described) => {
      if (!('openapiObject' in described)) return described.swaggerObject
      nameAnswers(described.openapiObject)
      declareLocations(described.openapiObject)
      nameHeaders(described.openapiObject)
      declareEtags(described.openapiObject)
      sortSchemas(described.openapiObject)
      giveExamples(described.openapiObject as Parameters<typeof giveExamples>[0], examples)
      return described.openapiObject
    },
    refResolver: { buildLocalReference: (schema) => String(schema.$id) },
    transform: ({ schema, url, route }) => {
      const access = (route as RouteOptions).config?.access ?? ''
      const described = schema as Documented
      if (!isDocumented(url, described)) return { schema: { ...described, hide: true }, url }
      const [kind] = described.consumes ?? []
      const body = kind && !('body' in described) ? { body: undeclaredBodies[kind] } : {}
      const who = `访问 · Access: \`${access}\``
      const refusals = codes[described.operationId as string] ?? []
      const why =
        refusals.length > 0 ? [`拒绝 · Refusals: ${refusals.map((code) => `\`${code}\``).join(', ')}`] : []
      return {
        schema: {
          ...described,
          ...body,
          description: [...(described.description ? [described.description] : []), who, ...why].join('\n\n'),
          'x-problem-codes': refusals,
          ...(['public', 'link', 'screen'].includes(access) ? { security: [] } : {}),
        },
        url,
      }
    },
  })
}

/**
 * The description as the page needs it. A file has the type of OpenAPI 3.0: as the description has it, the page shows a field
 * for text. An Idempotency-Key has no example: the page would send it with everything that is made, and the second thing
 * would be refused as another request under a key that was used.
 */
function forPage(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(forPage)
  if (typeof part !== 'object' || part === null) return part
  if ('contentMediaType' in part) return { type: 'string', format: 'binary' }
  if ('name' in part && part.name === 'Idempotency-Key') return { ...part, schema: { type: 'string' } }
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, forPage(each)]))
}

/** The routes of the OpenAPI file and of its documentation page. Call after the routes. */
export async function serveDocs(app: App): Promise<void> {
  app.route({
    method: 'GET',
    url: '/api/openapi.json',
    config: { access: 'public' },
    handler: async (_, reply) => reply.header('cache-control', 'no-cache').send(app.swagger()),
  })
  await app.register(async (scope) => {
    declareAll(scope as unknown as FastifyInstance, 'public')
    await scope.register(swaggerUi, {
      routePrefix: '/api/docs',
      uiConfig: { docExpansion: 'none', deepLinking: true, tryItOutEnabled: false },
      staticCSP: false,
      transformSpecification: (description) => forPage(description) as object,
      theme: {
        title: '集结 Muster · API',
        css: [{ filename: 'muster.css', content: docsStyle }],
        js: [{ filename: 'muster.js', content: docsScript }],
      },
    })
    // Swagger UI needs inline styles and `data:` images; the policy allows nothing else.
    scope.addHook('onSend', async (_, reply) => {
      reply.header(
        'content-security-policy',
        "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;font-src 'self' data:;connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      )
    })
  })
}
