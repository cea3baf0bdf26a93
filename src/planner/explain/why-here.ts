import type { Problem } from '../format/problem-format.ts'
import type { Placement, Proposal } from '../format/proposal.ts'
import type { RefusalName, WhyHereReason } from '../format/vocabulary.ts'
import { compileInstance, distanceOf, type Instance, isOwn } from '../instance/instance.ts'
import { RosterBook } from '../instance/roster-book.ts'
import { escortingTeams, skillNeeds } from './movers.ts'
import { whyNotThere } from './refuse.ts'

/** One reason with its figures. */
export interface Reason<Ref = number> {
  because: WhyHereReason
  /** `minimum`, `target`: people on the shift, and how many it needs. `withTeam`, `escort`: how many of the team. */
  count?: number
  wanted?: number
  skill?: Ref
  /** `nearest`: the distance, and how many nearer shifts had no place. */
  metres?: number
  nearer?: number
  /** `fewestHours`: recent hours of service, and how many idle team members have more. */
  hours?: number
  passedOver?: number
}

export interface Refused<Ref = number> {
  shift: Ref
  metres: number
  because: RefusalName
}

/** Where a proposal places a person, and why; without a place, `reasons` says what excluded them. */
export interface WhyHere<Ref = number> {
  vol: Ref
  places: { shift: Ref; metres: number; reasons: Reason<Ref>[] }[]
  standby: boolean
  /** Only for a person without a place. */
  reasons: Reason<Ref>[]
  /** The nearest other shifts, each with the reason against it. */
  alternatives: Refused<Ref>[]
  /** All other shifts, counted by the reason against them. */
  refused: Partial<Record<RefusalName, number>>
}

const alternativesNamed = 5

/**
 * Why a proposal places a person where it does: reasons in the order of goals, and the reason against each of the
 * nearest other shifts. Pure: derived only from the problem and the finished proposal, so it can be computed at any
 * time. Costs O(size of the problem).
 * @throws RangeError when there is no such person
 */
export function whyHere(
  problem: Problem,
  proposal: Pick<Proposal, 'assignments' | 'standby'>,
  vol: number,
): WhyHere {
  if (!Number.isInteger(vol) || vol < 0 || vol >= problem.vol.team.length)
    throw new RangeError(`there is no person ${vol}`)
  const instance = compileInstance(problem)
  const book = new RosterBook(instance, proposal.assignments)
  const team = instance.team[vol]!
  const serving = book.servingOf(vol)
  const metres = (shift: number) => Math.round(distanceOf(instance, team, shift))
  const others = [...Array(instance.shifts).keys()].filter((shift) => !serving.includes(shift))
  // With several shifts, another shift would replace the last one.
  const from = serving.at(-1) ?? null
  const judged = others.map((shift) => ({
    shift,
    metres: metres(shift),
    because: whyNotThere(book, vol, shift, from),
  }))
  judged.sort((a, b) => a.metres - b.metres || a.shift - b.shift)
  const refused: WhyHere['refused'] = {}
  for (const { because } of judged) refused[because] = (refused[because] ?? 0) + 1
  const standby = proposal.standby.includes(vol)
  const nowhere: Reason = standby ? { because: 'reserve' } : { because: 'nowhere' }
  return {
    vol,
    places: serving.map((shift) => ({
      shift,
      metres: metres(shift),
      reasons: reasonsFor(book, { vol, shift }, judged),
    })),
    standby,
    reasons: serving.length > 0 ? [] : [nowhere],
    alternatives: judged.slice(0, alternativesNamed),
    refused,
  }
}

function reasonsFor(book: RosterBook, place: Placement, judged: readonly Refused[]): Reason[] {
  const { instance } = book
  const { vol, shift } = place
  const team = instance.team[vol]!
  const people = book.peopleOn[shift]!
  const { pins, previous = [] } = instance.problem
  const isIn = (list: readonly Placement[]) => list.some((each) => each.vol === vol && each.shift === shift)
  const reasons: Reason[] = []
  if (isIn(pins)) reasons.push({ because: 'pinned' })
  const stayed = isIn(previous)
  if (instance.frozen[shift] && stayed) reasons.push({ because: 'frozen' })
  const min = instance.min[shift]!
  if (people.length <= min) reasons.push({ because: 'minimum', count: people.length, wanted: min })
  for (const { skill } of instance.needs[shift]!)
    if (skillNeeds(book, vol, shift, skill)) reasons.push({ because: 'skill', skill })
  if (isOwn(instance, team, shift)) reasons.push({ because: 'ownUnit' })
  const { minors, adults } = book.presence(team, shift)
  if (!instance.minor[vol] && escortingTeams(instance, people).has(team))
    reasons.push({ because: 'escort', count: minors })
  if (minors + adults > 1) reasons.push({ because: 'withTeam', count: minors + adults })
  if (stayed) reasons.push({ because: 'stayed' })
  const target = instance.target[shift]!
  if (people.length > min && people.length <= target)
    reasons.push({ because: 'target', count: people.length, wanted: target })
  return [...reasons, ...lastReasons(instance, book, place, judged)]
}

/** The distance, if no nearer shift with an open seat was possible, and recent hours of service. */
function lastReasons(
  instance: Instance,
  book: RosterBook,
  { vol, shift }: Placement,
  judged: readonly Refused[],
): Reason[] {
  const team = instance.team[vol]!
  const metres = Math.round(distanceOf(instance, team, shift))
  const nearer = judged.filter((other) => other.metres < metres)
  const reasons: Reason[] = []
  if (nearer.every(({ because }) => because !== 'farther' && because !== 'even'))
    reasons.push({ because: 'nearest', metres, nearer: nearer.length })
  const hours = instance.hours[vol]!
  let passedOver = 0
  for (let other = 0; other < instance.people; other++)
    if (instance.team[other] === team && instance.hours[other]! > hours && isLike(instance, vol, other))
      if (!book.serves(other) && book.fits(other, shift)) passedOver++
  if (passedOver > 0) reasons.push({ because: 'fewestHours', hours, passedOver })
  return reasons
}

function isLike(instance: Instance, one: number, other: number): boolean {
  return instance.minor[one] === instance.minor[other]
}
