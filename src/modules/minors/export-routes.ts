import Type from 'typebox'
import {
  type ClearPerson,
  contactKinds,
  guardRevelations,
  relations,
  revealPeople,
} from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { type OutCell, writeWorkbook } from '#platform/files/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { Id, LanguageQuery, problems } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { accessHeadings, accessRows } from './access-list.ts'
import { minorsOf } from './disclosed-list.ts'
import { minorsPolicy } from './policy.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const Spreadsheet = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })

/** The list under an approval, and the yearly list of all accesses. */
export function minorsExportRoutes(app: App, context: AppContext): void {
  disclosedRoute(app, context)
  accessesRoute(app, context)
}

function disclosedRoute(app: App, context: AppContext): void {
  const { db, keys, now, config } = context
  app.route({
    method: 'POST',
    url: '/api/disclosures/:disclosureId/persons.xlsx',
    config: { access: 'persons.reveal' },
    schema: {
      operationId: 'exportDisclosed',
      tags: ['导出 · exports'],
      summary:
        '在批准时限内导出未成年人名单，逐人记入审计 · The minors of an approved request in clear, while it is open; audited for each',
      params: Type.Object({ disclosureId: Id }),
      querystring: LanguageQuery,
      produces: [xlsx],
      response: { 200: Spreadsheet, ...problems },
    },
    handler: async (request, reply) => {
      const { actor: by, params } = request
      const at = now()
      const today = dayIn(at, config.timeZone)
      const personIds = await minorsOf(db.read, keys, { ...params, by, today })
      const receipt = await guardRevelations(context, minorsPolicy.appointers, {
        ...{ by, kind: 'revelation', reach: reachOf(by, 'persons.reveal') },
        about: async () => personIds,
      })
      const people = await db.transaction(async (tx) => {
        const subject = `disclosure:${params.disclosureId}`
        const fact = { action: 'disclosure.exported', subject, by, at, details: { rows: personIds.length } }
        await record(tx, fact)
        return revealPeople(tx, keys, minorsPolicy, { personIds, today, by, at, receipt })
      })
      const language = languageOf(request)
      const rows = [personHeadings[language], ...people.map((person) => personCells(person, language))]
      const file = await writeWorkbook([{ name: sheetNames[language], headingRows: 1, rows }])
      return reply.type(xlsx).header('content-disposition', 'attachment; filename="minors.xlsx"').send(file)
    },
  })
}

function accessesRoute(app: App, { db, now, config }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/exports/minor-accesses.xlsx',
    config: { access: 'audit.read' },
    schema: {
      operationId: 'exportMinorAccesses',
      tags: ['审计 · audit'],
      summary:
        '全年查看未成年人信息的记录 · Every access to the data of minors in one year, from the audit trail',
      querystring: Type.Object({
        year: Type.Integer({ minimum: 2020, maximum: 2100 }),
        ...LanguageQuery.properties,
      }),
      produces: [xlsx],
      response: { 200: Spreadsheet, ...problems },
    },
    handler: async (request, reply) => {
      const { actor: by } = request
      const { year } = request.query
      const language = languageOf(request)
      const found = await accessRows(db.read, { year, timeZone: config.timeZone, language })
      const details = { year, rows: found.length }
      const fact = { action: 'minor_accesses.exported', subject: 'audit', by, at: now(), details }
      await db.transaction((tx) => record(tx, fact))
      const rows = [accessHeadings[language], ...found]
      const file = await writeWorkbook([{ name: String(year), headingRows: 1, widths: [20, 20], rows }])
      const name = `attachment; filename="minor-accesses-${year}.xlsx"`
      return reply.type(xlsx).header('content-disposition', name).send(file)
    },
  })
}

const sheetNames: Record<Language, string> = { zh: '未成年人名单', en: 'Minors' }
const personHeadings: Record<Language, string[]> = {
  zh: ['姓名', '出生日期', '身份证号', '住址', '联系方式'],
  en: ['Name', 'Birth date', 'Identity number', 'Residence', 'Contacts'],
}

function personCells(
  { name, birthDate, identityNumber, residence, contacts }: ClearPerson,
  language: Language,
): OutCell[] {
  const numbers = contacts.map(({ kind, relation, ownerName, value }) => {
    const whose = `${relations[relation][language]}${ownerName ? ` ${ownerName}` : ''}`
    return `${whose} ${contactKinds[kind][language]} ${value}`
  })
  return [name, birthDate, identityNumber, residence, numbers.join('; ')]
}
