import { STATUS_CODES } from 'node:http'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { declareAll } from './access.ts'
import type { App } from './server.ts'

const description = `
志愿者动员与排班 · Mobilizes and schedules a city's volunteers.

- Bodies are strict: a key that is not named is refused.
- Lists are paged: pass \`nextCursor\` as \`cursor\`.
- What can be edited has an ETag; send it as \`If-Match\`.
- What creates takes an \`Idempotency-Key\`: the same request sent twice is done once.
- Every refusal is an RFC 9457 problem whose \`code\` never changes.
`.trim()

/** Whether the route belongs into the documentation: what is under /api and names its operation. */
function isDocumented(url: string, schema: { operationId?: string } | undefined): boolean {
  return url.startsWith('/api/') && schema?.operationId !== undefined
}

/** Calls an answer that its route does not describe by its status: the plugin says "Default Response". */
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

/** By name, so that the file does not change with the order in which routes are registered. */
function sortSchemas({ components }: { components?: { schemas?: object } }): void {
  if (!components?.schemas) return
  const sorted = Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))
  components.schemas = Object.fromEntries(sorted)
}

/** Describes every route that is registered afterwards. Call before the routes. */
export async function describeApi(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '集结 Muster', version: '1', description },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'muster' },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transformObject: (described) => {
      if (!('openapiObject' in described)) return described.swaggerObject
      nameAnswers(described.openapiObject)
      sortSchemas(described.openapiObject)
      return described.openapiObject
    },
    refResolver: { buildLocalReference: (schema) => String(schema.$id) },
    transform: ({ schema, url, route }) => {
      const access = (route as RouteOptions).config?.access ?? ''
      const described = schema as { operationId?: string; description?: string; hide?: boolean }
      if (!isDocumented(url, described)) return { schema: { ...described, hide: true }, url }
      const who = `访问 · Access: \`${access}\``
      return {
        schema: {
          ...described,
          description: described.description ? `${described.description}\n\n${who}` : who,
          ...(access === 'public' || access === 'volunteer' ? { security: [] } : {}),
        },
        url,
      }
    },
  })
}

/** The OpenAPI file and a page to read it. Call after the routes. */
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
      theme: {
        title: '集结 Muster · API',
        css: [{ filename: 'muster.css', content: '.swagger-ui .topbar{display:none}' }],
      },
    })
    // Swagger UI draws with inline styles and data: pictures; nothing else is opened for it.
    scope.addHook('onSend', async (_, reply) => {
      reply.header(
        'content-security-policy',
        "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;font-src 'self' data:;connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      )
    })
  })
}
