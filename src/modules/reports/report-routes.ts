import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { readInstant } from '#modules/events/index.ts'
import { record } from '#platform/audit/index.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { attachment } from '#platform/http/attachment.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { whoeverLeft } from '#platform/http/whoever-left.ts'
import type { AppContext } from '#src/context.ts'
import { bulletin } from './bulletin.ts'
import { BulletinQuery, BulletinView, EventReport, ReportQuery, WorkbookQuery } from './contract.ts'
import { reportApart } from './report-apart.ts'
import { reportWorkbook, workbookName } from './workbook.ts'

/** Sends a report as an .xlsx file with a readable file name. */
export async function sendWorkbook(
  reply: FastifyReply,
  report: EventReport,
  language: Language,
): Promise<FastifyReply> {
  const file = await reportWorkbook(report, language)
  const disposition = attachment(workbookName(report, language), 'report.xlsx')
  return reply.type(xlsx).header('content-disposition', disposition).send(file)
}

const tags = ['报表 · reports']
const params = Type.Object({ eventId: Id })

export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const Spreadsheet = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })

/** The figures of an event, as of now or of an earlier moment, narrowed to the reader's reach. */
export function reportRoutes(app: App, context: AppContext): void {
  const { db, now } = context
  const reportFor = (
    { actor, eventId, cutOff }: { actor: Actor; eventId: string; cutOff: string | undefined },
    reply: FastifyReply,
  ): Promise<EventReport> => {
    const nowMs = now().toMillis()
    const cutOffMs = cutOff ? readInstant(cutOff).toMillis() : nowMs
    const reach = reachOf(actor, 'reports.read')
    return reportApart(context, { eventId, cutOffMs, nowMs, reach }, whoeverLeft(reply))
  }

  app.route({
    method: 'GET',
    url: '/api/events/:eventId/report',
    config: { access: 'reports.read' },
    schema: {
      operationId: 'readReport',
      tags,
      summary: '活动统计 · the figures of an event, in total and by district, kind of zone, unit and parent',
      params,
      querystring: ReportQuery,
      response: { 200: ref(EventReport), ...problems },
    },
    handler: async ({ params, query, actor }, reply) =>
      reportFor({ actor, eventId: params.eventId, cutOff: query.cutOffAt }, reply),
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/report.xlsx',
    config: { access: 'reports.read' },
    schema: {
      operationId: 'exportReport',
      tags,
      summary: '导出统计表 · the same figures as a workbook',
      params,
      querystring: WorkbookQuery,
      produces: [xlsx],
      response: { 200: Spreadsheet, ...problems },
    },
    handler: async (request, reply) => {
      const { params, query, actor } = request
      const report = await reportFor({ actor, eventId: params.eventId, cutOff: query.cutOffAt }, reply)
      const subject = `event:${params.eventId}`
      const fact = { action: 'report.exported', subject, by: actor, at: now(), details: { filter: query } }
      await db.transaction((tx) => record(tx, fact))
      return sendWorkbook(reply, report, query.language ?? languageOf(request))
    },
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/bulletin',
    config: { access: 'reports.read' },
    schema: {
      operationId: 'readBulletin',
      tags,
      summary: '快报 · the day in a few sentences, ready to paste',
      params,
      querystring: BulletinQuery,
      response: { 200: ref(BulletinView), ...problems },
    },
    handler: async ({ params, query, actor }, reply) => {
      const report = await reportFor({ actor, eventId: params.eventId, cutOff: query.cutOffAt }, reply)
      const language = query.language ?? 'zh'
      return { language, cutOffAt: report.cutOffAt, text: bulletin(report, language) }
    },
  })
}
