import { holds } from './funnel.ts'
import { type Instance, isOwn } from './instance.ts'
import type { RosterBook } from './roster-book.ts'
import { uncovered } from './seats.ts'

/** One placement that may be changed: the person is not pinned, not tied to their team, and not needed as an escort. */
export interface Mover {
  person: number
  shift: number
  /** Serves in a zone of their own unit. */
  own: boolean
  /** Whether other shifts or duties elsewhere make it a matter of place where else they can serve. */
  tied: boolean
}

/** Whom a finished plan could place elsewhere one by one. Minors move with their escorts and are not among them. */
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

/** Teams of which no adult can leave the shift without leaving too many of its minors behind. */
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

/** Whether a place for a skill would be empty if the person left the shift. */
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
