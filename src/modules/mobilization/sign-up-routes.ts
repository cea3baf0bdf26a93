import Type from 'typebox'
import { eventRow } from '#modules/events/index.ts'
import { namesShown } from '#modules/organisation/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { SignUpCreation, SignUpPage, SignUpQuery, SignUpResult } from './contract.ts'
import { listSignUps } from './offer-queries.ts'
import { presentSignUp } from './present.ts'
import { signUp, withdrawSignUp } from './sign-up.ts'

const tags = ['动员 · mobilization']
const ofEvent = Type.Object({ eventId: Id })

/** 报名: routes for leaders to sign people up and to withdraw sign-ups. */
export function signUpRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/sign-ups',
    config: { access: 'mobilization.read' },
    schema: {
      operationId: 'listSignUps',
      tags,
      summary: '报名名单 · people offered for the event',
      params: ofEvent,
      querystring: SignUpQuery,
      response: { 200: SignUpPage, ...problems },
    },
    handler: async ({ params, query, actor }) => {
      const event = await eventRow(db.read, params.eventId)
      const reach = reachOf(actor, 'mobilization.read')
      const { items, nextCursor } = await listSignUps(db.read, event, reach, query)
      const people = items.map(({ signUp }) => signUp.personId)
      const nameOf = await namesShown(db.read, actor, people)
      return { items: items.map((each) => presentSignUp(each, nameOf)), nextCursor }
    },
  })
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/sign-ups',
    config: { access: 'sign_ups.edit' },
    schema: {
      operationId: 'signUp',
      tags,
      summary: '负责人为队员报名 · a leader offers people of one team',
      params: ofEvent,
      headers: OnceKey,
      body: SignUpCreation,
      response: { 200: ref(SignUpResult), ...problems },
    },
    handler: async (request) => {
      const { body, actor: by } = request
      const { eventId } = request.params
      return createOnce(db, request, (tx) => signUp(tx, keys, { eventId, ...body, by, at: now() }))
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/sign-ups/:signUpId',
    config: { access: 'sign_ups.edit' },
    schema: {
      operationId: 'withdrawSignUp',
      tags,
      summary: '撤回报名 · take an offer back; places are given up',
      params: Type.Object({ signUpId: Id }),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, actor: by }, reply) => {
      await db.transaction((tx) => withdrawSignUp(tx, { ...params, by, at: now() }))
      return reply.code(204).send(null)
    },
  })
}
