import Type from 'typebox'
import { record } from '#platform/audit/index.ts'
import { pages } from '#platform/database/pages.ts'
import { DomainError } from '#platform/errors.ts'
import { type OutCell, writeWorkbook } from '#platform/files/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { LanguageQuery, problems } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { PersonFilterQuery, type PersonView, UnitFilterQuery, type UnitView } from './contract.ts'
import { listPersons } from './person-queries.ts'
import { countLastFour, personReadingOf } from './person-routes.ts'
import { listUnits } from './unit-queries.ts'
import { ageBands, memberRoles, sexes, unitKinds } from './words.ts'

const tags = ['导出 · exports']
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const Spreadsheet = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })

/** The largest export. Nobody reads a longer list: filter first. */
const rowsMax = 50_000

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
      const people = await everyPage((page) => listPersons(reading, reach, { ...query, ...page }, receipt))
      const details = { rows: people.length, filter: filterShown(query) }
      const fact = { action: 'persons.exported', subject: 'persons', by: actor, at: now(), details }
      await db.transaction((tx) => record(tx, fact))
      const language = languageOf(request)
      const headings = personHeadings[language]
      const rows = [headings, ...people.flatMap((person) => personCells(person, language))]
      const file = await writeWorkbook([
        { name: headings[0]!, headingRows: 1, widths: [12, 6, 12, 16], rows },
      ])
      return reply.type(xlsx).header('content-disposition', 'attachment; filename="persons.xlsx"').send(file)
    },
  })
}

/** The filter as the audit trail keeps it: what was typed may be a name or a number, so only how much was typed. */
function filterShown({ search, ...filter }: Record<string, unknown>): Record<string, unknown> {
  return typeof search === 'string' ? { ...filter, searchCharacters: [...search].length } : filter
}

async function everyPage<T>(
  read: (page: {
    cursor: string | undefined
    limit: number
  }) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const all: T[] = []
  let cursor: string | undefined
  const next = async (last: T | undefined, limit: number) => {
    if (last !== undefined && cursor === undefined) return []
    const page = await read({ cursor, limit })
    cursor = page.nextCursor ?? undefined
    return page.items
  }
  for await (const rows of pages(next, 200)) {
    all.push(...rows)
    if (all.length > rowsMax) {
      throw new DomainError('too_large', 'export.too_large', `More than ${rowsMax} rows: filter first.`, {
        rowsMax,
      })
    }
  }
  return all
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

const personHeadings: Record<Language, string[]> = {
  zh: ['姓名', '性别', '年龄段', '联系方式', '志愿者编号', '单位', '队伍', '角色', '服务类别', '技能'],
  en: [
    'Name',
    'Sex',
    'Age',
    'Contact',
    'Volunteer no.',
    'Unit',
    'Team',
    'Role',
    'Service category',
    'Skills',
  ],
}

/** One spreadsheet row for each membership. */
function personCells(person: PersonView, language: Language): OutCell[][] {
  const { name, sex, ageBand, contacts, volunteerNumber, serviceCategory, skills } = person
  const places = person.memberships.length > 0 ? person.memberships : [undefined]
  return places.map((place) => [
    name,
    sex && sexes[sex][language],
    ageBands[ageBand][language],
    contacts[0]?.masked,
    volunteerNumber,
    place?.unit?.name,
    place?.team.name,
    place && memberRoles[place.role][language],
    serviceCategory,
    skills.join('、'),
  ])
}
