import { eq, inArray } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { shifts } from '#modules/events/schema.ts'
import { districtNames } from '#modules/grid/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Naming } from './sentences.ts'

/** The origin of a proposal's minutes, and the time zone. */
export interface Hours {
  midnight: string
  timeZone: string
}

/** The instant of a minute of the proposal. */
export function momentOf({ midnight, timeZone }: Hours, minute: number): DateTime {
  return DateTime.fromISO(midnight, { zone: timeZone }).plus({ minutes: minute })
}

/** The present names of shifts, teams and skills. A deleted shift or team is shown by its id. */
export async function namingOf(
  db: Reader,
  hours: Hours,
  { shiftIds, teamIds }: { shiftIds: readonly string[]; teamIds: readonly string[] },
): Promise<Naming<string>> {
  const places = new Map<string, { zone: string; time: string }>()
  for (const some of chunks(shiftIds)) {
    const rows = await db
      .select({ id: shifts.id, zone: zones.name, startsAt: shifts.startsAt, endsAt: shifts.endsAt })
      .from(shifts)
      .innerJoin(zones, eq(zones.id, shifts.zoneId))
      .where(inArray(shifts.id, some))
    for (const { id, zone, startsAt, endsAt } of rows) {
      const local = (at: DateTime, format: string) => at.setZone(hours.timeZone).toFormat(format)
      places.set(id, { zone, time: `${local(startsAt, 'MM-dd HH:mm')}–${local(endsAt, 'HH:mm')}` })
    }
  }
  const teamNames = new Map<string, string>()
  for (const some of chunks(teamIds)) {
    const rows = await db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(inArray(teams.id, some))
    for (const { id, name } of rows) teamNames.set(id, name)
  }
  const districts = new Map((await districtNames(db)).map(({ code, name }) => [code, name]))
  const day = momentOf(hours, 0).toISODate()
  return {
    zone: (shift) => places.get(shift)?.zone ?? shift,
    time: (shift) => places.get(shift)?.time ?? '',
    team: (team) => teamNames.get(team) ?? team,
    skill: (skill) => skill,
    district: (code) => districts.get(code) ?? code,
    clock: (minute) => {
      const at = momentOf(hours, minute)
      return at.toFormat(at.toISODate() === day ? 'HH:mm' : 'MM-dd HH:mm')
    },
  }
}

function* chunks(ids: readonly string[]): Generator<string[]> {
  for (let from = 0; from < ids.length; from += 500) yield ids.slice(from, from + 500)
}
