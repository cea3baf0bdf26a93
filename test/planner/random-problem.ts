import type { Problem } from '#planner/index.ts'
import { aProblem } from '#test/support/factories/planner.ts'

/** A small generator of random numbers (mulberry32): the same seed, the same problems. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** Zones anywhere, of which every third belongs to nobody. */
export const randomZones = (count: number, below: (below: number) => number) =>
  Array.from({ length: count }, () => ({
    district: below(2),
    x: below(4000),
    y: below(4000),
    kind: 0,
    minorsOk: below(100) < 60,
    unit: below(3) - 1,
  }))

export interface Size {
  people: number
  shifts: number
}

/** A random problem in which every rule may bind: minors, skills, duties elsewhere, pins, whole teams, frozen shifts. */
export function randomProblem(seed: number, size: Size): Problem {
  const below = randomFrom(seed)
  const chance = (percent: number) => below(100) < percent
  const teams = 1 + below(3)
  const zones = 1 + below(3)
  const starts = [480, 600, 720, 540]
  const people = Array.from({ length: 1 + below(size.people) }, () => {
    const early = chance(25)
    return {
      team: below(teams),
      minor: chance(25) ? 1 : 0,
      skills: chance(40) ? 1 + below(3) : 0,
      from: chance(20) ? 600 : 480,
      to: early ? 720 : 1080,
      hours: below(20),
      barred: chance(6) ? 1 : 0,
    }
  })
  const demand = Array.from({ length: 1 + below(size.shifts) }, () => {
    const min = below(3)
    const target = min + below(3)
    const start = starts[below(4)]!
    return {
      zone: below(zones),
      start,
      end: start + 60 + 60 * below(2),
      min,
      target,
      max: target + 1 + below(2),
      ...(chance(40)
        ? {
            skills: chance(30)
              ? [
                  { skill: 0, min: 1 },
                  { skill: 1, min: 1 },
                ]
              : [{ skill: below(2), min: 1 }],
          }
        : {}),
    }
  })
  const problem = aProblem({
    K: 1 + below(3),
    buffer: 10,
    reserveShare: chance(50) ? 0.3 : 0,
    districts: 2,
    units: [{ district: 0 }, { district: 1 }],
    teams: Array.from({ length: teams }, (_, team) => ({
      unit: team - 1,
      school: -1,
      x: below(4000),
      y: below(4000),
      ...(chance(15) ? { whole: true } : {}),
    })),
    zones: randomZones(zones, below),
    policy: chance(50) ? 'fill' : 'together',
    ownUnit: chance(25) ? 'hard' : 'preferred',
    ...(chance(25) ? { shiftsPerPerson: 2, restMinutes: 30 * below(3) } : {}),
    people,
    demand,
  })
  for (let person = 0; person < people.length; person++)
    if (chance(12))
      problem.commitments.push({
        vol: person,
        start: 420 + 60 * below(8),
        end: 480 + 60 * below(10),
        x: below(9000),
        y: 0,
      })
  problem.commitments = problem.commitments.filter(({ start, end }) => start < end)
  return problem
}
