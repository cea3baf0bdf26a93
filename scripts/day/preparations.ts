/** The preparations in February: the office imports zones, units, teams and people from spreadsheets and maps. */
import { classFiles } from '../city/class-lists.ts'
import { divisionsCsv } from '../city/divisions.ts'
import { bytesOf, type ListFile } from '../city/list-file.ts'
import { peopleFiles } from '../city/people-lists.ts'
import { makeSchools, type School } from '../city/schools.ts'
import { makeUnits, type Unit } from '../city/units.ts'
import { headsFile, teamsFile, unitsFile } from '../city/workbooks.ts'
import { type Cell, cellsGeoJson, makeCells } from '../city/zones.ts'
import { type Client, crowd, until } from './client.ts'
import { type Bar, phase } from './progress.ts'

export interface City {
  units: Unit[]
  schools: School[]
  cells: Cell[]
}

/** The generated city, or a small one that is part of it: the same in every run. */
export function makeCity(small = false): City {
  const city = { units: makeUnits(), schools: makeSchools(), cells: makeCells() }
  return small ? partOf(city) : city
}

const smallUnits = 24
const smallSchools = 3

/** A tenth of the city: bureaus, which are at the seats of the first districts, and cells there. */
function partOf({ units, schools, cells }: City): City {
  const some = units.slice(0, smallUnits)
  const near = new Set(some.map(({ districtCode }) => districtCode))
  return {
    units: some,
    schools: schools.slice(0, smallSchools),
    cells: cells.filter(({ districtCode }, n) => near.has(districtCode) && n % 6 === 0),
  }
}

/** What the service has to count after the imports. Who is on the lists of two teams is one person. */
export function countsOf({ units, schools }: Pick<City, 'units' | 'schools'>) {
  const teams = units.flatMap((unit) => unit.teams)
  const people = teams.flatMap(({ unit, members }) =>
    members.map(({ name, phone }) => `${name} ${phone ?? unit.name}`),
  )
  const inClasses = schools.map(({ classes, heads }) => {
    const named = classes.reduce((sum, each) => sum + each.people.length, 0)
    return heads.reduce((sum, { teachers, pupils }) => sum + teachers + pupils, named)
  })
  return {
    units: units.length,
    teams: teams.length,
    volunteers: new Set(people).size,
    schools: schools.length,
    teachersAndPupils: inClasses.reduce((sum, each) => sum + each, 0),
  }
}

/** Imports the administrative divisions and the grid cells with their outlines. */
export async function drawZones(office: Client, { cells }: City): Promise<void> {
  const files = [
    { name: 'divisions.csv', bytes: Buffer.from(divisionsCsv()) },
    { name: '网格.geojson', bytes: Buffer.from(JSON.stringify(cellsGeoJson(cells))) },
  ]
  await phase(
    '导入区划与网格 · divisions and grid cells',
    files.length,
    async (bar) => {
      for (const file of files) {
        const { body } = await office.upload('/api/zone-imports', [file])
        const faults = body.files[0].faults
        if (faults.length > 0) throw new Error(`${file.name}: ${JSON.stringify(faults[0])}`)
        bar.step()
      }
    },
    () => `${cells.length} 个网格 · cells`,
  )
}

/** The most files in one import. */
const filesPerImport = 400

/** Imports all lists in the order of their references: units, teams, people, classes, numbers without names. */
export async function importLists(office: Client, { units, schools }: City): Promise<void> {
  const rounds: [string, ListFile[]][] = [
    ['单位名录 · units', [unitsFile(units, schools)]],
    ['队伍名录 · teams', [teamsFile(units.flatMap(({ teams }) => teams))]],
    ['志愿者名单 · volunteers', peopleFiles(units)],
    ['师生名单 · class lists', classFiles(schools)],
    ['人数统计 · heads without names', [headsFile(schools)]],
  ]
  for (const [label, lists] of rounds) {
    await phase(
      `导入${label}`,
      lists.length * 3,
      async (bar) => {
        const sum = { rows: 0, answers: 0 }
        for (let from = 0; from < lists.length; from += filesPerImport) {
          const { rows, answers } = await importSome(office, lists.slice(from, from + filesPerImport), bar)
          sum.rows += rows
          sum.answers += answers
        }
        return sum
      },
      ({ rows, answers }) =>
        `${lists.length} 个文件 · files, ${rows.toLocaleString('en')} 行 · rows${answers > 0 ? `, ${answers} 个提问已答复 · questions answered` : ''}`,
    )
  }
}

/** Whether an import waits for somebody. */
export const settled = (state: string) => !['received', 'judging', 'committing'].includes(state)

