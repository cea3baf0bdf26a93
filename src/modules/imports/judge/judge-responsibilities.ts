import { and, eq, inArray, isNull } from 'drizzle-orm'
import {
  countedOn,
  type ResponsibilityInput,
  type ResponsibilityLevel,
  responsibilityLevels,
} from '#modules/grid/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { minorsAmong, personsWithin, searchNameOf, unitDirectory } from '#modules/organisation/index.ts'
import { memberships, persons, teams } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Gate } from '../gate.ts'
import type { ResponsibilityColumn } from '../read/tables/read-responsibilities.ts'
import type { Table, TableRow } from '../read/tables/table-columns.ts'
import { zoneFaults } from '../read/tables/zone-file.ts'
import type { TableScene } from './register.ts'

/** The reasons why a row of a table of responsibilities is refused. */
export const responsibilityFaults = {
  'zone-unknown': { zh: '没有此编码的区域', en: 'no zone has this code' },
  'code-lost-digits': zoneFaults['code-lost-digits'],
  'code-is-date': zoneFaults['code-is-date'],
  'row-hidden': zoneFaults['row-hidden'],
  'level-unknown': {
    zh: '层级应为包保领导、责任单位、创城辅导员或共建单位',
    en: 'the level is leader, unit, counsellor or partner',
  },
  'unit-unknown': { zh: '没有此名称或别名的单位', en: 'no unit has this name or alias' },
  'person-unclear': { zh: '找不到此人，或有多人同名', en: 'nobody, or more than one, has this name' },
  'person-minor': { zh: '责任人须为成年人', en: 'who answers for a zone must be of age' },
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

const levelByText = new Map<string, ResponsibilityLevel>([
  ...(Object.keys(responsibilityLevels) as ResponsibilityLevel[]).flatMap(
    (level): [string, ResponsibilityLevel][] => [
      [level, level],
      [searchNameOf(responsibilityLevels[level].zh), level],
      [searchNameOf(responsibilityLevels[level].en), level],
    ],
  ),
  ['结对共建', 'partner'],
  ['结对共建单位', 'partner'],
])

/** Resolves the zones, units and people named by a table; units and people out of reach are treated as unknown. */
export async function judgeResponsibilities(
  table: Table,
  { db, keys, gate, today }: TableScene,
): Promise<JudgedResponsibilities> {
  const judged: JudgedResponsibilities = { inputs: [], faults: [], ignored: table.ignored }
  const directory = await directoryOf(db, gate, table.rows)
  const taken: Taken[] = []
  for (const row of table.rows) {
    const faults: JudgedResponsibilities['faults'] = []
    const fault = (column: ResponsibilityColumn, reason: ResponsibilityFault) => {
      faults.push(faultOf(row, column, reason))
      return undefined
    }
    const input = inputOf(row, directory, fault)
    judged.faults.push(...faults)
    if (input && faults.length === 0) taken.push({ row, input })
  }
  const minors = await minorsOf(db, keys, taken, today)
  for (const { row, input } of taken) {
    if (!minors.has(input)) judged.inputs.push(input)
    else judged.faults.push(faultOf(row, 'person', 'person-minor'))
  }
  for (const { line } of table.askedAbout)
    judged.faults.push({ row: line, column: '', value: '', reason: 'row-hidden' })
  judged.faults.sort((one, other) => one.row - other.row)
  return judged
}

interface Taken {
  row: TableRow
  input: ResponsibilityInput
}

function faultOf(row: TableRow, column: ResponsibilityColumn, reason: ResponsibilityFault) {
  return { row: row.line, column, value: row.text(column).slice(0, 60), reason }
}

/** The inputs whose person is a minor on the day their age counts. */
async function minorsOf(db: Reader, keys: KeyRing, taken: readonly Taken[], today: string) {
  const minors = new Set<ResponsibilityInput>()
  const inputs = taken.map(({ input }) => input).filter(({ personId }) => personId !== undefined)
  for (const [day, same] of Map.groupBy(inputs, ({ validFrom }) => countedOn(validFrom, today))) {
    const found = await minorsAmong(db, keys, {
      personIds: same.flatMap(({ personId }) => personId ?? []),
      day,
    })
    for (const input of same) if (input.personId && found.has(input.personId)) minors.add(input)
  }
  return minors
}

type Directory = Awaited<ReturnType<typeof directoryOf>>
type Fault = (column: ResponsibilityColumn, reason: ResponsibilityFault) => undefined

function inputOf(row: TableRow, directory: Directory, fault: Fault): ResponsibilityInput | undefined {
  const lost = row.codeFault('zone_code')
  const zoneId = lost
    ? fault('zone_code', lost)
    : (directory.zones.get(row.text('zone_code')) ?? fault('zone_code', 'zone-unknown'))
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

/** Loads everything the rows may name, with a constant number of statements. */
async function directoryOf(db: Reader, gate: Gate, rows: readonly TableRow[]) {
  const codes = [...new Set(rows.map((row) => row.text('zone_code')))]
  const found = await db
    .select({ id: zones.id, code: zones.code })
    .from(zones)
    .where(inArray(zones.code, codes))
  const units = new Map<string, string>()
  for (const unit of await unitDirectory(db, gate.sees)) {
    for (const name of [unit.searchName, ...unit.aliases.map(({ searchAlias }) => searchAlias)])
      units.set(name, unit.id)
  }
  return {
    zones: new Map(found.map(({ id, code }) => [code, id])),
    units,
    people: await peopleOf(db, gate, rows),
  }
}

async function peopleOf(db: Reader, gate: Gate, rows: readonly TableRow[]) {
  const reach = gate.reachOf('persons')
  if (reach === null) return []
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
      .where(and(which, isNull(persons.mergedIntoId), isNull(persons.erasedAt), personsWithin(db, reach)))
  const named = names.length > 0 ? await select(inArray(persons.searchName, names)) : []
  const numbered = numbers.length > 0 ? await select(inArray(persons.volunteerNumber, numbers)) : []
  return [...Map.groupBy([...named, ...numbered], (row) => row.id).values()].map((same) => ({
    ...same[0]!,
    unitIds: new Set(same.flatMap(({ unitId }) => unitId ?? [])),
  }))
}
