import { type Instance, isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { uncovered } from '../instance/uncovered.ts'
import { holds } from './funnel.ts'

/** A placement that may be changed: the person is not pinned, not in a whole team, and not needed as an escort. */
export interface Mover {
  person: number
  shift: number
  /** Serves in a zone of their own unit. */
  own: boolean
  /** Whether other shifts or duties elsewhere restrict the zones in which the person can serve. */
  tied: boolean
}

/**
 * The people of a finished plan who could be placed elsewhere one by one. Minors move only with escorts, so they are
 * not included.
 */
export function moversOf(book: RosterBook): Mover[] {
  const { instance } = book
  const { pins, teams } = instance.problem
  const pinned = new Set(pins.map(({ vol, shift }) => vol * instance.shifts + shift))
  const movers: Mover[] = []
  book.peopleOn.forEach((people, shift) => {
    if (instance.frozen[shift]) return
    const escorting = escortingTeams(instance, people)
    for (const person of people) {
      const team = instance.team[person]!
      if (instance.minor[person] || escorting.has(team) || teams[team]!.whole) continue
      if (pinned.has(person * instance.shifts + shift)) continue
      const tied = instance.commitmentsOf.has(person) || book.servingOf(person).length > 1
      movers.push({ person, shift, own: isOwn(instance, team, shift), tied })
    }
  })
  return movers
}

/** Teams of which no adult can leave the shift, because its minors would have too few escorts. */
export function escortingTeams(instance: Instance, people: readonly number[]): Set<number> {
  const minors = new Map<number, number>()
  for (const person of people) {
    const team = instance.team[person]!
    if (instance.minor[person]) minors.set(team, (minors.get(team) ?? 0) + 1)
  }
  const tight = new Set<number>()
  for (const [team, count] of minors) {
    const adults = people.filter((person) => instance.team[person] === team && !instance.minor[person]).length
    if (count > instance.problem.K * (adults - 1)) tight.add(team)
  }
  return tight
}

/** Whether a required skill would be missing if the person left the shift. */
export function skillNeeds(book: RosterBook, person: number, shift: number, skill?: number): boolean {
  const { instance, peopleOn } = book
  const needs = instance.needs[shift]!
  const asked = needs.some(
    (need) => (skill === undefined || need.skill === skill) && holds(instance, person, need.skill),
  )
  if (!asked) return false
  const missing = (people: readonly number[]) =>
    uncovered(
      needs,
      people.map((each) => instance.skills[each]!),
    ).reduce((sum, each) => sum + each, 0)
  const present = peopleOn[shift]!
  return missing(present.filter((each) => each !== person)) > missing(present)
}
