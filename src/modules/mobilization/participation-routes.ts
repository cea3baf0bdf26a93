import Type from 'typebox'
import { type EventRow, eventRow } from '#modules/events/index.ts'
import { namesShown, type Permits } from '#modules/organisation/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { answerInvitation } from './answer-invitation.ts'
import {
  AssignmentView,
  LinkRenewal,
  Note,
  NumberCorrection,
  ParticipationPage,
  ParticipationQuery,
  ParticipationView,
  SpokenAnswer,
} from './contract.ts'
import { excuse } from './excuse.ts'
import { renewLink } from './links/revoke-link.ts'
import {
  type FullParticipation,
  fullAssignment,
  fullParticipation,
  listParticipations,
} from './participation-queries.ts'
import { participationRow } from './participations.ts'
import { presentAssignment, presentParticipation, type Shown } from './present.ts'
import { correctNumber } from './reaching/correct-number.ts'
import { notesOf, writeNote } from './reaching/notes.ts'
import { reachStatesOf } from './reaching/reached.ts'
import { assertOwnTeam, assignmentRow } from './remove-assignment.ts'

const tags = ['动员 · mobilization']
const params = Type.Object({ participationId: Id })

/** 参与: routes to read participations, record answers and notes, correct numbers, and renew links. */
export function participationRoutes(app: App, context: AppContext, permits: Permits): void {
  readingRoutes(app, context)
  answeringRoutes(app, context)
  reachingRoutes(app, context, permits)
}

/** What the actor may see of these participations: names, whether they were reached, notes. */
async function shownTo(
  db: Reader,
  keys: KeyRing,
  { event, actor, items }: { event: EventRow; actor: Actor; items: readonly FullParticipation[] },
): Promise<Shown> {
  const stateOf = await reachStatesOf(db, event, items)
  const rows = items.map(({ participation }) => participation)
  const people = rows.map(({ personId }) => personId)
  const nameOf = await namesShown(db, actor, people)
  return { nameOf, stateOf, noteOf: await notesOf(db, keys, actor, rows) }
}

/** A participation as the actor may see it. */
async function view(
  db: Reader,
  keys: KeyRing,
  { participationId, actor }: { participationId: string; actor: Actor },
): Promise<ParticipationView> {
  const { eventId } = await participationRow(db, participationId)
  const event: EventRow = await eventRow(db, eventId)
  const full = await fullParticipation(db, participationId, {
    event,
    reach: reachOf(actor, 'mobilization.read'),
  })
  return presentParticipation(full, await shownTo(db, keys, { event, actor, items: [full] }))
}

function readingRoutes(app: App, { db, keys }: AppContext): void {
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
      const shown = await shownTo(db.read, keys, { event, actor, items })
      return { items: items.map((each) => presentParticipation(each, shown)), nextCursor }
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
    handler: async ({ params, actor }) => view(db.read, keys, { ...params, actor }),
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
        await answerInvitation(tx, keys, { participationId, ...body, via: 'leader', by, at: now() })
        return view(tx, keys, { participationId, actor: by })
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
        return view(tx, keys, { participationId, actor: by })
      })
      return created(reply, `/api/participations/${participationId}`, renewed)
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
      return presentAssignment(full, await namesShown(db.read, by, [full.assignment.personId]))
    },
  })
}

function reachingRoutes(app: App, context: AppContext, permits: Permits): void {
  const { db, keys, now } = context
  app.route({
    method: 'PUT',
    url: '/api/participations/:participationId/number',
    config: { access: 'answers.record' },
    schema: {
      operationId: 'correctNumber',
      tags,
      summary:
        '更正号码并重新发送 · a leader corrects an adult’s own number; the old link is dead and they are asked again',
      params,
      body: NumberCorrection,
      response: { 200: ref(ParticipationView), ...problems },
    },
    handler: async ({ params: { participationId }, body: { phone }, actor: by }) => {
      await correctNumber(context, permits, { participationId, phone, by })
      return view(db.read, keys, { participationId, actor: by })
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/participations/:participationId/note',
    config: { access: 'answers.record' },
    schema: {
      operationId: 'writeNote',
      tags,
      summary: '备注 · what the leader must remember of somebody for this event; null removes it',
      params,
      body: Note,
      response: { 200: ref(ParticipationView), ...problems },
    },
    handler: async ({ params: { participationId }, body: { note }, actor: by }) =>
      db.transaction(async (tx) => {
        await assertOwnTeam(tx, by, 'answers.record', await participationRow(tx, participationId))
        await writeNote(tx, keys, { participationId, note, by, at: now() })
        return view(tx, keys, { participationId, actor: by })
      }),
  })
}
