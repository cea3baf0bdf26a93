import type { Problem } from '#planner/index.ts'
import { impossiblePins } from '#planner/instance/impossible-pins.ts'
import { aProblem } from '#test/support/factories/planner.ts'
import { randomFrom, randomZones, type Size } from './random-problem.ts'

const day = 1440

export interface RosterKind extends Size {
  /** `even`: equal lengths, adults, no duties elsewhere. `uneven`: whatever may break that. */
  kind: 'even' | 'uneven'
  weeks?: number
  /** With a plan from before that counts, and shifts that are frozen. */
  replan?: boolean
}

/** A random roster over weeks: a limit of hours a week, one or two shifts a day, rest, own zones, skills, pins. */
export function randomRoster(
  seed: number,
  { kind, weeks = 2, replan = false, ...size }: RosterKind,
): Problem {
  const below = randomFrom(seed)
  const chance = (percent: number) => below(100) < percent
  const uneven = kind === 'uneven'
  const teams = 1 + below(2)
  const zones = 1 + below(3)
  const length = 60 * (1 + below(2))
  const perDay = 1 + below(2)
  const days = chance(50) ? [2, 5] : [5]
  const slots = [480, 840].slice(0, chance(60) ? 2 : 1)
  const people = Array.from({ length: 2 + below(size.people - 1) }, () => ({
    team: below(teams),
    minor: uneven && chance(25) ? 1 : 0,
    skills: chance(40) ? 1 + below(3) : 0,
    from: chance(15) ? 7 * day : 0,
    to: chance(15) ? 6 * day : weeks * 7 * day,
    hours: below(20),
    barred: chance(5) ? 1 : 0,
  }))
  const demand = Array.from({ length: 2 + below(size.shifts - 1) }, (_, at) => {
    const min = below(3)
    const target = min + below(3)
    const late = uneven && chance(15)
    const week = at < 2 ? at : below(weeks)
    const start = (7 * week + days[below(days.length)]!) * day
    const from = late ? 1380 : slots[below(slots.length)]! + (uneven ? 60 * below(3) : 0)
    return {
      zone: below(zones),
      start: start + from,
      end: start + from + (uneven ? 60 * (1 + below(3)) : length),
      min,
      target,
      max: target + 1 + below(2),
      ...(chance(40) ? { skills: needsOf(below) } : {}),
    }
  })
  const problem = aProblem({
    K: 1 + below(3),
    buffer: 10,
    reserveShare: chance(50) ? 0.3 : 0,
    districts: 2,
    units: [{ district: 0 }, { district: 1 }],
    teams: Array.from({ length: teams }, (_, team) => ({
      unit: team,
      school: -1,
      x: below(4000),
      y: below(4000),
      ...(uneven && chance(10) ? { whole: true } : {}),
    })),
    zones: randomZones(zones, below),
    policy: chance(50) ? 'fill' : 'together',
    ownUnit: chance(30) ? 'hard' : 'preferred',
    shiftsPerPerson: perDay,
    restMinutes: chance(30) ? 60 * below(8) : 0,
    ...(chance(80) ? { hoursPerWeek: (length / 60) * (1 + below(3)) + below(2) * 0.5 } : {}),
    people,
    demand,
  })
  if (uneven && chance(40))
    problem.commitments.push({
      vol: below(people.length),
      start: 5 * day + 420,
      end: 5 * day + 500 + 60 * below(6),
      x: below(9000),
      y: 0,
    })
  if (chance(25)) {
    const pin = { vol: below(people.length), shift: below(demand.length) }
    // Who could cover either of two needs leaves open which, and no cap says so.
    const either = kind === 'even' && problem.vol.skills[pin.vol] === 3
    problem.pins = [pin]
    // A minor is pinned with an escort, or not at all.
    if (either || problem.vol.minor[pin.vol] || impossiblePins(problem).length > 0) problem.pins = []
  }
  if (!replan) return problem
  problem.stability = chance(50) ? 'prefer' : 'onlyForMinimum'
  problem.previous = Array.from({ length: 10 }, () => {
    return { vol: below(people.length), shift: below(demand.length) }
  })
  // Minors without an escort, and part of a whole team, could neither stay on a frozen shift nor leave it.
  const bound = ({ vol }: { vol: number }) =>
    problem.vol.minor[vol] === 1 || problem.teams[problem.vol.team[vol]!]!.whole === true
  if (chance(30) && !problem.previous.some(bound)) problem.shifts[0]!.frozen = true
  return problem
}

function needsOf(below: (count: number) => number): { skill: number; min: number }[] {
  if (below(10) < 7) return [{ skill: below(2), min: 1 }]
  return [
    { skill: 0, min: 1 },
    { skill: 1, min: 1 },
  ]
}
