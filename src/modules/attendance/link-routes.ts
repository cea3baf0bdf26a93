import Type from 'typebox'
import { answerByLink, notMe, participationOfLink } from '#modules/mobilization/index.ts'
import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { checkInByLink } from './check-in.ts'
import { checkOutByLink, undoCheckOut } from './check-out.ts'
import {
  AttendanceView,
  LinkAssignmentParams,
  LinkParams,
  LinkView,
  OperationId,
  OwnAnswer,
  OwnCheckIn,
  OwnCheckOut,
} from './contract.ts'
import { openLink } from './open-link.ts'
import { presentAttendance, presentLink } from './present.ts'

const tags = ['个人链接 · personal links']

/** The REST routes of a personal link; they do the same as the page at `/c/:token`. */
export function linkRoutes(app: App, context: AppContext): void {
  ownRoutes(app, context)
  ownAttendanceRoutes(app, context)
}

function ownRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context
  const view = async (token: string) => {
    const { link, around } = await openLink(context, token)
    return presentLink(link, around)
  }
  app.route({
    method: 'GET',
    url: '/api/c/:token',
    config: { access: 'link' },
    schema: {
      operationId: 'readPersonalLink',
      tags,
      summary: '查看个人链接 · what a personal link stands for; reading changes nothing',
      params: LinkParams,
      response: { 200: ref(LinkView), ...problems },
    },
    handler: async ({ params }) => view(params.token),
  })
  app.route({
    method: 'PUT',
    url: '/api/c/:token/answer',
    config: { access: 'link' },
    schema: {
      operationId: 'answerByPersonalLink',
      tags,
      summary: '能参加或不能参加 · accept or decline one shift, or all of them',
      params: LinkParams,
      body: OwnAnswer,
      response: { 200: ref(LinkView), ...problems },
    },
    handler: async ({ params, body }) => {
      await db.transaction(async (tx) => {
        const participationId = await participationOfLink(tx, keys, params.token)
        await answerByLink(tx, keys, { participationId, ...body, at: now() })
      })
      return view(params.token)
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/c/:token',
    config: { access: 'link' },
    schema: {
      operationId: 'revokePersonalLink',
      tags,
      summary: '不是本人 · the link reached somebody else: it stops working at once',
      params: LinkParams,
      response: { 204: { type: 'null' }, ...problems },
    },
    handler: async ({ params }, reply) => {
      await db.transaction(async (tx) => {
        const participationId = await participationOfLink(tx, keys, params.token)
        await notMe(tx, { participationId, at: now() })
      })
      return reply.status(204).send(null)
    },
  })
}

function ownAttendanceRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/c/:token/assignments/:assignmentId/check-in',
    config: { access: 'link' },
    schema: {
      operationId: 'checkInByPersonalLink',
      tags,
      summary: '签到 · arrived; a position is optional evidence',
      params: LinkAssignmentParams,
      body: OwnCheckIn,
      response: { 200: ref(AttendanceView), ...problems },
    },
    handler: async ({ params, body }) =>
      presentAttendance(
        await db.transaction((tx) => checkInByLink(tx, keys, { ...params, ...body, at: now() }), {
          isolation: 'statement',
        }),
      ),
  })
  app.route({
    method: 'PUT',
    url: '/api/c/:token/assignments/:assignmentId/check-out',
    config: { access: 'link' },
    schema: {
      operationId: 'checkOutByPersonalLink',
      tags,
      summary: '签退 · left',
      params: LinkAssignmentParams,
      body: OwnCheckOut,
      response: { 200: ref(AttendanceView), ...problems },
    },
    handler: async ({ params, body }) =>
      presentAttendance(
        await db.transaction((tx) => checkOutByLink(tx, keys, { ...params, ...body, at: now() }), {
          isolation: 'statement',
        }),
      ),
  })
  app.route({
    method: 'DELETE',
    url: '/api/c/:token/assignments/:assignmentId/check-out',
    config: { access: 'link' },
    schema: {
      operationId: 'undoCheckOutByPersonalLink',
      tags,
      summary: '撤销签退 · not gone yet; within ten minutes',
      params: LinkAssignmentParams,
      querystring: Type.Object({ operationId: OperationId }),
      response: { 200: ref(AttendanceView), ...problems },
    },
    handler: async ({ params, query }) =>
      presentAttendance(
        await db.transaction((tx) => undoCheckOut(tx, keys, { ...params, ...query, at: now() }), {
          isolation: 'statement',
        }),
      ),
  })
}
