/**
 * Measures the import of the city's 11,302 volunteers from one workbook through HTTP, in four phases: upload to preview,
 * commit, upload of the same file again, undo; beside them the mere reading of the workbook's cells, which no import can do without. The service runs in a separate process on an almost empty database, and
 * reports its longest event loop stall and its memory. `--json` prints one object on stdout; with `--times N` N times as many
 * volunteers are measured in the same run, and what a row of theirs costs by what one costs alone.
 *
 *   npm run bench:import [-- --json] [--times 10]        SQLite in a temporary folder
 *   DATABASE_URL=postgres://… npm run bench:import        an empty PostgreSQL database
 */
import '../lib/help.ts'
import { parseArgs } from 'node:util'
import type { OutCell } from '#platform/files/index.ts'
import { districts } from '../city/divisions.ts'
import { bytesOf } from '../city/list-file.ts'
import { phone as phoneOf } from '../city/names.ts'
import { counts, makeUnits } from '../city/units.ts'
import { teamsFile, unitsFile } from '../city/workbooks.ts'
import { Importer, type Measured, rounded, serve, startServed, tableOf, type View } from './served.ts'

type Rows = readonly (readonly OutCell[])[]

/** The city as three workbooks: units, teams, and all volunteers in one sheet with all columns. */
async function workbooks(
  times: number,
): Promise<{ units: Buffer; teams: Buffer; people: Buffer; rows: number }> {
  const { identityCheckCharacter } = await import('#modules/organisation/index.ts')
  // In this process: a large workbook takes more memory than the processes of files have.
  const { toXlsx } = await import('#platform/files/to-xlsx.ts')
  const units = makeUnits()
  const teams = units.flatMap((unit) => unit.teams)
  const sexes = { male: '男', female: '女' }
  const roles = { leader: '队长', deputy: '副队长', member: '队员' }
  const seen = new Set<string>()
  let numbers = 200_000
  const people: OutCell[][] = [
    [
      '序号',
      '姓名',
      '性别',
      '出生日期',
      '身份证号',
      '手机号',
      '单位',
      '志愿服务队',
      '队内职务',
      '居住区域',
      '服务类别',
      '技能特长',
    ],
  ]
  const everybody = teams.flatMap((team) => team.members.map((member) => ({ team, member })))
  // People of a larger city have names and numbers of their own.
  for (let more = 1; more < times; more++)
    for (const { team, member } of everybody.slice(0, counts.volunteers)) {
      const own = {
        name: `${member.name}${[...'甲乙丙丁戊己庚辛壬癸'][more % 10]}`,
        phone: phoneOf(numbers++),
      }
      everybody.push({ team, member: { ...member, ...own, role: 'member' } })
    }
  for (const { team, member } of everybody) {
    const { name, sex, birthDate, phone, role, skills } = member
    // A person on two lists is listed only once here.
    if (seen.has(`${name} ${phone}`) && phone) continue
    seen.add(`${name} ${phone}`)
    const n = people.length
    const born = (birthDate ?? `19${70 + (n % 30)}-05-${10 + (n % 18)}`).replaceAll('-', '')
    const first17 = `210502${born}${String((n % 499) * 2 + (sex === 'male' ? 1 : 0)).padStart(3, '0')}`
    const identity = first17 + identityCheckCharacter(first17)
    const place = `${districts[n % districts.length]?.name ?? ''}${n % 49}街`
    const own = seen.has(identity) ? null : identity
    seen.add(identity)
    people.push([
      n,
      name,
      sexes[sex],
      birthDate,
      own,
      phone,
      team.unit.name,
      team.name,
      roles[role],
      place,
      '社区服务',
      skills.join('、') || '保洁',
    ])
  }
  for (let n = 0; people.length <= counts.volunteers * times; n++) {
    const team = teams[n % teams.length]!
    const phone = `154${String(99_000_000 + n)}`
    people.push([
      people.length,
      `补${String.fromCharCode(0x4e00 + n)}`,
      '女',
      null,
      null,
      phone,
      team.unit.name,
      team.name,
      '队员',
      null,
      null,
      null,
    ])
  }
  const file = (name: string, rows: Rows) => toXlsx([{ name, rows }])
  return {
    units: await bytesOf(unitsFile(units, [])),
    teams: await bytesOf(teamsFile(teams)),
    people: await file('名单', people),
    rows: people.length - 1,
  }
}

/** Processor time to read the cells of a workbook, once the code is warm: the median of five runs. */
async function cellsSeconds(workbook: Buffer): Promise<number> {
  const { parseWorkbook } = await import('#platform/files/parse.ts')
  const runs: number[] = []
  for (let run = 0; run < 7; run++) {
    const before = process.cpuUsage()
    await parseWorkbook(workbook)
    const { user, system } = process.cpuUsage(before)
    if (run > 1) runs.push((user + system) / 1e6)
  }
  return runs.sort((a, b) => a - b)[2] as number
}

async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, times: { type: 'string', default: '1' } },
  })
  const times = Number(values.times)
  if (!Number.isSafeInteger(times) || times < 1) throw new RangeError(`--times ${values.times}`)
  const city = await measured(1)
  report({ json: values.json, city, larger: times > 1 ? await measured(times) : undefined })
}

