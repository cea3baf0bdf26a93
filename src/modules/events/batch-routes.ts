import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { fullBatch, listBatches, previewBatch } from './batch-queries.ts'
import { totalsOf } from './batch-rules.ts'
import { BatchCreation, BatchPage, BatchPreview, BatchSpec, BatchView } from './contract.ts'
import { eventRow } from './event-queries.ts'
import { makeBatch } from './make-batch.ts'
import type { ShiftPeople } from './people.ts'
import { presentBatch } from './present.ts'
import { undoBatch } from './undo-batch.ts'

const tags = ['岗位班次 · shifts']
const params = Type.Object({ batchId: Id })
const ofEvent = Type.Object({ eventId: Id })
/** Maximum number of conflicts and of planned shifts that a preview lists. */
const conflictsMax = 500
const sampleMax = 20

/** 批量班次: routes to preview, create and undo batches (zones × times). */
export function batchRoutes(app: App, context: AppContext, people: ShiftPeople): void {
  lookingRoutes(app, context)
  makingRoutes(app, context, people)
}

function lookingRoutes(app: App, { db, keys }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/shift-batches/preview',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'previewShiftBatch',
      tags,
      summary: '预览批量班次 · what a bulk creation would make; changes nothing',
      params: ofEvent,
      body: BatchSpec,
      response: { 200: ref(BatchPreview), ...problems },
    },
    handler: async ({ params, body, actor }) => {
      const event = await eventRow(db.read, params.eventId)
      const { planned, conflicts } = await previewBatch(db.read, keys, event, { spec: body, by: actor })
      const iso = <P extends { startsAt: Parameters<typeof isoOf>[0]; endsAt: Parameters<typeof isoOf>[0] }>(
        at: P,
      ) => ({ ...at, startsAt: isoOf(at.startsAt), endsAt: isoOf(at.endsAt) })
      return {
        totals: totalsOf(planned.length, body.template),
        zones: new Set(planned.map(({ zone }) => zone.id)).size,
        conflictsTotal: conflicts.length,
        conflicts: conflicts.slice(0, conflictsMax).map(iso),
        sample: planned.slice(0, sampleMax).map(iso),
      }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/shift-batches',
    config: { access: 'events.read' },
    schema: {
      operationId: 'listShiftBatches',
      tags,
      summary: '批量班次记录 · bulk creations, the latest first',
      params: ofEvent,
      querystring: PageQuery,
      response: { 200: BatchPage, ...problems },
    },
    handler: async ({ params, query }) => {
      await eventRow(db.read, params.eventId)
      const { items, nextCursor } = await listBatches(db.read, params.eventId, query)
      return { items: items.map(presentBatch), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/shift-batches/:batchId',
    config: { access: 'events.read' },
    schema: {
      operationId: 'readShiftBatch',
      tags,
      summary: '查看批量班次 · one bulk creation',
      params,
      response: { 200: ref(BatchView), ...problems },
    },
    handler: async ({ params }) => presentBatch(await fullBatch(db.read, params.batchId)),
  })
}

function makingRoutes(app: App, { db, keys, now }: AppContext, people: ShiftPeople): void {
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/shift-batches',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'makeShiftBatch',
      tags,
      summary: '批量新建班次 · make every zone × every time a shift',
      params: ofEvent,
      headers: OnceKey,
      body: BatchCreation,
      response: { 201: ref(BatchView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const { eventId } = request.params
      const view = await createOnce(db, request, async (tx) =>
        presentBatch(await makeBatch(tx, keys, { eventId, input, by, at: now() })),
      )
      return created(reply, `/api/shift-batches/${view.id}`, view)
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/shift-batches/:batchId',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'undoShiftBatch',
      tags,
      summary: '撤销批量班次 · take a bulk creation back',
      params,
      response: { 200: ref(BatchView), ...problems },
    },
    handler: async ({ params, actor: by }) => {
      const { batchId } = params
      return presentBatch(await db.transaction((tx) => undoBatch(tx, people, { batchId, by, at: now() })))
    },
  })
}
