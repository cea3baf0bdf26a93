import Type from 'typebox'
import { eventRow } from '#modules/events/index.ts'
import { namesShown } from '#modules/organisation/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { largeAnswer } from '#platform/http/large-answer.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { Performance, performAct, previewAct } from '#platform/previews/index.ts'
import type { AppContext } from '#src/context.ts'
import type { Arrivals } from '../merging/merge.ts'
import {
  EligibilityQuery,
  FreeTeams,
  TeamEligibility,
  TransferPage,
  TransferPreview,
  TransferSpec,
  TransferView,
} from './contract.ts'
import { eligibilityOfTeam } from './eligibility.ts'
import { freeTeams } from './free-teams.ts'
import { previewOf } from './present.ts'
import { listTransfers, presentTransfers, readTransfer, transferRow } from './queries.ts'
import { transferPlaces } from './transfer.ts'
import { undoTransfer } from './undo.ts'

const tags = ['动员 · mobilization']
const ofEvent = Type.Object({ eventId: Id })
const params = Type.Object({ transferId: Id })

/** 调整岗位: where a team could go, and moves of teams and people: previewed, done, read and undone. */
export function transferRoutes(app: App, context: AppContext, arrivals: Arrivals): void {
  lookingRoutes(app, context)
  actingRoutes(app, context, arrivals)
  readingRoutes(app, context)
}

function lookingRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/eligibility',
    config: { access: 'mobilization.edit' },
    onSend: largeAnswer,
    schema: {
      operationId: 'readTeamEligibility',
      tags,
      summary: '队伍能去哪里 · where a team could go, and for every other shift the reason why not',
      params: ofEvent,
      querystring: EligibilityQuery,
      response: { 200: ref(TeamEligibility), ...problems },
    },
    handler: async ({ params: { eventId }, query: { teamId, fromShiftId }, actor: by }) =>
      db.snapshot((reader) =>
        eligibilityOfTeam(reader, keys, { eventId, teamId, fromShiftId, by, at: now() }),
      ),
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/free-teams',
    config: { access: 'mobilization.edit' },
    onSend: largeAnswer,
    schema: {
      operationId: 'listFreeTeams',
      tags,
      summary: '尚有未安排人员的队伍 · teams with members or stated heads that have no place yet',
      params: ofEvent,
      response: { 200: ref(FreeTeams), ...problems },
    },
    handler: async ({ params: { eventId }, actor }) =>
      db.snapshot(async (reader) => {
        const event = await eventRow(reader, eventId)
        return { items: await freeTeams(reader, keys, event, reachOf(actor, 'mobilization.edit')) }
      }),
  })
}

function actingRoutes(app: App, { db, keys, now }: AppContext, arrivals: Arrivals): void {
  const act = transferPlaces({ keys, arrivals })
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/transfers/preview',
    config: { access: 'mobilization.edit' },
    schema: {
      operationId: 'previewTransfer',
      tags,
      summary: '预览调整 · who would move, who cannot and why, and whom it concerns; changes nothing',
      params: ofEvent,
      body: TransferSpec,
      response: { 200: ref(TransferPreview), ...problems },
    },
    handler: async ({ params: { eventId }, body, actor: by }) => {
      const spec = { ...body, eventId }
      const found = await previewAct(db, act, { subject: `event:${eventId}`, spec, by, at: now() })
      const people = found.transfer.movers.map(({ personId }) => personId)
      return previewOf(db.read, found, await namesShown(db.read, by, people))
    },
  })
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/transfers',
    config: { access: 'mobilization.edit' },
    schema: {
      operationId: 'transferPlaces',
      tags,
      summary: '调整岗位 · move exactly who was previewed (token); people are told five minutes later',
      params: ofEvent,
      body: ref(Performance),
      response: { 201: ref(TransferView), ...problems },
    },
    handler: async ({ params: { eventId }, body: { token }, actor: by }, reply) => {
      const view = await db.transaction(async (tx) => {
        const asked = { subject: `event:${eventId}`, token, by, at: now() }
        const row = await transferRow(tx, await performAct(tx, act, asked))
        return (await presentTransfers(tx, [row], now()))[0]!
      })
      return created(reply, `/api/transfers/${view.id}`, view)
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/transfers/:transferId',
    config: { access: 'mobilization.edit' },
    schema: {
      operationId: 'undoTransfer',
      tags,
      summary: '撤销调整 · take moves back, while nobody was told',
      params,
      response: { 200: ref(TransferView), ...problems },
    },
    handler: async ({ params: { transferId }, actor: by }) =>
      db.transaction(async (tx) => {
        const row = await undoTransfer(tx, arrivals, { transferId, by, at: now() })
        return (await presentTransfers(tx, [row], now()))[0]!
      }),
  })
}

function readingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/transfers',
    config: { access: 'mobilization.edit' },
    schema: {
      operationId: 'listTransfers',
      tags,
      summary: '调整记录 · moves of an event, the latest first',
      params: ofEvent,
      querystring: PageQuery,
      response: { 200: TransferPage, ...problems },
    },
    handler: async ({ params: { eventId }, query, actor }) => {
      const reach = reachOf(actor, 'mobilization.edit')
      return listTransfers(db.read, eventId, { ...query, reach, at: now() })
    },
  })
  app.route({
    method: 'GET',
    url: '/api/transfers/:transferId',
    config: { access: 'mobilization.edit' },
    schema: {
      operationId: 'readTransfer',
      tags,
      summary: '查看调整 · one act of moving',
      params,
      response: { 200: ref(TransferView), ...problems },
    },
    handler: ({ params: { transferId }, actor }) =>
      readTransfer(db.read, transferId, { reach: reachOf(actor, 'mobilization.edit'), at: now() }),
  })
}