/** Imports the list of a city so many times as large into a service of its own. */
async function measured(times: number): Promise<City> {
  const service = await startServed(import.meta.filename)
  try {
    const importer = new Importer(service)
    const { units, teams, people, rows } = await workbooks(times)
    for (const [name, bytes] of [
      ['units.xlsx', units],
      ['teams.xlsx', teams],
    ] as const) {
      await importer.commit((await importer.upload(name, bytes)).id)
    }
    const { idleMb } = await service.ask<{ idleMb: number }>('idle')
    const preview = await service.phase(() => importer.upload('people.xlsx', people))
    const { id } = preview.value
    const commit = await service.phase(() => importer.commit(id))
    const again = await service.phase(() => importer.upload('people.xlsx', people))
    const undo = await service.phase(() => importer.send('DELETE', `/api/imports/${id}/commit`))
    if (commit.value.state !== 'committed')
      throw new Error(`not committed: ${JSON.stringify(commit.value.failure)}`)
    const cells = await cellsSeconds(people)
    return { rows, cells, bytes: people.length, idleMb, phases: { preview, commit, again, undo } }
  } finally {
    await service.stop()
  }
}

interface City {
  rows: number
  /** Processor seconds to read the cells alone. */
  cells: number
  bytes: number
  idleMb: number
  phases: Record<'preview' | 'commit' | 'again' | 'undo', { value: View; seconds: number } & Measured>
}

const importSeconds = ({ phases: { preview, commit } }: City) => preview.cpuSeconds + commit.cpuSeconds

function goalsOf(city: City, larger: City | undefined) {
  const { preview, commit } = city.phases
  // The memory goal covers the import (preview and commit), not the undo.
  const memoryMb = Math.max(preview.memoryMb, commit.memoryMb)
  const stallMs = Math.max(...Object.values(city.phases).map((phase) => phase.stallMs))
  const ofCells = importSeconds(city) / city.cells
  const goals = [
    { name: 'upload to preview, s', goal: 5, measured: rounded(preview.seconds) },
    { name: 'commit, s', goal: 5, measured: rounded(commit.seconds) },
    {
      name: 'preview and commit, processor time by that of reading the cells',
      goal: 25,
      measured: rounded(ofCells),
    },
    { name: 'longest stall of the event loop, ms', goal: 100, measured: rounded(stallMs) },
    { name: 'memory above idle until committed, MB', goal: 300, measured: rounded(memoryMb) },
  ]
  if (larger) {
    const perRow = importSeconds(larger) / larger.rows / (importSeconds(city) / city.rows)
    goals.push({
      name: `preview and commit of ${larger.rows} rows, processor time a row by that of ${city.rows}`,
      // What one run differs from another.
      goal: 1.05,
      measured: rounded(perRow),
    })
  }
  return goals.map((goal) => ({ ...goal, met: goal.measured <= goal.goal }))
}

function figuresOf({ rows, cells, bytes, idleMb, phases }: City) {
  return {
    rows,
    fileBytes: bytes,
    idleMb: rounded(idleMb),
    cellsCpuSeconds: rounded(cells),
    counts: phases.preview.value.counts,
    countsAgain: phases.again.value.counts,
    phases: Object.fromEntries(
      Object.entries(phases).map(
        ([name, { seconds, stallMs: stall, busyMs, cpuSeconds, memoryMb: memory }]) => [
          name,
          {
            seconds: rounded(seconds),
            stallMs: rounded(stall),
            busyMs: rounded(busyMs),
            cpuSeconds: rounded(cpuSeconds),
            memoryMb: rounded(memory),
          },
        ],
      ),
    ),
  }
}

function report({ json, city, larger }: { json: boolean; city: City; larger: City | undefined }): void {
  const engine = /^postgres/.test(process.env.DATABASE_URL ?? '') ? 'postgresql' : 'sqlite'
  const goals = goalsOf(city, larger)
  if (json) {
    const figures = { engine, ...figuresOf(city), ...(larger && { larger: figuresOf(larger) }) }
    process.stdout.write(`${JSON.stringify({ figures, goals })}\n`)
  } else {
    for (const each of larger ? [city, larger] : [city]) print(engine, each)
    const lines = goals.map(({ name, goal, measured, met }) => [
      name,
      `≤ ${goal}`,
      `${measured}`,
      met ? 'met' : 'MISSED',
    ])
    process.stdout.write(tableOf(['goal', '', 'measured', ''], lines))
  }
  if (goals.some(({ met }) => !met)) process.exitCode = 1
}

function print(engine: string, { rows, cells, bytes, idleMb, phases }: City): void {
  const size = `${rows} rows, ${Math.round(bytes / 1024)} KiB of .xlsx, on ${engine}`
  process.stdout.write(`${size}; idle at ${rounded(idleMb)} MB; its cells are read in ${rounded(cells)} s\n`)
  process.stdout.write(
    tableOf(['phase', 'seconds', 'cpu s', 'stall ms', 'busy ms', 'memory MB'], phaseRows(phases)),
  )
  process.stdout.write(
    `first ${JSON.stringify(phases.preview.value.counts)}\nagain ${JSON.stringify(phases.again.value.counts)}\n`,
  )
}

function phaseRows(phases: City['phases']): string[][] {
  return Object.entries(phases).map(([name, { seconds, cpuSeconds, stallMs, busyMs, memoryMb }]) => [
    name,
    ...[seconds, cpuSeconds, stallMs, busyMs, memoryMb].map((value) => String(rounded(value))),
  ])
}

if (process.argv[2] === 'serve') await serve()
else await measure()
