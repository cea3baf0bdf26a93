import type { Proposal } from '../format/proposal.ts'
import { forbids } from './duties.ts'
import type { State, Violation } from './violation.ts'

/** Compares the shortages the proposal states with the real ones. */
export function* figures(
  { problem, byShift }: State,
  { shortages, quality }: Proposal,
): Generator<Violation> {
  const said = { minimum: 0, skill: 0, target: 0 }
  for (const { kind, missing } of shortages) said[kind] += missing
  const goal = (name: string) => quality.goals.find((each) => each.goal === name)?.achieved
  const short = { minimum: 0, target: 0, skill: 0, skillAlone: 0 }
  for (const [shift, { min, target, skill = -1, skillMin = 0, skills = [] }] of problem.shifts.entries()) {
    const count = byShift[shift]!.length
    short.minimum += Math.max(0, min - count)
    short.target += Math.max(0, target - count)
    const needs = [...skills, ...(skill >= 0 ? [{ skill, min: skillMin }] : [])]
    const holders = byShift[shift]!.map((vol) => problem.vol.skills[vol]!)
    short.skill += needs.reduce((sum, need) => sum + need.min, 0) - coverable(needs, holders)
    for (const need of needs)
      short.skillAlone += Math.max(0, need.min - holders.filter((held) => (held >> need.skill) & 1).length)
  }
  const saidSkill = Math.min(said.skill, goal('skill') ?? said.skill)
  if (saidSkill < short.skill)
    yield saidSkill >= short.skillAlone
      ? {
          code: 'skill_twice',
          text: `${short.skill} places for skills are empty, the proposal says ${saidSkill}`,
        }
      : { code: 'figures', text: `skills: ${short.skill} short, the proposal says ${saidSkill}` }
  else if (saidSkill > short.skill)
    yield { code: 'figures', text: `skills: ${short.skill} short, not ${saidSkill}` }
  for (const name of ['minimum', 'target'] as const)
    if (goal(name) !== short[name])
      yield { code: 'figures', text: `${name}: ${short[name]} short, the proposal says ${goal(name)}` }
  const apart = withoutOwnEscorts({ problem, byShift })
  if ((goal('escorts') ?? apart) !== apart)
    yield { code: 'figures', text: `escorts: ${apart} short, the proposal says ${goal('escorts')}` }
  const below = short.target - short.minimum
  if (said.minimum !== short.minimum || said.target !== below)
    yield {
      code: 'figures',
      text: `shortages name ${said.minimum} and ${said.target} seats where ${short.minimum} and ${below} are empty`,
    }
}

/**
 * Minors whom adults of their team could escort, but these adults serve without them or not at all: of each team the
 * minors who may serve somewhere, at most K for each adult who may serve there, minus K for each adult on a shift
 * beside a minor of their own.
 */
function withoutOwnEscorts({ problem, byShift }: Pick<State, 'problem' | 'byShift'>): number {
  const { K, vol, teams } = problem
  const elsewhere = Map.groupBy(problem.commitments, (commitment) => commitment.vol)
  const open = [...problem.shifts.keys()].filter((at) => {
    const { zone, frozen, max } = problem.shifts[at]!
    return !frozen && max > 0 && problem.zones[zone]!.minorsOk
  })
  const known = new Map<string, boolean>()
  const may = (person: number) => {
    const duties = elsewhere.get(person)
    const key = duties ? `${person}` : `${vol.from[person]}-${vol.to[person]}-${vol.barred?.[person] ?? 0}`
    const is = known.get(key) ?? open.some((shift) => !forbids(problem, person, shift, duties ?? []))
    known.set(key, is)
    return is
  }
  const waiting = teams.map(() => 0)
  const able = teams.map(() => 0)
  for (const [person, team] of vol.team.entries()) if (vol.minor[person] && may(person)) waiting[team]!++
  for (const [person, team] of vol.team.entries())
    if (!vol.minor[person] && waiting[team]! > 0 && may(person)) able[team]!++
  const escorting = teams.map(() => 0)
  for (const present of byShift)
    for (const [team, party] of Map.groupBy(new Set(present), (person) => vol.team[person]!)) {
      const minors = party.filter((person) => vol.minor[person]).length
      escorting[team]! += Math.min(minors, party.length - minors)
    }
  return teams.reduce((sum, _, team) => {
    const most = Math.min(waiting[team]!, K * able[team]!)
    return sum + Math.max(0, most - K * escorting[team]!)
  }, 0)
}

/**
 * How many needs can be covered if each person counts once: a maximum bipartite matching. People with equal skills
 * are one node with a capacity, so the size depends only on the number of different skill sets.
 */
function coverable(needs: readonly { skill: number; min: number }[], holders: readonly number[]): number {
  const groups = [...Map.groupBy(holders, (held) => held).entries()].map(([held, people]) => ({
    held,
    left: people.length,
    given: needs.map(() => 0),
  }))
  let covered = 0
  needs.forEach((need, at) => {
    for (let seat = 0; seat < need.min && reassign(at, new Set()); seat++) covered++
  })
  return covered

  /** Assigns one more person to the need: a free one, or one of another need that gets a replacement. */
  function reassign(at: number, seen: Set<number>): boolean {
    seen.add(at)
    for (const group of groups) {
      if (!((group.held >> needs[at]!.skill) & 1)) continue
      if (group.left > 0) group.left--
      else {
        const other = group.given.findIndex((count, need) => {
          return count > 0 && !seen.has(need) && reassign(need, seen)
        })
        if (other < 0) continue
        group.given[other]!--
      }
      group.given[at]!++
      return true
    }
    return false
  }
}
