import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { changeCampaign, createCampaign, fullCampaign, listCampaigns } from './campaigns.ts'
import {
  CampaignChange,
  CampaignCreation,
  CampaignPage,
  CampaignQuery,
  CampaignView,
} from './contract-campaigns.ts'
import { presentCampaign } from './present.ts'

const tags = ['活动 · events']
const params = Type.Object({ campaignId: Id })

/** 专项行动. A campaign has no owner: a grant of `events.edit` over any scope is enough to edit it. */
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
      return { items: items.map(presentCampaign), nextCursor }
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
    handler: async ({ params }) => {
      const view = presentCampaign(await fullCampaign(db.read, params.campaignId))
      return view
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
      headers: OnceKey,
      body: CampaignCreation,
      response: { 201: ref(CampaignView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const view = await createOnce(db, request, async (tx) =>
        presentCampaign(await createCampaign(tx, { input, by, at: now() })),
      )
      return created(reply, `/api/campaigns/${view.id}`, view)
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
      headers: IfMatch,
      body: CampaignChange,
      response: { 200: ref(CampaignView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      const changed = await db.transaction((tx) =>
        changeCampaign(tx, { campaignId: params.campaignId, version, input, by, at: now() }),
      )
      return presentCampaign(changed)
    },
  })
}
