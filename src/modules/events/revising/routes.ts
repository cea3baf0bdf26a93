import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { Performance, performAct, previewAct, undoMinutes } from '#platform/previews/index.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { eventRow } from '../event-queries.ts'
import type { ShiftPeople } from '../people.ts'
import { asksAgain } from '../shift-changes.ts'
import { ShiftRevisionPage, ShiftRevisionPreview, ShiftRevisionSpec, ShiftRevisionView } from './contract.ts'
import { listRevisions, presentRevision, revisionRow } from './queries.ts'
import { reviseShifts } from './revise-shifts.ts'
import { movesPeople, revisableOf } from './revision-rules.ts'
import { undoRevision } from './undo.ts'

const tags = ['岗位班次 · shifts']
const ofEvent = Type.Object({ eventId: Id })
const params = Type.Object({ revisionId: Id })
const sampleMax = 20
const conflictsMax = 100

/** 批量修改: routes to preview, do, read and undo the change of many shifts. */
export function revisionRoutes(app: App, context: AppContext, people: ShiftPeople): void {
  previewRoute(app, context, people)
  actingRoutes(app, context, people)
  readingRoutes(app, context)
}

function previewRoute(app: App, { db, now }: AppContext, people: ShiftPeople): void {
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/shift-revisions/preview',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'previewShiftRevision',
      tags,
      summary: '预览批量修改 · what a change of many shifts would do and whom it concerns; changes nothing',
      params: ofEvent,
      body: ShiftRevisionSpec,
      response: { 200: ref(ShiftRevisionPreview), ...problems },
    },
    handler: async ({ params: { eventId }, body, actor: by }) => {
      const asked = { subject: `event:${eventId}`, spec: { ...body, eventId }, by, at: now() }
      const { token, expiresAt, event, able, refused, unchanged, over } = await previewAct(
        db,
        reviseShifts(people),
        asked,
      )
      const idsOf = (some: typeof able) => some.map(({ shift }) => shift.id)
      const moved = able.filter(({ shift, next }) => movesPeople(revisableOf(shift), next))
      const again = moved.filter(({ shift, next }) => asksAgain(shift, next))
      const { heads } = await people.on(db.read, idsOf(able))
      const held = await people.toTell(db.read, idsOf(able))
      const told = await people.toTell(db.read, event.publishedAt ? idsOf(moved) : [])
      const { accepted } = await people.on(db.read, idsOf(again))
      return {
        token,
        expiresAt: isoOf(expiresAt),
        shifts: able.length,
        unchanged,
        over,
        conflictsTotal: refused.length,
        conflicts: refused.slice(0, conflictsMax).map(({ shift, zone, because, people: concerned }) => {
          const { id, name } = zone
          return {
            ...{ shiftId: shift.id, zone: { id, name }, startsAt: isoOf(shift.startsAt) },
            ...{ because, people: concerned },
          }
        }),
        people: held.people,
        heads,
        askedAgain: accepted,
        messages: told.messages,
        unreachable: told.unreachable,
        tellsAfterMin: undoMinutes,
        sample: able.slice(0, sampleMax).map(({ shift, zone: { id, name }, next }) => ({
          id: shift.id,
          zone: { id, name },
          work: next.work,
          before: { startsAt: isoOf(shift.startsAt), endsAt: isoOf(shift.endsAt) },
          after: { startsAt: isoOf(next.startsAt), endsAt: isoOf(next.endsAt) },
        })),
      }
    },
  })
}

function actingRoutes(app: App, { db, now }: AppContext, people: ShiftPeople): void {
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/shift-revisions',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'reviseShifts',
      tags,
      summary: '批量修改班次，人员保留 · change exactly what was previewed (token); people stay',
      params: ofEvent,
      body: ref(Performance),
      response: { 201: ref(ShiftRevisionView), ...problems },
    },
    handler: async ({ params: { eventId }, body: { token }, actor: by }, reply) => {
      const row = await db.transaction(async (tx) => {
        const asked = { subject: `event:${eventId}`, token, by, at: now() }
        return revisionRow(tx, await performAct(tx, reviseShifts(people), asked))
      })
      return created(reply, `/api/shift-revisions/${row.id}`, presentRevision(row))
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/shift-revisions/:revisionId',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'undoShiftRevision',
      tags,
      summary: '撤销批量修改 · take a change of many shifts back, while nobody was told',
      params,
      response: { 200: ref(ShiftRevisionView), ...problems },
    },
    handler: async ({ params: { revisionId }, actor: by }) =>
      presentRevision(await db.transaction((tx) => undoRevision(tx, people, { revisionId, by, at: now() }))),
  })
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/shift-revisions',
    config: { access: 'events.read' },
    schema: {
      operationId: 'listShiftRevisions',
      tags,
      summary: '批量修改记录 · changes of many shifts, the latest first',
      params: ofEvent,
      querystring: PageQuery,
      response: { 200: ShiftRevisionPage, ...problems },
    },
    handler: async ({ params, query }) => {
      await eventRow(db.read, params.eventId)
      const { items, nextCursor } = await listRevisions(db.read, params.eventId, query)
      return { items: items.map(presentRevision), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/shift-revisions/:revisionId',
    config: { access: 'events.read' },
    schema: {
      operationId: 'readShiftRevision',
      tags,
      summary: '查看批量修改 · one change of many shifts',
      params,
      response: { 200: ref(ShiftRevisionView), ...problems },
    },
    handler: async ({ params: { revisionId } }) => presentRevision(await revisionRow(db.read, revisionId)),
  })
}
