import { distanceOf, type Instance, isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { blockFor } from './escorts.ts'

/**
 * Places teams that must not be split, the largest first, each on the shift where it fills most: on one shift with as
 * many members as there are seats, or nowhere. If a member is pinned, the others may only join them.
 */
export function placeWholeTeams(book: RosterBook, free: readonly number[]): void {
  const { instance } = book
  const { teams } = instance.problem
  const members = Map.groupBy(
    free.filter((person) => teams[instance.team[person]!]!.whole && !book.serves(person)),
    (person) => instance.team[person]!,
  )
  const anchors = anchorsOf(book)
  const largestFirst = [...members].sort(([a, one], [b, other]) => other.length - one.length || a - b)
  for (const [team, people] of largestFirst) {
    const anchor = anchors.get(team)
    const shifts = anchor ? (anchor.size === 1 ? [...anchor] : []) : instance.window.keys()
    let best: { shift: number; people: number[] } | null = null
    let bestScore = 0
    for (const shift of shifts) {
      if (instance.frozen[shift]) continue
      const party = partyFor(book, team, people, shift)
      const score = worth(instance, book, team, shift, party.length)
      if (party.length === 0 || score <= bestScore) continue
      best = { shift, people: party }
      bestScore = score
    }
    if (best) for (const person of best.people) book.place(person, best.shift)
  }
}

/** The present shifts of members of teams that must not be split. */
function anchorsOf(book: RosterBook): Map<number, Set<number>> {
  const { instance } = book
  const anchors = new Map<number, Set<number>>()
  book.peopleOn.forEach((people, shift) => {
    for (const person of people) {
      const team = instance.team[person]!
      if (!instance.problem.teams[team]!.whole) continue
      anchors.set(team, (anchors.get(team) ?? new Set()).add(shift))
    }
  })
  return anchors
}

function partyFor(book: RosterBook, team: number, people: readonly number[], shift: number): number[] {
  const { instance } = book
  const room = instance.limit[shift]! - book.peopleOn[shift]!.length
  if (room <= 0) return []
  const skilled = new Set(instance.needs[shift]!.map(({ skill }) => skill))
  const wanted = (person: number) => [...skilled].some((skill) => (instance.skills[person]! >> skill) & 1)
  const adults = people.filter((person) => !instance.minor[person] && book.fits(person, shift))
  adults.sort(
    (a, b) => Number(wanted(b)) - Number(wanted(a)) || instance.hours[a]! - instance.hours[b]! || a - b,
  )
  const withMinors = blockFor(book, team, new Set(people), shift, { room })
  const others = adults.filter((person) => !withMinors.includes(person))
  return [...withMinors, ...others.slice(0, room - withMinors.length)]
}

function worth(instance: Instance, book: RosterBook, team: number, shift: number, heads: number): number {
  const count = book.peopleOn[shift]!.length
  const towardsMinimum = Math.max(0, Math.min(heads, instance.min[shift]! - count))
  const towardsTarget = Math.max(0, Math.min(heads, instance.target[shift]! - count))
  const own = isOwn(instance, team, shift) ? heads : 0
  return towardsMinimum * 1000 + own * 100 + towardsTarget * 10 + 1 / (1 + distanceOf(instance, team, shift))
}
