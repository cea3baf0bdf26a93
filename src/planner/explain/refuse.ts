import type { RefusalName } from '../format/vocabulary.ts'
import { refusalOf } from '../instance/eligibility.ts'
import { distanceOf, isOwn, isTogether } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { escortingTeams, skillNeeds } from './movers.ts'

/**
 * Why a person of a finished plan is not on a shift: first the rules against it whatever the other placements are,
 * then the loss at the present place in the order of goals, then the longer way. `from`: the shift they would leave;
 * null for a person without a place.
 */
export function whyNotThere(
  book: RosterBook,
  person: number,
  shift: number,
  from: number | null,
): RefusalName {
  const { instance, peopleOn } = book
  const others = book.servingOf(person).filter((each) => each !== from)
  const refusal = refusalOf(instance, person, shift, others)
  if (refusal) return refusal
  if (instance.frozen[shift]) return 'frozen'
  if (peopleOn[shift]!.length >= instance.limit[shift]!) return 'full'
  const team = instance.team[person]!
  if (instance.minor[person] && !hasEscort(book, person, shift)) return 'unescorted'
  if (instance.problem.teams[team]!.whole) return 'whole'
  return (
    (from === null ? null : costOfLeaving(book, person, from, shift)) ?? plainly(book, person, shift, from)
  )
}

/** What would be lost at the present place. */
function costOfLeaving(book: RosterBook, person: number, from: number, to: number): RefusalName | null {
  const { instance, peopleOn } = book
  const team = instance.team[person]!
  const people = peopleOn[from]!
  if (instance.problem.pins.some(({ vol, shift }) => vol === person && shift === from)) return 'pinnedHere'
  if (instance.frozen[from]) return 'frozen'
  if (!instance.minor[person] && escortingTeams(instance, people).has(team)) return 'escortHere'
  const helpsMinimum = peopleOn[to]!.length < instance.min[to]!
  if (!helpsMinimum && people.length <= instance.min[from]!) return 'neededHere'
  if (!helpsMinimum && skillNeeds(book, person, from)) return 'skillHere'
  if (!helpsMinimum && isOwn(instance, team, from) && !isOwn(instance, team, to)) return 'ownUnit'
  return null
}

function plainly(book: RosterBook, person: number, shift: number, from: number | null): RefusalName {
  const { instance, peopleOn } = book
  const team = instance.team[person]!
  const there = peopleOn[shift]!.some((each) => instance.team[each] === team)
  const alone =
    from !== null && !peopleOn[from]!.some((each) => each !== person && instance.team[each] === team)
  if (isTogether(instance.problem) && !there && !alone) return 'splits'
  if (from === null) return 'even'
  return distanceOf(instance, team, shift) > distanceOf(instance, team, from) ? 'farther' : 'even'
}

function hasEscort(book: RosterBook, person: number, shift: number): boolean {
  const { instance } = book
  const { minors, adults } = book.presence(instance.team[person]!, shift)
  return minors + 1 <= instance.problem.K * adults
}
