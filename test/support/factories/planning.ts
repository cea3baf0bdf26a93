import { events, shiftSeats, shiftSkills, shifts } from '#modules/events/schema.ts'
import { responsibilities, zones } from '#modules/grid/schema.ts'
import { quotas } from '#modules/mobilization/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from './organisation.ts'

const createdAt = instantFrom('2026-02-01T00:00:00Z')

export interface TeamWanted {
  heads: number
  skills?: string[]
  /** The district of its unit; by default 210502. */
  districtCode?: string
  /** The number of pupils: the team is then a class, and its adults are teachers. */
  pupils?: number
}

export interface ShiftWanted {
  min: number
  target: number
  max: number
  /** The index of the team whose unit is responsible for the zone; by default none. */
  ownTeam?: number
  skill?: { skill: string; min: number }
  districtCode?: string
  startsAt?: string
  endsAt?: string
  /** Pupils may come, too. */
  minorsAllowed?: boolean
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
  for (const wanted of teams) made.push(await aTeamWanted(app, wanted))
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
        minorsSuitable: wanted.minorsAllowed ?? false,
        createdAt,
      })
      const shiftId = shiftIds[at]!
      const { min, target, max } = wanted
      await tx.insert(shifts).values({
        id: shiftId,
        eventId,
        zoneId,
        work: '清理小广告',
        startsAt: instantFrom(wanted.startsAt ?? '2026-03-04T13:30:00+08:00'),
        endsAt: instantFrom(wanted.endsAt ?? '2026-03-04T15:30:00+08:00'),
        min,
        target,
        max,
        minorsAllowed: wanted.minorsAllowed ?? false,
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

async function aTeamWanted(
  app: TestApp,
  { heads, skills, districtCode = '210502', pupils = 0 }: TeamWanted,
): Promise<Mobilization['teams'][number]> {
  const { db } = app
  const school = pupils > 0
  const { id: unitId } = await aUnit(db, { districtCode, kind: school ? 'school' : 'government' })
  const base = { baseLatitude: 41.29, baseLongitude: 123.76 }
  const { id } = await aTeam(db, { ...base, unitId, kind: school ? 'class' : 'team' })
  const personIds: string[] = []
  const add = async (role: 'teacher' | 'pupil' | 'member', birthDate: string) =>
    personIds.push((await aPerson(app, { birthDate, skills, memberships: [{ teamId: id, role }] })).id)
  for (let i = 0; i < heads; i++) await add(school ? 'teacher' : 'member', '1985-06-15')
  for (let i = 0; i < pupils; i++) await add('pupil', '2015-05-01')
  return { id, unitId, personIds }
}
