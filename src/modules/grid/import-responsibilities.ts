import { and, eq, inArray, isNull } from 'drizzle-orm'
import { searchNameOf, unitDirectory } from '#modules/organisation/index.ts'
import { memberships, persons, teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { readWorkbook } from '#platform/files/index.ts'
import type { ResponsibilityInput } from './save-responsibilities.ts'
import { zones } from './schema.ts'
import { readTable, refuseTooMany, type TableRow } from './table-columns.ts'
import { type ResponsibilityLevel, responsibilityLevels } from './words.ts'

const headings = {
  zone_code: ['区域编码', '网格编码', '编码', 'zone', 'code'],
  level: ['层级', '级别', '责任层级'],
  unit: ['单位', '责任单位', '包保单位'],
  person: ['责任人', '姓名', '包保领导', '负责人'],
  volunteer_number: ['志愿者编号'],
  scope: ['范围', '责任范围'],
  duties: ['职责', '责任内容'],
  valid_from: ['开始日期', '起始日期', '自'],
  valid_until: ['结束日期', '截止日期', '至'],
} as const
type Column = keyof typeof headings

export const responsibilityRowsMax = 5_000

export const responsibilityFaults = {
  'zone-unknown': { zh: '没有此编码的区域', en: 'no zone has this code' },
  'level-unknown': {
    zh: '层级应为包保领导、责任单位或创城辅导员',
    en: 'the level is leader, unit or counsellor',
  },
  'unit-unknown': { zh: '没有此名称或别名的单位', en: 'no unit has this name or alias' },
  'person-unclear': { zh: '找不到此人，或有多人同名', en: 'nobody, or more than one, has this name' },
  'bearer-missing': { zh: '须填写单位或责任人', en: 'a unit or a person is needed' },
  'day-invalid': { zh: '日期应为 YYYY-MM-DD', en: 'a day is YYYY-MM-DD' },
  'period-empty': { zh: '结束日期须晚于开始日期', en: 'it must end after it begins' },
} as const
export type ResponsibilityFault = keyof typeof responsibilityFaults

export interface JudgedResponsibilities {
  inputs: ResponsibilityInput[]
  faults: { row: number; column: string; value: string; reason: ResponsibilityFault }[]
  ignored: string[]
}

const levelByText = new Map<string, ResponsibilityLevel>(
  (Object.keys(responsibilityLevels) as ResponsibilityLevel[]).flatMap((level) => [
    [level, level],
    [searchNameOf(responsibilityLevels[level].zh), level],
    [searchNameOf(responsibilityLevels[level].en), level],
  ]),
)

/**
 * Reads a table of the register (.xlsx or .csv) and finds the zones, units and people it names.
 * @throws DomainError `table.headings-missing`, `table.empty`, `file.…`
 */
export async function readResponsibilities(db: Reader, data: Buffer): Promise<JudgedResponsibilities> {
  const sheet = (await readWorkbook(data)).sheets.find(({ rows }) => rows.length > 0)
  if (!sheet) throw new DomainError('invalid', 'table.empty', 'The file holds no rows.')
  const table = readTable(sheet, headings, ['zone_code', 'level'])
  refuseTooMany(table.rows.length, responsibilityRowsMax)
  const judged: JudgedResponsibilities = { inputs: [], faults: [], ignored: table.ignored }
  const directory = await directoryOf(db, table.rows)
  for (const row of table.rows) {
    const faults: JudgedResponsibilities['faults'] = []
    const fault = (column: Column, reason: ResponsibilityFault) => {
      faults.push({ row: row.line, column, value: row.text(column).slice(0, 60), reason })
      return undefined
    }
    const input = inputOf(row, directory, fault)
    judged.faults.push(...faults)
    if (input && faults.length === 0) judged.inputs.push(input)
  }
  return judged
}

type Directory = Awaited<ReturnType<typeof directoryOf>>
type Fault = (column: Column, reason: ResponsibilityFault) => undefined

function inputOf(row: TableRow, directory: Directory, fault: Fault): ResponsibilityInput | undefined {
  const zoneId = directory.zones.get(row.text('zone_code')) ?? fault('zone_code', 'zone-unknown')
  const level = levelByText.get(searchNameOf(row.text('level'))) ?? fault('level', 'level-unknown')
  const bearer = bearerOf(row, directory, fault)
  const validFrom = dayOf(row, 'valid_from', fault)
  const validUntil = dayOf(row, 'valid_until', fault)
  if (validFrom && validUntil && validFrom >= validUntil) fault('valid_until', 'period-empty')
  if (!zoneId || !level || !bearer) return undefined
  const [scope, duties] = [row.text('scope') || undefined, row.text('duties') || undefined]
  return { zoneId, level, ...bearer, scope, duties, validFrom, validUntil }
}

function bearerOf(row: TableRow, directory: Directory, fault: Fault) {
  const unit = row.text('unit')
  const unitId = unit === '' ? undefined : directory.units.get(searchNameOf(unit))
  if (unit !== '' && !unitId) return fault('unit', 'unit-unknown')
  const [person, number] = [row.text('person'), row.text('volunteer_number')]
  if (person === '' && number === '') return unitId ? { unitId } : fault('unit', 'bearer-missing')
  const found = directory.people.filter(
    (one) =>
      (number === '' || one.volunteerNumber === number.toUpperCase()) &&
      (person === '' || one.searchName === searchNameOf(person)) &&
      (unitId === undefined || one.unitIds.has(unitId)),
  )
  return found.length === 1 ? { personId: found[0]!.id } : fault('person', 'person-unclear')
}

function dayOf(row: TableRow, column: 'valid_from' | 'valid_until', fault: Fault): string | undefined {
  const text = row.text(column)
  if (text === '') return undefined
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  const day = parts ? `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}` : ''
  const time = Date.parse(`${day}T00:00:00Z`)
  const real = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
  return real && day !== '' ? day : fault(column, 'day-invalid')
}

/** What the rows can name, with a few statements however many they are. */
async function directoryOf(db: Reader, rows: readonly TableRow[]) {
  const codes = [...new Set(rows.map((row) => row.text('zone_code')))]
  const found = await db
    .select({ id: zones.id, code: zones.code })
    .from(zones)
    .where(inArray(zones.code, codes))
  const units = new Map<string, string>()
  for (const unit of await unitDirectory(db)) {
    for (const name of [unit.searchName, ...unit.aliases.map(({ searchAlias }) => searchAlias)])
      units.set(name, unit.id)
  }
  return { zones: new Map(found.map(({ id, code }) => [code, id])), units, people: await peopleOf(db, rows) }
}

async function peopleOf(db: Reader, rows: readonly TableRow[]) {
  const names = [...new Set(rows.map((row) => searchNameOf(row.text('person'))).filter(Boolean))]
  const numbers = [...new Set(rows.map((row) => row.text('volunteer_number').toUpperCase()).filter(Boolean))]
  const { id, searchName, volunteerNumber } = persons
  const columns = { id, searchName, volunteerNumber, unitId: teams.unitId }
  const select = (which: ReturnType<typeof inArray>) =>
    db
      .select(columns)
      .from(persons)
      .leftJoin(memberships, and(eq(memberships.personId, persons.id), isNull(memberships.leftAt)))
      .leftJoin(teams, eq(teams.id, memberships.teamId))
      .where(and(which, isNull(persons.mergedIntoId), isNull(persons.erasedAt)))
  const named = names.length > 0 ? await select(inArray(persons.searchName, names)) : []
  const numbered = numbers.length > 0 ? await select(inArray(persons.volunteerNumber, numbers)) : []
  return [...Map.groupBy([...named, ...numbered], (row) => row.id).values()].map((same) => ({
    ...same[0]!,
    unitIds: new Set(same.flatMap(({ unitId }) => unitId ?? [])),
  }))
}
