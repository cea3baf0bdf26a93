import { existsSync, readFileSync } from 'node:fs'
import { parseProblem } from '#planner/direct.ts'
import type { Problem } from '#planner/index.ts'

export type Random = () => number

const reference = process.env.PLAN_FILE ?? '../shared/data/planning/event-1x.json'

/** The problem of this size: 1 is the reference day from PLAN_FILE where that exists; all others are generated. */
export function dayOf(size: number): Problem {
  return parseProblem(
    size === 1 && hasReference() ? JSON.parse(readFileSync(reference, 'utf8')) : provinceOf(size),
  )
}

/** Whether the file of the reference day exists: without it size 1 is generated, too. */
export function hasReference(): boolean {
  return existsSync(reference)
}

/** A deterministic random number generator (mulberry32): the same seed gives the same city. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Generates the planning problem of a province with `cities` cities. Each city has its own random data of the size of the
 * reference day: 365 teams and 22 schools, about 14,500 people, 420 zones, 700 shifts.
 */
export function provinceOf(cities: number, seed = 20260304): Problem {
  const problem: Problem = {
    K: 10,
    speed: 200,
    buffer: 10,
    reserveShare: 0.03,
    districts: 6 * cities,
    units: [],
    teams: [],
    vol: { team: [], minor: [], skills: [], from: [], to: [], hours: [] },
    commitments: [],
    zones: [],
    shifts: [],
    pins: [],
    policy: 'fill',
    ownUnit: 'preferred',
  }
  const columns = Math.ceil(Math.sqrt(cities))
  for (let city = 0; city < cities; city++)
    addCity(
      problem,
      city,
      { x: (city % columns) * citySide, y: Math.floor(city / columns) * citySide },
      randomFrom(seed + city),
    )
  return problem
}

const citySide = 40_000

function addCity(problem: Problem, city: number, at: { x: number; y: number }, random: Random): void {
  const below = (count: number) => Math.floor(random() * count)
  const firstUnit = problem.units.length
  const centres = Array.from({ length: 6 }, () => ({
    x: at.x + below(citySide * 0.8),
    y: at.y + below(citySide * 0.8),
  }))
  const near = (district: number) => ({
    x: Math.round(centres[district]!.x + (random() + random() - 1) * 7000),
    y: Math.round(centres[district]!.y + (random() + random() - 1) * 7000),
  })
  for (let unit = 0; unit < 336; unit++) problem.units.push({ district: city * 6 + (unit % 6) })
  for (let team = 0; team < 387; team++) {
    const school = team >= 365
    const unit = school ? 314 + team - 365 : team < 314 ? team : below(314)
    problem.teams.push({ unit: firstUnit + unit, school: school ? team - 365 : -1, ...near(unit % 6) })
    const index = problem.teams.length - 1
    if (school) addPeople(problem, index, 132, 15, random)
    else addPeople(problem, index, 0, 5 + Math.floor(52 * random() ** 1.3) + below(8), random)
  }
  for (let zone = 0; zone < 420; zone++) {
    const district = zone % 6
    const unit = zone < 314 ? zone : below(314)
    problem.zones.push({
      district: city * 6 + district,
      ...near(district),
      kind: below(8),
      minorsOk: random() < 0.35,
      unit: firstUnit + unit,
    })
    addShifts(problem, problem.zones.length - 1, random)
  }
}

function addPeople(problem: Problem, team: number, minors: number, adults: number, random: Random): void {
  const { vol } = problem
  for (let i = 0; i < minors + adults; i++) {
    const kind = random()
    vol.team.push(team)
    vol.minor.push(i < minors ? 1 : 0)
    vol.skills.push(
      i < minors ? 0 : (random() < 0.12 ? 1 : 0) | (random() < 0.08 ? 2 : 0) | (random() < 0.02 ? 4 : 0),
    )
    vol.from.push(kind < 0.05 ? 0 : kind < 0.2 ? 925 : 780)
    vol.to.push(kind < 0.05 ? 0 : kind > 0.82 ? 935 : 1080)
    vol.hours.push(Math.floor(60 * random() ** 2))
    if (random() < 0.01) {
      const { x, y } = problem.teams[team]!
      problem.commitments.push({
        vol: vol.team.length - 1,
        start: 600,
        end: 760 + Math.floor(random() * 60),
        x,
        y,
      })
    }
  }
}

function addShifts(problem: Problem, zone: number, random: Random): void {
  const day = random() < 1 / 3
  for (const [start, end] of day
    ? [[810, 1050]]
    : [
        [810, 930],
        [930, 1050],
      ]) {
    const min = 4 + Math.floor(random() * 13)
    const target = min + Math.ceil(min * (0.5 + random() * 0.4))
    const skilled = random() < 0.35
    problem.shifts.push({
      zone,
      start: start!,
      end: end!,
      min,
      target,
      max: target + Math.ceil(target * 0.3),
      skill: skilled ? Math.floor(random() ** 2 * 3) : -1,
      skillMin: skilled ? 1 + Math.floor((min / 6) * random()) : 0,
    })
  }
}
