import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { cancelShift } from './cancel-shift.ts'
import { changeShift } from './change-shift.ts'
import { Cancellation, ShiftChange, ShiftCreation, ShiftPage, ShiftQuery, ShiftView } from './contract.ts'
import { createShift } from './create-shift.ts'
import { eventRow } from './event-queries.ts'
import type { ShiftPeople } from './people.ts'
import { presentOneShift, presentShifts } from './present.ts'
import { fullShift, listShifts } from './shift-queries.ts'

const tags = ['岗位班次 · shifts']
const params = Type.Object({ shiftId: Id })
const ofEvent = Type.Object({ eventId: Id })

/** 岗位班次: routes to read, create, change and cancel shifts. */
export function shiftRoutes(app: App, context: AppContext, people: ShiftPeople): void {
  readingRoutes(app, context)
  editingRoutes(app, context, people)
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/shifts',
    config: { access: 'events.read' },
    schema: {
      operationId: 'listShifts',
      tags,
      summary: '活动的班次 · shifts of an event in order of time',
      params: ofEvent,
      querystring: ShiftQuery,
      response: { 200: ShiftPage, ...problems },
    },
    handler: async ({ params, query, actor }) => {
      await eventRow(db.read, params.eventId)
      const { items, nextCursor } = await listShifts(db.read, params.eventId, query)
      return { items: await presentShifts(db.read, actor, items), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/shifts/:shiftId',
    config: { access: 'events.read' },
    schema: {
      operationId: 'readShift',
      tags,
      summary: '查看班次 · one shift',
      params,
      response: { 200: ref(ShiftView), ...problems },
    },
    handler: async ({ params, actor }) => {
      const view = await presentOneShift(db.read, actor, await fullShift(db.read, params.shiftId))
      return view
    },
  })
}

function editingRoutes(app: App, { db, keys, now }: AppContext, people: ShiftPeople): void {
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/shifts',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'createShift',
      tags,
      summary: '新建班次 · add one shift',
      params: ofEvent,
      headers: OnceKey,
      body: ShiftCreation,
      response: { 201: ref(ShiftView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const { eventId } = request.params
      const view = await createOnce(db, request, async (tx) =>
        presentOneShift(tx, by, await createShift(tx, keys, { eventId, input, by, at: now() })),
      )
      return created(reply, `/api/shifts/${view.id}`, view)
    },
  })
  app.route({
    method: 'PATCH',
    url: '/api/shifts/:shiftId',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'changeShift',
      tags,
      summary: '修改班次，人员保留 · change a shift; its people stay (If-Match)',
      params,
      headers: IfMatch,
      body: ShiftChange,
      response: { 200: ref(ShiftView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      const changed = await db.transaction((tx) =>
        changeShift(tx, keys, people, { shiftId: params.shiftId, version, input, by, at: now() }),
      )
      const view = await presentOneShift(db.read, by, changed)
      return view
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/shifts/:shiftId/cancellation',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'cancelShift',
      tags,
      summary: '取消班次 · call one shift off',
      params,
      body: Cancellation,
      response: { 200: ref(ShiftView), ...problems },
    },
    handler: async ({ params, body, actor: by }) => {
      const { shiftId } = params
      const shift = await db.transaction((tx) =>
        cancelShift(tx, { shiftId, reason: body.reason, by, at: now() }),
      )
      const view = await presentOneShift(db.read, by, shift)
      return view
    },
  })
}
