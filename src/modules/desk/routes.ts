import { Counter } from 'prom-client'
import Type from 'typebox'
import type { AuditTexts } from '#platform/audit/texts.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { counter } from '#platform/http/limits.ts'
import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { agendaRoutes } from './agenda-routes.ts'
import { ClientErrorBody, PreferencesBody, PreferencesView } from './contract.ts'
import { historyRoutes } from './history-routes.ts'
import { readPreferences, savePreferences } from './preferences.ts'
import { stepRoutes } from './step-routes.ts'

const tags = ['工作台 · desk']
const preferencesBytesMax = 16 * 1024
/** A page that fails again and again is reported ten times a minute; more would say nothing new. */
const clientErrorsPerMinute = 10

/** The signed-in user's own preferences, error reports from browsers, and the steps of an event. */
/** @param texts how the audit trail is told to people */
export function deskRoutes(app: App, context: AppContext, texts: AuditTexts): void {
  preferencesRoutes(app, context)
  clientErrorRoutes(app, context)
  stepRoutes(app, context)
  agendaRoutes(app, context)
  historyRoutes(app, context, texts)
}

function preferencesRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/me/preferences',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'readPreferences',
      tags,
      summary: '我的设置 · What one has chosen for the console',
      response: { 200: ref(PreferencesView), ...problems },
    },
    handler: async ({ actor }) => {
      const view = await readPreferences(db.read, actor.userId)
      return view
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/me/preferences',
    bodyLimit: preferencesBytesMax,
    config: { access: 'signed-in' },
    schema: {
      operationId: 'savePreferences',
      tags,
      summary: '保存我的设置 · Replace what one has chosen (If-Match)',
      headers: IfMatch,
      body: ref(PreferencesBody),
      response: { 200: ref(PreferencesView), ...problems },
    },
    handler: async (request) => {
      const { body: chosen, actor } = request
      const version = requireIfMatch(request)
      const view = await db.transaction((tx) =>
        savePreferences(tx, { userId: actor.userId, version, chosen, at: now() }),
      )
      return view
    },
  })
}

function clientErrorRoutes(app: App, { log, metrics }: AppContext): void {
  const failures = new Counter({
    name: 'muster_client_errors_total',
    help: 'Failures in browsers, as they told of them',
    labelNames: ['kind'],
    registers: [metrics],
  })
  const countOne = counter(clientErrorsPerMinute, ({ actor }) => actor.sessionId)
  app.route({
    method: 'POST',
    url: '/api/client-errors',
    bodyLimit: 4 * 1024,
    config: { access: 'signed-in' },
    schema: {
      operationId: 'tellClientError',
      tags,
      summary: '浏览器错误 · Tell that the console failed in a browser; nothing personal',
      body: ref(ClientErrorBody),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const tooMany = countOne(request)
      if (tooMany) throw tooMany
      failures.inc({ kind: request.body.kind })
      log.warn({ requestId: request.id, ...request.body }, 'console failed in a browser')
      return reply.status(204).send(null)
    },
  })
}