/**
 * Imports some files: uploads them, waits for the judgement, answers what is asked, and commits.
 * @throws Error when a row has an error, or a question has no answer that a clerk would give
 */
async function importSome(
  office: Client,
  lists: ListFile[],
  bar: Bar,
): Promise<{ rows: number; answers: number }> {
  const files: { name: string; bytes: Buffer }[] = []
  await crowd(lists, 4, async (list, at) => {
    files[at] = { name: list.fileName, bytes: await bytesOf(list) }
    bar.step()
  })
  const { body: received } = await office.upload('/api/imports', files)
  const read = () => office.get(`/api/imports/${received.id}`)
  const untilSettled = () => until(read, ({ state }) => settled(state), 60, 50)
  let judged = await untilSettled()
  const answers: number = judged.openDecisions ?? 0
  if (answers > 0) {
    await answerQuestions(office, received.id)
    judged = await untilSettled()
  }
  if (judged.state !== 'judged' || judged.counts.error > 0 || judged.openDecisions > 0) {
    const { items } = await office.get(`/api/imports/${received.id}/rows?judgement=error&limit=3`)
    throw new Error(
      `an import was judged ${judged.state}, ${JSON.stringify(judged.counts)}: ${JSON.stringify(items)}`,
    )
  }
  for (const _ of lists) bar.step()
  await office.put(`/api/imports/${received.id}/commit`)
  const committed = await untilSettled()
  if (committed.state !== 'committed')
    throw new Error(`an import ended ${committed.state}: ${JSON.stringify(committed.failure)}`)
  for (const _ of lists) bar.step()
  return { rows: committed.rows, answers }
}

/** Answers like a clerk who sees the sheet: where a list may be of people or of units, it is the one of people. */
async function answerQuestions(office: Client, importId: string): Promise<void> {
  const decisions: unknown[] = []
  for await (const asked of office.all(`/api/imports/${importId}/decisions`)) {
    const { id: decisionId, kind, name, proposals } = asked
    const chosen = proposals.find((each: { name: string }) => each.name.startsWith('志愿者名单'))
    if (kind !== 'sheet' || !chosen) throw new Error(`an import asks about ${kind} ${name}`)
    decisions.push({ decisionId, answer: 'use', choice: chosen.id })
  }
  await office.post(`/api/imports/${importId}/decisions`, { decisions })
}

export interface Register {
  units: Map<string, { id: string; districtCode: string | null; kind: string }>
  teams: {
    id: string
    name: string
    kind: string
    unitId: string
    leaderId: string | undefined
    members: number
    heads: number
    minors: number
  }[]
  zones: {
    id: string
    code: string
    name: string
    kind: string
    districtCode: string | null
    minorsSuitable: boolean
  }[]
}

/** Reads the units, teams and zones back from the service. Only grid cells (codes of 12 digits) are zones here. */
export async function readRegister(office: Client): Promise<Register> {
  const units: Register['units'] = new Map()
  for await (const { id, name, districtCode, kind } of office.all('/api/units'))
    units.set(name, { id, districtCode, kind })
  const teams: Register['teams'] = []
  for await (const { id, name, kind, unit, leader, members, statedHeads, statedMinors } of office.all(
    '/api/teams',
  )) {
    teams.push({
      id,
      name,
      kind,
      unitId: unit.id,
      leaderId: leader?.id,
      members,
      heads: statedHeads ?? 0,
      minors: statedMinors ?? 0,
    })
  }
  const zones: Register['zones'] = []
  for await (const { id, code, name, kind, districtCode, minorsSuitable } of office.all('/api/zones')) {
    if (code?.length === 12) zones.push({ id, code, name, kind, districtCode, minorsSuitable })
  }
  return { units, teams, zones }
}

/** 三定: gives every grid cell a responsible unit of its district, in one batch. */
export async function nameResponsible(office: Client, { units, zones }: Register): Promise<void> {
  await phase('登记三定责任单位 · who answers for which zone', 1, async () => {
    const byDistrict = Map.groupBy(
      [...units.values()].filter(({ kind }) => kind !== 'school'),
      ({ districtCode }) => districtCode,
    )
    const items = zones.map((zone, n) => {
      const near = byDistrict.get(zone.districtCode) ?? []
      return {
        zoneId: zone.id,
        level: 'unit',
        unitId: near[n % near.length]?.id,
        duties: '定人、定岗、定责：每周巡查，发现问题当日整改',
        validFrom: '2026-01-01',
      }
    })
    await office.post('/api/responsibility-batches', { items }, 'responsibilities')
  })
}
