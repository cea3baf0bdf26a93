import type { DateTime } from 'luxon'
import Type from 'typebox'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Database } from '#platform/database/port.ts'
import { writeWorkbook } from '#platform/files/index.ts'
import { languageOf } from '#platform/http/language.ts'
import { pageOf } from '#platform/http/page.ts'
import { LanguageQuery, Page, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { readChain } from './chain-state.ts'
import {
  AuditActionList,
  AuditChainView,
  AuditEntryView,
  AuditExportQuery,
  AuditQuery,
  AuditVerdictView,
} from './contract.ts'
import { exportedRows, exportHeadings } from './export.ts'
import { presentEntries } from './present.ts'
import { listEntries } from './queries.ts'
import { record } from './record.ts'
import type { AuditTexts } from './texts.ts'
import { verifyAudit } from './verify.ts'

export interface AuditRoutesContext {
  db: Database
  keys: KeyRing
  now(): DateTime
  config: { timeZone: string; security: { auditHeadCopy: string | undefined } }
}

const config = { access: 'audit.read' } as const
const tags = ['审计 · audit']
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The audit trail, for auditors. There is no route that changes it. */
export function auditRoutes(app: App, context: AuditRoutesContext, texts: AuditTexts): void {
  readingRoutes(app, context, texts)
  chainRoutes(app, context)
}

function readingRoutes(
  app: App,
  { db, now, config: { timeZone } }: AuditRoutesContext,
  texts: AuditTexts,
): void {
  app.route({
    method: 'GET',
    url: '/api/audit',
    config,
    schema: {
      operationId: 'listAuditEntries',
      tags,
      summary: '审计日志 · Who did what to what, when, from where; the newest first',
      querystring: AuditQuery,
      response: { 200: Page(AuditEntryView), ...problems },
    },
    handler: async (request) => {
      const { query } = request
      const limit = query.limit ?? 50
      const page = pageOf(await listEntries(db.read, query, limit), limit, (row) => [row.at, row.id])
      return { ...page, items: await presentEntries(db.read, page.items, texts, languageOf(request)) }
    },
  })

  app.route({
    method: 'GET',
    url: '/api/audit-actions',
    config,
    schema: {
      operationId: 'listAuditActions',
      tags,
      summary: '审计事项 · Every action that an entry may be of, in words',
      response: { 200: ref(AuditActionList), ...problems },
    },
    handler: async () => ({
      items: Object.entries(texts.actions).map(([action, { zh, en }]) => ({ action, zh, en })),
    }),
  })

  app.route({
    method: 'GET',
    url: '/api/exports/audit.xlsx',
    config,
    schema: {
      operationId: 'exportAudit',
      tags,
      summary: '导出审计日志 · The trail as a spreadsheet; the export is an entry of its own',
      querystring: Type.Object({ ...AuditExportQuery.properties, ...LanguageQuery.properties }),
      produces: [xlsx],
      response: { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, query } = request
      const { lang: _, ...filter } = query
      const language = languageOf(request)
      const rows = await exportedRows(db.read, filter, { texts, language, timeZone })
      const fact = { action: 'audit.exported', subject: 'audit:trail', by: actor, at: now() }
      const details = { rows: rows.length, filter }
      await db.transaction((tx) => record(tx, { ...fact, details }))
      const headings = exportHeadings[language]
      const widths = [20, 20, 32, 18, 28, 18, 12, 60]
      const file = await writeWorkbook([
        {
          name: texts.subjects.audit?.[language] ?? 'audit',
          headingRows: 1,
          widths,
          rows: [headings, ...rows],
        },
      ])
      return reply.type(xlsx).header('content-disposition', 'attachment; filename="audit.xlsx"').send(file)
    },
  })
}

function chainRoutes(app: App, { db, keys, now, config: { security } }: AuditRoutesContext): void {
  app.route({
    method: 'GET',
    url: '/api/audit-chain',
    config,
    schema: {
      operationId: 'readAuditChain',
      tags,
      summary: '日志封存情况 · How far the trail is sealed',
      response: { 200: ref(AuditChainView), ...problems },
    },
    handler: () => readChain(db.read, keys),
  })

  app.route({
    method: 'POST',
    url: '/api/audit-chain/verifications',
    config,
    schema: {
      operationId: 'verifyAudit',
      tags,
      summary: '校验日志 · Check every entry of the trail now; that it was checked is an entry of its own',
      response: { 200: ref(AuditVerdictView), ...problems },
    },
    handler: async ({ actor }) => {
      const verdict = await verifyAudit(db, keys, security.auditHeadCopy)
      const { whole } = verdict
      const fact = { action: 'audit.verified', subject: 'audit:trail', by: actor, at: now() }
      await db.transaction((tx) => record(tx, { ...fact, details: { whole } }))
      return verdict.whole
        ? { whole: true, entries: verdict.entries, unsealed: verdict.unsealed, number: null, because: null }
        : { whole: false, entries: null, unsealed: null, number: verdict.number, because: verdict.because }
    },
  })
}
