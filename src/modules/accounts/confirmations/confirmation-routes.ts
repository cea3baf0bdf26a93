import Type from 'typebox'
import { pageOf } from '#platform/http/page.ts'
import { Id, Page, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { listConfirmations, presentConfirmation, readConfirmation } from './confirmation-queries.ts'
import { OfficerConfirmationQuery, OfficerConfirmationView } from './contract.ts'
import { decideConfirmation } from './decide-confirmation.ts'

const tags = ['账号 · accounts']
const params = Type.Object({ confirmationId: Id })
const config = { access: 'officers.confirm' } as const

/** Confirmations: one officer requests a change of an officer's account, another officer approves or refuses it. */
export function confirmationRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  decisionRoutes(app, context)
}

function readingRoutes(app: App, context: AppContext): void {
  const { db, now } = context
  app.route({
    method: 'GET',
    url: '/api/officer-confirmations',
    config,
    schema: {
      operationId: 'listOfficerConfirmations',
      tags,
      summary:
        '待复核的账号变更 · Changes of officers’ accounts that a second officer confirms, the newest first',
      querystring: OfficerConfirmationQuery,
      response: { 200: Page(OfficerConfirmationView), ...problems },
    },
    handler: async ({ query }) => {
      const limit = query.limit ?? 50
      const rows = await listConfirmations(db.read, { ...query, limit, at: now() })
      const page = pageOf(rows, limit, ({ confirmation }) => [confirmation.requestedAt, confirmation.id])
      return { ...page, items: page.items.map((row) => presentConfirmation(context, row)) }
    },
  })

  app.route({
    method: 'GET',
    url: '/api/officer-confirmations/:confirmationId',
    config,
    schema: {
      operationId: 'readOfficerConfirmation',
      tags,
      summary: '一项复核 · One of them',
      params,
      response: { 200: ref(OfficerConfirmationView), ...problems },
    },
    handler: ({ params }) => readConfirmation(context, params.confirmationId),
  })
}

function decisionRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context
  const response = { 200: ref(OfficerConfirmationView), ...problems }
  app.route({
    method: 'PUT',
    url: '/api/officer-confirmations/:confirmationId/approval',
    config,
    schema: {
      operationId: 'approveOfficerConfirmation',
      tags,
      summary: '同意 · Approve what another officer asked for; it is done at once',
      params,
      response,
    },
    handler: async ({ actor, params }) => {
      const decision = { ...params, approved: true, by: actor, at: now() }
      await db.transaction((tx) => decideConfirmation(tx, keys, decision))
      return readConfirmation(context, params.confirmationId)
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/officer-confirmations/:confirmationId/refusal',
    config,
    schema: {
      operationId: 'refuseOfficerConfirmation',
      tags,
      summary: '退回 · Refuse what another officer asked for',
      params,
      response,
    },
    handler: async ({ actor, params }) => {
      const decision = { ...params, approved: false, by: actor, at: now() }
      await db.transaction((tx) => decideConfirmation(tx, keys, decision))
      return readConfirmation(context, params.confirmationId)
    },
  })
}
