/** A city of any size for measurements: the reference city again and again, under other names and numbers. */
import type { OutCell } from '#platform/files/index.ts'
import type { AppContext } from '#src/context.ts'
import { makeUnits, type Team, type Unit } from '../city/units.ts'
import { teamsFile, unitsFile } from '../city/workbooks.ts'

type Rows = readonly (readonly OutCell[])[]

export interface CityFiles {
  units: Rows
  teams: Rows
  /** One list of people for each copy of the city. */
  people: Rows[]
  /** How many people there are. */
  count: number
}

const sexes = { male: '男', female: '女' }
const roles = { leader: '队长', deputy: '副队长', member: '队员' }
const headings = ['姓名', '性别', '出生日期', '手机号', '单位', '志愿服务队', '队内职务', '技能特长']

/** The people of one city; every copy has 11,302. */
export const peopleOnce = 11_302

/** The city `copies` times: its units, its teams, and its people in a list for each copy. */
export function cityFiles(copies: number): CityFiles {
  const all = Array.from({ length: copies }, (_, copy) => copyOf(makeUnits(), copy))
  const units = all.flat()
  return {
    units: unitsFile(units, []).pages[0]?.rows ?? [],
    teams: teamsFile(units.flatMap(({ teams }) => teams)).pages[0]?.rows ?? [],
    people: all.map((some, copy) =>
      peopleOf(
        some.flatMap(({ teams }) => teams),
        copy,
      ),
    ),
    count: copies * peopleOnce,
  }
}

const named = (name: string, copy: number) => (copy === 0 ? name : `第${copy}分部${name}`)

/** Other names of units; the numbers of people differ by their third digit and the copy. */
function copyOf(units: Unit[], copy: number): Unit[] {
  for (const unit of units) {
    unit.name = named(unit.name, copy)
    if (copy > 0) unit.aliases = []
    unit.liaisonPhone = otherPhone(unit.liaisonPhone, copy)
    for (const { members } of unit.teams)
      for (const member of members) if (member.phone) member.phone = otherPhone(member.phone, copy)
  }
  return units
}

function otherPhone(phone: string, copy: number): string {
  return copy === 0 ? phone : `1${((Number(phone.slice(1, 3)) + copy * 7) % 60) + 30}${phone.slice(3)}`
}

function peopleOf(teams: readonly Team[], copy: number): Rows {
  const seen = new Set<string>()
  const rows: OutCell[][] = [headings]
  for (const team of teams)
    for (const { name, sex, birthDate, phone, role, skills } of team.members) {
      if (phone && seen.has(`${name} ${phone}`)) continue
      seen.add(`${name} ${phone}`)
      const place = [team.unit.name, team.name, roles[role]]
      rows.push([name, sexes[sex], birthDate, phone, ...place, skills.join('、') || '保洁'])
    }
  for (let n = 0; rows.length <= peopleOnce; n++) {
    const team = teams[n % teams.length]!
    const phone = `15${copy}${String(99_000_000 + n)}`
    const name = `补${String.fromCharCode(0x4e00 + n)}`
    rows.push([name, '女', null, phone, team.unit.name, team.name, '队员', null])
  }
  return rows.slice(0, peopleOnce + 1)
}

/** Places of a shift; there are a few more places than people. */
const seats = 21

/** An event to which every unit is asked, with shifts for all. Answers its id. */
export async function anEvent({ db, now }: AppContext) {
  const { events, shiftSeats, shifts } = await import('#modules/events/schema.ts')
  const { zones } = await import('#modules/grid/schema.ts')
  const { quotas } = await import('#modules/mobilization/schema.ts')
  const { persons, teams } = await import('#modules/organisation/schema.ts')
  const { insertAll } = await import('#platform/database/insert-all.ts')
  const { newId } = await import('#platform/ids.ts')
  const asked = await db.read.selectDistinct({ unitId: teams.unitId }).from(teams)
  const units = asked.flatMap(({ unitId }) => unitId ?? [])
  const people = await db.read.$count(persons)
  const day = now().setZone('Asia/Shanghai').plus({ days: 10 }).startOf('day')
  const [eventId, createdAt, name] = [newId(), now(), '学雷锋志愿服务']
  const [startsAt, endsAt] = [day.plus({ hours: 8 }).toUTC(), day.plus({ hours: 12 }).toUTC()]
  const places = Array.from({ length: Math.ceil((people * 1.02) / seats) }, (_, n) => {
    const [id, district] = [newId(), `21050${2 + (n % 4)}`]
    const at = {
      centreLatitude: 41.2 + (n % 80) * 0.002,
      centreLongitude: 123.7 + Math.floor(n / 80) * 0.002,
    }
    const named = { name: `网格${n}`, searchName: `网格${n}`, pinyin: `wangge${n}`, path: `/${id}/` }
    return {
      id,
      ...named,
      ...at,
      kind: 'grid_cell' as const,
      districtCode: district,
      minorsSuitable: false,
      createdAt,
    }
  })
  const work = places.map(({ id: zoneId }) => {
    return {
      id: newId(),
      eventId,
      zoneId,
      work: '清扫',
      startsAt,
      endsAt,
      min: 5,
      target: 20,
      max: seats,
      createdAt,
    }
  })
  await db.transaction(async (tx) => {
    const time = { startsAt, endsAt, timeZone: 'Asia/Shanghai' }
    await tx
      .insert(events)
      .values({ id: eventId, name, searchName: name, organiserUnitId: units[0]!, ...time, createdAt })
    await insertAll(tx, zones, places)
    await insertAll(tx, shifts, work)
    await insertAll(
      tx,
      shiftSeats,
      work.map(({ id, max }) => ({ shiftId: id, max })),
    )
    await insertAll(
      tx,
      quotas,
      units.map((unitId) => ({ id: newId(), eventId, unitId, asked: 10, createdAt })),
    )
  })
  return { eventId, people }
}

/** Publishes the only event as it is. */
export async function publish({ db, now }: AppContext) {
  const { events } = await import('#modules/events/schema.ts')
  const { enqueue } = await import('#platform/jobs/queue.ts')
  await db.transaction(async (tx) => {
    const [event] = await tx.update(events).set({ publishedAt: now() }).returning({ id: events.id })
    await enqueue(tx, 'event.published', { eventId: event!.id })
  })
}
