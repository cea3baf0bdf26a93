import { createHash } from 'node:crypto'
import type { Problem } from '#planner/index.ts'
import type { Described } from './problem-draft.ts'
import { type Facet, facets } from './words.ts'

const facetNames = Object.keys(facets) as Facet[]

/** Digests of the input data: one for each facet, and one for each shift. */
export interface Basis {
  facets: Record<Facet, string>
  shifts: Record<string, string>
}

/** The difference of two bases: the changed facets and the changed shifts (at most 20). */
export interface Difference {
  facets: Facet[]
  shifts: string[]
}

/**
 * The digests of a problem. `ids` are the database ids behind its positions, so two problems are equal only if the
 * same people, teams and shifts have the same positions.
 */
function digestsOf(problem: Problem, ids: { people: string[]; teams: string[]; shifts: string[] }): Basis {
  const { K, speed, buffer, reserveShare, shiftsPerPerson, restMinutes, hoursPerWeek, ownUnit } = problem
  const inputs: Record<Facet, unknown> = {
    rules: { K, speed, buffer, reserveShare, shiftsPerPerson, restMinutes, hoursPerWeek, ownUnit },
    teams: [ids.teams, problem.teams, problem.units],
    people: [ids.people, problem.vol],
    commitments: problem.commitments,
    zones: problem.zones,
    shifts: [ids.shifts, problem.shifts],
    pins: problem.pins,
  }
  const digests = Object.fromEntries(facetNames.map((facet) => [facet, digest(inputs[facet])]))
  return {
    facets: digests as Record<Facet, string>,
    shifts: Object.fromEntries(ids.shifts.map((id, at) => [id, digest(problem.shifts[at])])),
  }
}

/** The digests of the input a problem was described from. */
export function basisOf({ problem, names }: Described): Basis {
  return digestsOf(problem, { ...names, people: names.people.map((id) => id ?? '') })
}

/** The facets and shifts that changed between the input of a proposal and the data now; null: nothing changed. */
export function differenceOf(before: Basis, now: Basis): Difference | null {
  const changed = facetNames.filter((facet) => before.facets[facet] !== now.facets[facet])
  if (changed.length === 0) return null
  const all = new Set([...Object.keys(before.shifts), ...Object.keys(now.shifts)])
  const shifts = [...all].filter((id) => before.shifts[id] !== now.shifts[id])
  return { facets: changed, shifts: shifts.slice(0, 20) }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16)
}
