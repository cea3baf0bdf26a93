import Type from 'typebox'
import { type EventRow, eventRow, namesFor } from '#modules/events/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { answerInvitation } from './answer-invitation.ts'
import {
  AssignmentView,
  LinkRenewal,
  ParticipationPage,
  ParticipationQuery,
  ParticipationView,
  SpokenAnswer,
} from './contract.ts'
import { excuse } from './excuse.ts'
import { fullAssignment, fullParticipation, listParticipations } from './participation-queries.ts'
import { participationRow } from './participations.ts'
import { assignmentView, participationView } from './present.ts'
import { assertOwnTeam, assignmentRow } from './remove-assignment.ts'
import { renewLink } from './revoke-link.ts'

const tags = ['动员 · mobilization']
const params = Type.Object({ participationId: Id })

/** 参与: people of an event with their answers and links. */
export function participationRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  answeringRoutes(app, context)
}

/** A participation as the actor may see it. */
async function view(db: Reader, participationId: string, actor: Actor): Promise<ParticipationView> {
  const { eventId } = await participationRow(db, participationId)
  const event: EventRow = await eventRow(db, eventId)
  const reach = reachOf(actor, 'mobilization.read')
  return participationView(await fullParticipation(db, participationId, { event, reach }), namesFor(actor))
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/participations',
    config: { access: 'mobilization.read' },
    schema: {
      operationId: 'listParticipations',
      tags,
      summary: '参与名单 · people of an event with their places and answers',
      params: Type.Object({ eventId: Id }),
      querystring: ParticipationQuery,
      response: { 200: ParticipationPage, ...problems },
    },
    handler: async ({ params, query, actor }) => {
      const event = await eventRow(db.read, params.eventId)
      const reach = reachOf(actor, 'mobilization.read')
      const { items, nextCursor } = await listParticipations(db.read, event, reach, query)
      const nameOf = namesFor(actor)
      return { items: items.map((each) => participationView(each, nameOf)), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/participations/:participationId',
    config: { access: 'mobilization.read' },
    schema: {
      operationId: 'readParticipation',
      tags,
      summary: '查看参与 · one participation',
      params,
      response: { 200: ref(ParticipationView), ...problems },
    },
    handler: async ({ params, actor }) => view(db.read, params.participationId, actor),
  })
}

function answeringRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/participations/:participationId/answer',
    config: { access: 'answers.record' },
    schema: {
      operationId: 'recordAnswer',
      tags,
      summary: '代为回复 · record an answer that was spoken to a leader',
      params,
      body: SpokenAnswer,
      response: { 200: ref(ParticipationView), ...problems },
    },
    handler: async ({ params, body, actor: by }) => {
      const { participationId } = params
      return db.transaction(async (tx) => {
        await assertOwnTeam(tx, by, 'answers.record', await participationRow(tx, participationId))
        await answerInvitation(tx, { participationId, ...body, via: 'leader', by, at: now() })
        return view(tx, participationId, by)
      })
    },
  })
  app.route({
    method: 'POST',
    url: '/api/participations/:participationId/links',
    config: { access: 'answers.record' },
    schema: {
      operationId: 'renewLink',
      tags,
      summary: '更换个人链接 · a new personal link; every earlier one is dead',
      params,
      body: LinkRenewal,
      response: { 201: ref(ParticipationView), ...problems },
    },
    handler: async ({ params, body, actor: by }, reply) => {
      const { participationId } = params
      const renewed = await db.transaction(async (tx) => {
        await assertOwnTeam(tx, by, 'answers.record', await participationRow(tx, participationId))
        await renewLink(tx, keys, { participationId, ...body, by, at: now() })
        return view(tx, participationId, by)
      })
      return reply.code(201).send(renewed)
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/assignments/:assignmentId/excusal',
    config: { access: 'answers.record' },
    schema: {
      operationId: 'excuseAssignment',
      tags,
      summary: '请假 · somebody who had a place cannot come; the place is free at once',
      params: Type.Object({ assignmentId: Id }),
      response: { 200: ref(AssignmentView), ...problems },
    },
    handler: async ({ params, actor: by }) => {
      const { assignmentId } = params
      const full = await db.transaction(async (tx) => {
        await assertOwnTeam(tx, by, 'answers.record', await assignmentRow(tx, assignmentId))
        await excuse(tx, { assignmentId, by, at: now() })
        return fullAssignment(tx, assignmentId)
      })
      return assignmentView(full, namesFor(by))
    },
  })
}
