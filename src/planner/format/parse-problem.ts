import { Compile } from 'typebox/compile'
import { PlannerError } from '../errors.ts'
import { judgePins } from '../instance/impossible-pins.ts'
import { coordinateMax, countMax, type Problem, ProblemFormat } from './problem-format.ts'

/** One fault of a problem: path, rule, and text. */
export interface Fault {
  at: string
  code: string
  text: string
}

const format = Compile(ProblemFormat)
const faultsMax = 50

/**
 * Validates and reads a planning problem strictly.
 * @throws PlannerError `plan.problem_invalid` with all faults (at most 50): unknown and missing keys, negative
 *   counts, positions that do not exist, demand out of order, pins that cannot be kept
 */
export function parseProblem(input: unknown): Problem {
  const faults = shapeFaults(input)
  if (faults.length === 0) faults.push(...referenceFaults(input as Problem))
  if (faults.length === 0) faults.push(...pinFaults(input as Problem))
  if (faults.length > 0) {
    const shown = faults.slice(0, faultsMax)
    const text = shown.map((fault) => `${fault.at}: ${fault.text}`).join('; ')
    throw new PlannerError('plan.problem_invalid', `The problem cannot be planned: ${text}`, {
      faults: shown,
    })
  }
  return input as Problem
}

function shapeFaults(input: unknown): Fault[] {
  if (format.Check(input)) return []
  const faults: Fault[] = []
  for (const error of format.Errors(input)) {
    const at = pathOf(error.instancePath)
    if (error.keyword === 'boolean') faults.push({ at, code: 'unknown_key', text: 'this key is not known' })
    else if (error.keyword === 'required') {
      const missing = (error.params as { requiredProperties: string[] }).requiredProperties
      faults.push({ at: at || '(top)', code: 'missing_key', text: `lacks ${missing.join(', ')}` })
    } else if (error.keyword === 'minimum' && (error.params as { limit: unknown }).limit === 0)
      faults.push({ at, code: 'negative', text: 'must not be negative' })
    else if (error.keyword === 'maximum' || error.keyword === 'minimum') faults.push(beyond(at, error.params))
    else if (
      error.keyword !== 'additionalProperties' &&
      error.keyword !== 'anyOf' &&
      error.keyword !== 'const'
    )
      faults.push({ at: at || '(top)', code: 'wrong_type', text: error.message })
    else if (error.keyword === 'anyOf')
      faults.push({ at, code: 'unknown_value', text: 'is not one of the values allowed' })
  }
  return faults
}

/** The fault for a number out of range. */
function beyond(at: string, params: unknown): Fault {
  const { limit } = params as { limit: number }
  return Math.abs(limit) === coordinateMax
    ? { at, code: 'too_far', text: `lies more than ${coordinateMax / 1000} km from the middle` }
    : { at, code: 'too_large', text: `is beyond ${limit}` }
}

/** `/shifts/3/min` → `shifts[3].min` */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step, depth) => (/^\d+$/.test(step) ? `[${step}]` : depth === 0 ? step : `.${step}`))
    .join('')
}

function referenceFaults(problem: Problem): Fault[] {
  const faults: Fault[] = []
  const people = problem.vol.team.length
  const say = (at: string, code: string, text: string) => {
    if (faults.length < faultsMax) faults.push({ at, code, text })
  }
  const within = (value: number, length: number, at: string, what: string) => {
    if (value >= length) say(at, 'no_such_position', `there is no ${what} ${value}`)
  }
  for (const [name, column] of Object.entries(problem.vol))
    if (column.length !== people)
      say(`vol.${name}`, 'ragged', `has ${column.length} entries where vol.team has ${people}`)
  for (const [i, team] of problem.vol.team.entries())
    within(team, problem.teams.length, `vol.team[${i}]`, 'team')
  for (const [i, unit] of problem.units.entries())
    within(unit.district, problem.districts, `units[${i}].district`, 'district')
  for (const [i, team] of problem.teams.entries())
    within(team.unit, problem.units.length, `teams[${i}].unit`, 'unit')
  problem.zones.forEach((zone, i) => {
    within(zone.district, problem.districts, `zones[${i}].district`, 'district')
    within(zone.unit, problem.units.length, `zones[${i}].unit`, 'unit')
  })
  problem.shifts.forEach((shift, i) => {
    const at = `shifts[${i}]`
    within(shift.zone, problem.zones.length, `${at}.zone`, 'zone')
    if (shift.start >= shift.end) say(at, 'no_duration', 'ends before it starts')
    if (shift.min > shift.target) say(at, 'demand_order', `min ${shift.min} is above target ${shift.target}`)
    if (shift.target > shift.max) say(at, 'demand_order', `target ${shift.target} is above max ${shift.max}`)
    if (shift.skills && shift.skill !== undefined && shift.skill >= 0)
      say(at, 'skill_twice', 'has both skill and skills')
    if (shift.skills && new Set(shift.skills.map((need) => need.skill)).size < shift.skills.length)
      say(`${at}.skills`, 'skill_twice', 'names one skill twice')
  })
  for (const key of ['min', 'target', 'max'] as const)
    if (problem.shifts.reduce((sum, shift) => sum + shift[key], 0) > countMax)
      say('shifts', 'too_large', `${key} of all shifts together is beyond ${countMax}`)
  for (const [i, commitment] of problem.commitments.entries()) {
    const at = `commitments[${i}]`
    within(commitment.vol, people, `${at}.vol`, 'person')
    if (commitment.start > commitment.end) say(at, 'no_duration', 'ends before it starts')
  }
  for (const [name, list] of [
    ['pins', problem.pins],
    ['previous', problem.previous ?? []],
  ] as const)
    list.forEach((placement, i) => {
      within(placement.vol, people, `${name}[${i}].vol`, 'person')
      within(placement.shift, problem.shifts.length, `${name}[${i}].shift`, 'shift')
    })
  return faults
}

/** Pins that no plan can keep: alone, or together with earlier pins. */
function pinFaults(problem: Problem): Fault[] {
  return judgePins(problem).map(({ pin, because }) => {
    const { vol, shift } = problem.pins[pin]!
    const text = `person ${vol} on shift ${shift}: ${refusalTexts[because]}`
    return { at: `pins[${pin}]`, code: 'impossible_pin', text }
  })
}

const refusalTexts = {
  unavailable: 'not available at that time',
  barred: 'may not be placed',
  minors: 'a minor, and the zone is not suitable for minors',
  committed: 'has a duty elsewhere, travel included',
  overlaps: 'is pinned to another shift at that time, travel and rest included',
  enough: 'has as many shifts as allowed that day',
  hours: 'would exceed the hours of that week',
  full: 'more pins than places',
  unescorted: 'a minor, and no adult of the team can go with them',
} as const
