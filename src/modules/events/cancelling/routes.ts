import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { Performance, performAct, previewAct } from '#platform/previews/index.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { eventRow } from '../event-queries.ts'
import type { ShiftPeople } from '../people.ts'
import { cancelShifts } from './cancel-shifts.ts'
import {
  ShiftCancellationPage,
  ShiftCancellationPreview,
  ShiftCancellationSpec,
  ShiftCancellationView,
} from './contract.ts'
import { cancellationRow, listCancellations, presentCancellation } from './queries.ts'
import { undoCancellation } from './undo.ts'

const tags = ['岗位班次 · shifts']
const ofEvent = Type.Object({ eventId: Id })
const params = Type.Object({ cancellationId: Id })
const sampleMax = 20

/** 批量取消: routes to preview, do, read and undo the cancellation of many shifts. */
export function cancellationRoutes(app: App, context: AppContext, people: ShiftPeople): void {
  actingRoutes(app, context, people)
  readingRoutes(app, context)
}

function actingRoutes(app: App, { db, now }: AppContext, people: ShiftPeople): void {
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/shift-cancellations/preview',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'previewShiftCancellation',
      tags,
      summary:
        '预览批量取消 · what a cancellation of many shifts would do and whom it concerns; changes nothing',
      params: ofEvent,
      body: ShiftCancellationSpec,
      response: { 200: ref(ShiftCancellationPreview), ...problems },
    },
    handler: async ({ params: { eventId }, body, actor: by }) => {
      const asked = { subject: `event:${eventId}`, spec: { ...body, eventId }, by, at: now() }
      const found = await previewAct(db, cancelShifts(people), asked)
      const shiftIds = found.shifts.map(({ id }) => id)
      const toTell = await people.toTell(db.read, shiftIds)
      const { heads } = await people.on(db.read, shiftIds)
      return {
        token: found.token,
        expiresAt: isoOf(found.expiresAt),
        shifts: shiftIds.length,
        zones: new Set(found.shifts.map(({ zone }) => zone.id)).size,
        over: found.over,
        heads,
        ...(found.published ? toTell : { ...toTell, messages: 0, unreachable: 0 }),
        tellsAfterMin: found.tellsAfterMin,
        sample: found.shifts.slice(0, sampleMax).map(({ id, zone, work, startsAt, endsAt }) => {
          return { id, zone, work, startsAt: isoOf(startsAt), endsAt: isoOf(endsAt) }
        }),
      }
    },
  })
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/shift-cancellations',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'cancelShifts',
      tags,
      summary: '批量取消班次 · call off exactly what was previewed (token)',
      params: ofEvent,
      body: ref(Performance),
      response: { 201: ref(ShiftCancellationView), ...problems },
    },
    handler: async ({ params: { eventId }, body: { token }, actor: by }, reply) => {
      const row = await db.transaction(async (tx) => {
        const asked = { subject: `event:${eventId}`, token, by, at: now() }
        return cancellationRow(tx, await performAct(tx, cancelShifts(people), asked))
      })
      return created(reply, `/api/shift-cancellations/${row.id}`, presentCancellation(row))
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/shift-cancellations/:cancellationId',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'undoShiftCancellation',
      tags,
      summary: '撤销批量取消 · take a cancellation of many shifts back, while nobody was told',
      params,
      response: { 200: ref(ShiftCancellationView), ...problems },
    },
    handler: async ({ params: { cancellationId }, actor: by }) =>
      presentCancellation(
        await db.transaction((tx) => undoCancellation(tx, { cancellationId, by, at: now() })),
      ),
  })
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/shift-cancellations',
    config: { access: 'events.read' },
    schema: {
      operationId: 'listShiftCancellations',
      tags,
      summary: '批量取消记录 · cancellations of many shifts, the latest first',
      params: ofEvent,
      querystring: PageQuery,
      response: { 200: ShiftCancellationPage, ...problems },
    },
    handler: async ({ params, query }) => {
      await eventRow(db.read, params.eventId)
      const { items, nextCursor } = await listCancellations(db.read, params.eventId, query)
      return { items: items.map(presentCancellation), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/shift-cancellations/:cancellationId',
    config: { access: 'events.read' },
    schema: {
      operationId: 'readShiftCancellation',
      tags,
      summary: '查看批量取消 · one cancellation of many shifts',
      params,
      response: { 200: ref(ShiftCancellationView), ...problems },
    },
    handler: async ({ params: { cancellationId } }) =>
      presentCancellation(await cancellationRow(db.read, cancellationId)),
  })
}
