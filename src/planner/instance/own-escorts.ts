import { refusalOf } from './eligibility.ts'
import type { Instance } from './instance.ts'
import type { RosterBook } from './roster-book.ts'

const known = new WeakMap<Instance, Int32Array>()

/**
 * For each team, how many of its minors could be escorted by its own adults: the minors who can serve at all, at most
 * K for each adult who can serve where minors may.
 */
export function escortableOf(instance: Instance): Int32Array {
  let escortable = known.get(instance)
  if (!escortable) {
    escortable = count(instance)
    known.set(instance, escortable)
  }
  return escortable
}

/**
 * For each team, how many minors its adults could escort and do not, because too few of them serve beside minors:
 * K for each adult who would have to. An adult counts as an escort beside at least one minor of the team.
 */
export function escortsShortOf(book: RosterBook): Int32Array {
  const { instance } = book
  const escorting = new Int32Array(instance.teams)
  for (let shift = 0; shift < instance.shifts; shift++)
    for (const [team, { minors, adults }] of partiesWithMinors(book, shift))
      escorting[team]! += Math.min(minors, adults)
  return escortableOf(instance).map((minors, team) =>
    Math.max(0, minors - instance.problem.K * escorting[team]!),
  )
}

/** For each team with minors to escort, how many of its adults serve without being an escort. */
export function servingApart(book: RosterBook): Int32Array {
  const { instance, peopleOn } = book
  const escortable = escortableOf(instance)
  const apart = new Int32Array(instance.teams)
  for (let shift = 0; shift < instance.shifts; shift++) {
    for (const person of peopleOn[shift]!) {
      const team = instance.team[person]!
      if (!instance.minor[person] && escortable[team]! > 0) apart[team]!++
    }
    for (const [team, { minors, adults }] of partiesWithMinors(book, shift))
      if (escortable[team]! > 0) apart[team]! -= Math.min(minors, adults)
  }
  return apart
}

/** The teams with minors on a shift, and how many of each age band they have there. */
function partiesWithMinors(
  { instance, peopleOn }: RosterBook,
  shift: number,
): Map<number, { minors: number; adults: number }> {
  const parties = new Map<number, { minors: number; adults: number }>()
  if (!instance.minorsOk[instance.zone[shift]!]) return parties
  for (const person of peopleOn[shift]!)
    if (instance.minor[person]) {
      const party = parties.get(instance.team[person]!) ?? { minors: 0, adults: 0 }
      party.minors++
      parties.set(instance.team[person]!, party)
    }
  if (parties.size === 0) return parties
  for (const person of peopleOn[shift]!)
    if (!instance.minor[person]) {
      const party = parties.get(instance.team[person]!)
      if (party) party.adults++
    }
  return parties
}

function count(instance: Instance): Int32Array {
  const { minor, team, from, to, problem } = instance
  const suitable = Array.from({ length: instance.shifts }, (_, shift) => shift).filter((shift) => {
    const open = !instance.frozen[shift] && instance.max[shift]! > 0
    return open && instance.minorsOk[instance.zone[shift]!] === 1
  })
  const known = new Map<string, boolean>()
  const able = (person: number): boolean => {
    if (instance.barred[person]) return false
    const key = instance.commitmentsOf.has(person) ? `${person}` : `${from[person]}-${to[person]}`
    const is = known.get(key) ?? suitable.some((shift) => refusalOf(instance, person, shift) === null)
    known.set(key, is)
    return is
  }
  const minors = new Int32Array(instance.teams)
  const adults = new Int32Array(instance.teams)
  for (let person = 0; person < instance.people; person++)
    if (minor[person] && able(person)) minors[team[person]!]!++
  for (let person = 0; person < instance.people; person++)
    if (!minor[person] && minors[team[person]!]! > 0 && able(person)) adults[team[person]!]!++
  return minors.map((most, at) => Math.min(most, problem.K * adults[at]!))
}
