import Type from 'typebox'
import { eventRow, outOfReach, reachesUnit, readInstant } from '#modules/events/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { languageOf } from '#platform/http/language.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { whoeverLeft } from '#platform/http/whoever-left.ts'
import type { AppContext } from '#src/context.ts'
import { LanguageQuery, PageQuery, SnapshotCreation, SnapshotDetail, SnapshotPage } from './contract.ts'
import { presentSnapshot, presentSnapshotDetail } from './present.ts'
import { reportApart } from './report-apart.ts'
import { Spreadsheet, sendWorkbook, xlsx } from './report-routes.ts'
import { listSnapshots, readSnapshot, takeSnapshot } from './take-snapshot.ts'

const tags = ['报表 · reports']
const params = Type.Object({ eventId: Id })
const snapshotParams = Type.Object({ snapshotId: Id })
const everything = { everything: true } as const

/**
 * Asserts that the actor is responsible for the organiser: a snapshot has the figures of the whole event.
 * @throws DomainError `event.missing`, `access.out_of_reach`
 */
async function assertWhole(reader: Reader, actor: Actor, permission: string, eventId: string): Promise<void> {
  const event = await eventRow(reader, eventId)
  if (!(await reachesUnit(reader, reachOf(actor, permission), event.organiserUnitId))) throw outOfReach()
}

/** 统计快照: published figures, with cut-off and definitions. */
export function snapshotRoutes(app: App, context: AppContext): void {
  takingRoutes(app, context)
  readingRoutes(app, context)
}

function takingRoutes(app: App, context: AppContext): void {
  const { db, now } = context
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/report-snapshots',
    config: { access: 'reports.snapshot' },
    schema: {
      operationId: 'takeReportSnapshot',
      tags,
      summary: '生成快照 · freezes the figures at a cut-off time',
      params,
      headers: OnceKey,
      body: SnapshotCreation,
      response: { 201: ref(SnapshotDetail), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body, actor } = request
      const { eventId } = params
      await assertWhole(db.read, actor, 'reports.snapshot', eventId)
      const at = now()
      const cutOffAt = body.cutOffAt ? readInstant(body.cutOffAt) : at
      // Computed before the write transaction, because counting takes longer than writers should wait.
      const asked = { eventId, cutOffMs: cutOffAt.toMillis(), nowMs: at.toMillis(), reach: everything }
      const report = await reportApart(context, asked, whoeverLeft(reply))
      const view = await createOnce(db, request, async (tx) =>
        presentSnapshotDetail(await takeSnapshot(tx, { report, title: body.title ?? null, by: actor, at })),
      )
      return created(reply, `/api/report-snapshots/${view.id}`, view)
    },
  })
}

function readingRoutes(app: App, { db, now }: AppContext): void {
  const allowed = async (actor: Actor, snapshotId: string) => {
    const snapshot = await readSnapshot(db.read, snapshotId)
    await assertWhole(db.read, actor, 'reports.read', snapshot.eventId)
    return snapshot
  }

  app.route({
    method: 'GET',
    url: '/api/events/:eventId/report-snapshots',
    config: { access: 'reports.read' },
    schema: {
      operationId: 'listReportSnapshots',
      tags,
      summary: '快照列表 · snapshots of an event, the latest first',
      params,
      querystring: PageQuery,
      response: { 200: SnapshotPage, ...problems },
    },
    handler: async ({ params: { eventId }, query, actor }) => {
      await assertWhole(db.read, actor, 'reports.read', eventId)
      const { items, nextCursor } = await listSnapshots(db.read, { eventId, ...query })
      return { items: items.map(presentSnapshot), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/report-snapshots/:snapshotId',
    config: { access: 'reports.read' },
    schema: {
      operationId: 'readReportSnapshot',
      tags,
      summary: '查看快照 · one snapshot with its definitions and bulletin',
      params: snapshotParams,
      response: { 200: ref(SnapshotDetail), ...problems },
    },
    handler: async ({ params, actor }) => presentSnapshotDetail(await allowed(actor, params.snapshotId)),
  })
  app.route({
    method: 'GET',
    url: '/api/report-snapshots/:snapshotId/report.xlsx',
    config: { access: 'reports.read' },
    schema: {
      operationId: 'exportReportSnapshot',
      tags,
      summary: '导出快照 · a snapshot as a workbook',
      params: snapshotParams,
      querystring: LanguageQuery,
      produces: [xlsx],
      response: { 200: Spreadsheet, ...problems },
    },
    handler: async (request, reply) => {
      const { params, query, actor } = request
      const { report } = presentSnapshotDetail(await allowed(actor, params.snapshotId))
      const subject = `report_snapshot:${params.snapshotId}`
      await db.transaction((tx) =>
        record(tx, { action: 'report.exported', subject, by: actor, at: now(), details: { filter: query } }),
      )
      return sendWorkbook(reply, report, query.language ?? languageOf(request))
    },
  })
}
