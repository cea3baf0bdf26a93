import type { Problem } from '#planner/index.ts'
import { provinceOf } from './plan-problem.ts'

export interface RosterWanted {
  /** Cities of 387 teams, about 14,500 people and 420 zones each. */
  cities?: number
  weeks?: number
  /** Shifts of 1.5, 2 and 2.5 hours instead of 2. The weekly limit in hours is then not a fixed number of shifts. */
  uneven?: boolean
  /** Include pupils (with their teachers), not only adults. */
  minors?: boolean
  seed?: number
}

const day = 1440
const saturday = 5 * day
const wednesday = 2 * day

/**
 * A month of weekly shifts: every zone has one on Wednesday and one on Saturday afternoon, preferably for people of its
 * responsible unit. Limits for each person: one shift a day, three hours a week, eleven hours of rest. One person in eight
 * is away in the first half.
 */
export function rosterProblem({
  cities = 1,
  weeks = 4,
  uneven = false,
  minors = false,
  seed = 20260304,
}: RosterWanted = {}): Problem {
  const city = provinceOf(cities, seed)
  const { vol } = city
  const horizon = weeks * 7 * day
  const people = [...vol.team.keys()].filter((person) => minors || !vol.minor[person])
  const column = (of: number[]) => people.map((person) => of[person]!)
  const away = (person: number) => person % 8 === 0
  const shifts: Problem['shifts'] = []
  for (let week = 0; week < weeks; week++)
    for (const [at, date] of [wednesday, saturday].entries())
      for (const zone of city.zones.keys()) {
        const demand = city.shifts[zone]!
        const start = week * 7 * day + date + 840
        const length = uneven ? 90 + 30 * ((zone + at + week) % 3) : 120
        shifts.push({ ...demand, zone, start, end: start + length })
      }
  return {
    ...city,
    vol: {
      team: column(vol.team),
      minor: column(vol.minor),
      skills: column(vol.skills),
      from: people.map((person) => (away(person) ? horizon / 2 : 0)),
      to: people.map(() => horizon),
      hours: column(vol.hours),
    },
    commitments: [],
    shifts,
    shiftsPerPerson: 1,
    restMinutes: 660,
    hoursPerWeek: 3,
  }
}
