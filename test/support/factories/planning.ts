import { events, shiftSeats, shiftSkills, shifts } from '#modules/events/schema.ts'
import { responsibilities, zones } from '#modules/grid/schema.ts'
import { quotas } from '#modules/mobilization/schema.ts'
import type { Problem } from '#modules/planning/index.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { TestApp } from '#test/support/app.ts'
import { aPerson, aTeam } from './organisation.ts'

const createdAt = instantFrom('2026-02-01T00:00:00Z')

export interface TeamWanted {
  heads: number
  skills?: string[]
}

export interface ShiftWanted {
  min: number
  target: number
  max: number
  /** The team, by position, whose unit answers for the zone; nobody's unless given. */
  ownTeam?: number
  skill?: { skill: string; min: number }
  districtCode?: string
  startsAt?: string
  endsAt?: string
}

export interface Mobilization {
  eventId: string
  shiftIds: string[]
  teams: { id: string; unitId: string; personIds: string[] }[]
}

/** A draft event with a zone for each shift and named teams whose units were asked. */
export async function aMobilization(
  app: TestApp,
  teams: TeamWanted[],
  demand: ShiftWanted[],
  endsAt = '2026-03-04T18:00:00+08:00',
): Promise<Mobilization> {
  const { db } = app
  const made: Mobilization['teams'] = []
  for (const { heads, skills } of teams) {
    const team = await aTeam(db, { baseLatitude: 41.29, baseLongitude: 123.76 })
    const personIds: string[] = []
    for (let i = 0; i < heads; i++) personIds.push((await aPerson(app, { teamId: team.id, skills })).id)
    made.push({ id: team.id, unitId: team.unitId!, personIds })
  }
  const eventId = newId()
  const shiftIds = demand.map(() => newId())
  await db.transaction(async (tx) => {
    await tx.insert(events).values({
      id: eventId,
      name: '学雷锋志愿服务',
      searchName: '学雷锋志愿服务',
      organiserUnitId: made[0]!.unitId,
      timeZone: 'Asia/Shanghai',
      startsAt: instantFrom('2026-03-04T08:00:00+08:00'),
      endsAt: instantFrom(endsAt),
      createdAt,
    })
    for (const { unitId, personIds } of made)
      await tx.insert(quotas).values({ id: newId(), eventId, unitId, asked: personIds.length, createdAt })
    for (const [at, wanted] of demand.entries()) {
      const zoneId = newId()
      await tx.insert(zones).values({
        id: zoneId,
        name: `网格${at}`,
        searchName: `网格${at}`,
        pinyin: `wangge${at}`,
        kind: 'grid_cell',
        path: `/${zoneId}/`,
        districtCode: wanted.districtCode ?? '210502',
        centreLatitude: 41.29 + at * 0.002,
        centreLongitude: 123.76,
        createdAt,
      })
      const shiftId = shiftIds[at]!
      const { min, target, max } = wanted
      await tx.insert(shifts).values({
        id: shiftId,
        eventId,
        zoneId,
        task: '清理小广告',
        startsAt: instantFrom(wanted.startsAt ?? '2026-03-04T13:30:00+08:00'),
        endsAt: instantFrom(wanted.endsAt ?? '2026-03-04T15:30:00+08:00'),
        min,
        target,
        max,
        createdAt,
      })
      await tx.insert(shiftSeats).values({ shiftId, max })
      if (wanted.skill) await tx.insert(shiftSkills).values({ shiftId, ...wanted.skill })
      if (wanted.ownTeam !== undefined)
        await tx.insert(responsibilities).values({
          id: newId(),
          zoneId,
          unitId: made[wanted.ownTeam]!.unitId,
          level: 'unit',
          validFrom: '2026-01-01',
          createdAt,
        })
    }
  })
  return { eventId, shiftIds, teams: made }
}

type Demand = Partial<Problem['shifts'][number]>

/** A problem in the planner's own format: one unit, team and zone unless told; everybody free all day. */
export function aProblem(
  wanted: Partial<Problem> & { people?: Partial<PersonColumns>[]; demand?: Demand[] } = {},
): Problem {
  const { people = [], demand = [], ...rest } = wanted
  const column = <K extends keyof PersonColumns>(key: K, otherwise: PersonColumns[K]) =>
    people.map((person) => person[key] ?? otherwise)
  return {
    K: 10,
    speed: 200,
    buffer: 10,
    reserveShare: 0,
    districts: 1,
    units: [{ district: 0 }],
    teams: [{ unit: 0, school: -1, x: 0, y: 0 }],
    zones: [{ district: 0, x: 0, y: 0, kind: 0, minorsOk: true, unit: -1 }],
    commitments: [],
    pins: [],
    policy: 'fill',
    vol: {
      team: column('team', 0),
      minor: column('minor', 0),
      skills: column('skills', 0),
      from: column('from', 480),
      to: column('to', 1080),
      hours: column('hours', 0),
      barred: column('barred', 0),
    },
    shifts: demand.map((shift) => ({ zone: 0, start: 540, end: 660, min: 0, target: 1, max: 2, ...shift })),
    ...rest,
  }
}

interface PersonColumns {
  team: number
  minor: number
  skills: number
  from: number
  to: number
  hours: number
  barred: number
}
