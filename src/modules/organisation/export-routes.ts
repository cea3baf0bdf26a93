import Type from 'typebox'
import { record } from '#platform/audit/index.ts'
import { beside } from '#platform/beside/beside.ts'
import { type OutCell, writeWorkbook } from '#platform/files/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { LanguageQuery, problems } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { whoeverLeft } from '#platform/http/whoever-left.ts'
import type { AppContext } from '#src/context.ts'
import { PersonFilterQuery, UnitFilterQuery, type UnitView } from './contract.ts'
import { everyPage } from './every-page.ts'
import { countLastFour, personReadingOf } from './person-routes.ts'
import { type PersonsAsked, type PersonsFile, personsFile } from './persons-file.ts'
import { readsBeside } from './reads-beside.ts'
import { listUnits } from './unit-queries.ts'
import { unitKinds } from './words.ts'

const tags = ['导出 · exports']
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const Spreadsheet = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })

const personsWork = new URL('./persons-work.ts', import.meta.url)

/** Lists as spreadsheets, with the same filters and the same masks as on the screen. */
export function exportRoutes(app: App, context: AppContext): void {
  const { db, now } = context
  app.route({
    method: 'GET',
    url: '/api/exports/units.xlsx',
    config: { access: 'units.read' },
    schema: {
      operationId: 'exportUnits',
      tags,
      summary: '导出单位 · Units as a spreadsheet',
      querystring: Type.Object({ ...UnitFilterQuery.properties, ...LanguageQuery.properties }),
      produces: [xlsx],
      response: { 200: Spreadsheet, ...problems },
    },
    handler: async (request, reply) => {
      const { actor, query } = request
      const reach = reachOf(actor, 'units.read')
      const units = await everyPage((page) => listUnits(db.read, reach, { ...query, ...page }))
      const details = { rows: units.length, filter: query }
      const fact = { action: 'units.exported', subject: 'units:all', by: actor, at: now(), details }
      await db.transaction((tx) => record(tx, fact))
      const language = languageOf(request)
      const headings = unitHeadings[language]
      const rows = [headings, ...units.map((unit) => unitCells(unit, language))]
      const file = await writeWorkbook([
        { name: headings[0]!, headingRows: 1, widths: [40, 14, 40, 12], rows },
      ])
      return reply.type(xlsx).header('content-disposition', 'attachment; filename="units.xlsx"').send(file)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/exports/persons.xlsx',
    config: { access: 'persons.read' },
    schema: {
      operationId: 'exportPersons',
      tags,
      summary: '导出人员，号码已遮盖，记入审计 · People as a spreadsheet, numbers masked; audited',
      querystring: Type.Object({ ...PersonFilterQuery.properties, ...LanguageQuery.properties }),
      produces: [xlsx],
      response: { 200: Spreadsheet, ...problems },
    },
    handler: async (request, reply) => {
      const { actor, query } = request
      const reach = reachOf(actor, 'persons.read')
      const reading = personReadingOf(context, db.read)
      const receipt = await countLastFour(context, actor, query.search)
      const asked = { today: reading.today, reach, query, language: languageOf(request) }
      // A search that counts against a budget finds few; its receipt is of this process.
      const apart = receipt === undefined && (await readsBeside(context))
      const { people, file } = apart
        ? await beside<PersonsAsked, PersonsFile>(personsWork, context.config, asked, whoeverLeft(reply))
        : await personsFile(reading, asked, receipt)
      const details = { rows: people, filter: filterShown(query) }
      const fact = { action: 'persons.exported', subject: 'persons', by: actor, at: now(), details }
      await db.transaction((tx) => record(tx, fact))
      return reply
        .type(xlsx)
        .header('content-disposition', 'attachment; filename="persons.xlsx"')
        .send(Buffer.from(file))
    },
  })
}

/** The filter as the audit trail keeps it: what was typed may be a name or a number, so only how much was typed. */
function filterShown({ search, ...filter }: Record<string, unknown>): Record<string, unknown> {
  return typeof search === 'string' ? { ...filter, searchCharacters: [...search].length } : filter
}

const unitHeadings: Record<Language, string[]> = {
  zh: ['单位', '类型', '上级单位', '区划代码', '系统', '文明单位', '职工数', '联络员', '队伍数'],
  en: ['Unit', 'Kind', 'Parent', 'District', 'System', 'Honour title', 'Staff', 'Liaison', 'Teams'],
}

function unitCells(unit: UnitView, language: Language): OutCell[] {
  const { name, kind, parent, districtCode, system, honourTitle, staffCount, liaison, openTeams } = unit
  const kindText = unitKinds[kind][language]
  return [
    name,
    kindText,
    parent?.name,
    districtCode,
    system,
    honourTitle,
    staffCount,
    liaison?.name,
    openTeams,
  ]
}
