import { createHash } from 'node:crypto'
import type { Described } from './describe-problem.ts'
import type { Problem } from './problem-format.ts'

/** What a proposal is made from, facet by facet; each is compared alone, so that a refusal says what changed. */
export const facets = ['rules', 'teams', 'people', 'commitments', 'zones', 'shifts', 'pins'] as const
export type Facet = (typeof facets)[number]

/** A digest for each facet, and one for each shift. */
export interface Basis {
  facets: Record<Facet, string>
  shifts: Record<string, string>
}

/** What is different between two bases: the facets, and which shifts (at most 20 are named). */
export interface Difference {
  facets: Facet[]
  shifts: string[]
}

/**
 * Stamps a problem as it was read. `ids` are the names behind its positions: two problems are the same only
 * when the same people stand at the same places.
 */
function basisOf(problem: Problem, ids: { people: string[]; teams: string[]; shifts: string[] }): Basis {
  const { K, speed, buffer, reserveShare, shiftsPerPerson, restMinutes, hoursPerWeek, ownUnit } = problem
  const of: Record<Facet, unknown> = {
    rules: { K, speed, buffer, reserveShare, shiftsPerPerson, restMinutes, hoursPerWeek, ownUnit },
    teams: [ids.teams, problem.teams, problem.units],
    people: [ids.people, problem.vol],
    commitments: problem.commitments,
    zones: problem.zones,
    shifts: [ids.shifts, problem.shifts],
    pins: problem.pins,
  }
  const digests = Object.fromEntries(facets.map((facet) => [facet, digest(of[facet])]))
  return {
    facets: digests as Record<Facet, string>,
    shifts: Object.fromEntries(ids.shifts.map((id, at) => [id, digest(problem.shifts[at])])),
  }
}

/** The digests of a described problem. */
export function stampOf({ problem, names }: Described): Basis {
  return basisOf(problem, { ...names, people: names.people.map((id) => id ?? '') })
}

/** What changed between the data a proposal was made from and the data as it is now; null: nothing. */
export function differenceOf(before: Basis, now: Basis): Difference | null {
  const changed = facets.filter((facet) => before.facets[facet] !== now.facets[facet])
  if (changed.length === 0) return null
  const all = new Set([...Object.keys(before.shifts), ...Object.keys(now.shifts)])
  const shifts = [...all].filter((id) => before.shifts[id] !== now.shifts[id])
  return { facets: changed, shifts: shifts.slice(0, 20) }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16)
}
