import Type from 'typebox'
import { etagOf, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { changeCampaign, createCampaign, fullCampaign, listCampaigns } from './campaigns.ts'
import { CampaignChange, CampaignCreation, CampaignPage, CampaignQuery, CampaignView } from './contract.ts'
import { campaignView } from './present.ts'

const tags = ['活动 · events']
const params = Type.Object({ campaignId: Id })

/** 专项行动. A campaign belongs to nobody: whoever may edit events anywhere may edit campaigns. */
export function campaignRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  editingRoutes(app, context)
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/campaigns',
    config: { access: 'events.read' },
    schema: {
      operationId: 'listCampaigns',
      tags,
      summary: '专项行动列表 · campaigns, the latest first',
      querystring: CampaignQuery,
      response: { 200: CampaignPage, ...problems },
    },
    handler: async ({ query }) => {
      const { items, nextCursor } = await listCampaigns(db.read, query)
      return { items: items.map(campaignView), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/campaigns/:campaignId',
    config: { access: 'events.read' },
    schema: {
      operationId: 'readCampaign',
      tags,
      summary: '查看专项行动 · one campaign',
      params,
      response: { 200: ref(CampaignView), ...problems },
    },
    handler: async ({ params }, reply) => {
      const view = campaignView(await fullCampaign(db.read, params.campaignId))
      return reply.header('etag', etagOf(view.version)).send(view)
    },
  })
}

function editingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/campaigns',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'createCampaign',
      tags,
      summary: '新建专项行动 · create a campaign',
      body: CampaignCreation,
      response: { 201: ref(CampaignView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const view = await createOnce(db, request, async (tx) =>
        campaignView(await createCampaign(tx, { input, by, at: now() })),
      )
      return reply.code(201).header('etag', etagOf(view.version)).send(view)
    },
  })
  app.route({
    method: 'PATCH',
    url: '/api/campaigns/:campaignId',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'changeCampaign',
      tags,
      summary: '修改专项行动 · change a campaign (If-Match)',
      params,
      body: CampaignChange,
      response: { 200: ref(CampaignView), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      const changed = await db.transaction((tx) =>
        changeCampaign(tx, { campaignId: params.campaignId, version, input, by, at: now() }),
      )
      return reply.header('etag', etagOf(changed.campaign.version)).send(campaignView(changed))
    },
  })
}
