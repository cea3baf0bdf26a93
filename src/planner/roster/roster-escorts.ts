import { distanceOf, isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'

/** Heads of a team on a shift, including its minors. */
export interface PartyWanted {
  team: number
  shift: number
  heads: number
}

/**
 * Places minors with adults of their own team, at least one adult for every K of them. Shifts and numbers come from a
 * solved relaxation. It ignores escorts, so only the number of people is kept; who comes is decided here.
 */
export function placeParties(
  book: RosterBook,
  free: readonly number[],
  wanted: readonly PartyWanted[],
): void {
  const { instance } = book
  const members = Map.groupBy(free, (person) => instance.team[person]!)
  const inTime = wanted.toSorted(
    (a, b) => instance.start[a.shift]! - instance.start[b.shift]! || a.shift - b.shift || a.team - b.team,
  )
  for (const { team, shift, heads } of inTime) {
    const room = Math.min(heads, instance.limit[shift]! - book.peopleOn[shift]!.length)
    for (const person of partyOf(book, team, members.get(team) ?? [], shift, room)) book.place(person, shift)
  }
}

/** Places minors on seats below target that are still empty: own zones first, then near ones. */
export function topUpMinors(book: RosterBook, free: readonly number[]): void {
  const { instance } = book
  const suitable = [...instance.window.keys()].filter(
    (shift) => instance.minorsOk[instance.zone[shift]!] && !instance.frozen[shift],
  )
  for (const [team, members] of Map.groupBy(free, (person) => instance.team[person]!)) {
    if (!members.some((person) => instance.minor[person])) continue
    const short = suitable.filter((shift) => book.peopleOn[shift]!.length < instance.target[shift]!)
    const rank = (shift: number) => (isOwn(instance, team, shift) ? 0 : 1)
    short.sort(
      (a, b) => rank(a) - rank(b) || distanceOf(instance, team, a) - distanceOf(instance, team, b) || a - b,
    )
    for (const shift of short) {
      const room = instance.target[shift]! - book.peopleOn[shift]!.length
      for (const person of partyOf(book, team, members, shift, room)) book.place(person, shift)
    }
  }
}

/**
 * The largest party of minors, with the minimum of adults, that fits into the seats; members with the fewest shifts
 * first.
 */
function partyOf(
  book: RosterBook,
  team: number,
  members: readonly number[],
  shift: number,
  room: number,
): number[] {
  if (room <= 0) return []
  const { instance } = book
  const { K } = instance.problem
  const fitting = members.filter((person) => book.fits(person, shift))
  fitting.sort(
    (a, b) =>
      book.servingOf(a).length - book.servingOf(b).length || instance.hours[a]! - instance.hours[b]! || a - b,
  )
  const minors = fitting.filter((person) => instance.minor[person])
  const adults = fitting.filter((person) => !instance.minor[person])
  const present = book.presence(team, shift)
  const spare = K * present.adults - present.minors
  let extra = 0
  let count = Math.min(minors.length, spare, room)
  while (extra < adults.length) {
    const more = Math.min(minors.length, spare + K * (extra + 1), room - extra - 1)
    if (more <= count) break
    count = more
    extra++
  }
  return count <= 0 ? [] : [...adults.slice(0, extra), ...minors.slice(0, count)]
}

/** Removes whole teams that are split (by dropouts) from all shifts that are not fixed. */
export function gatherWholeTeams(book: RosterBook, fixed: (person: number, shift: number) => boolean): void {
  const { instance } = book
  for (const party of wholeParties(book).values()) {
    if (party.every((person) => setOf(book, person) === setOf(book, party[0]!))) continue
    for (const person of party)
      for (const shift of book.servingOf(person))
        if (!fixed(person, shift) && !instance.frozen[shift]) book.remove(person, shift)
  }
}

/** The members who serve, for each team that must not be split. */
function wholeParties(book: RosterBook): Map<number, number[]> {
  const { instance } = book
  const parties = new Map<number, number[]>()
  for (let person = 0; person < instance.people; person++) {
    const team = instance.team[person]!
    if (!instance.problem.teams[team]!.whole || !book.serves(person)) continue
    parties.set(team, [...(parties.get(team) ?? []), person])
  }
  return parties
}

function setOf(book: RosterBook, person: number): string {
  return book
    .servingOf(person)
    .toSorted((a, b) => a - b)
    .join()
}

/**
 * Further shifts for teams that must not be split: all members who serve on the first shift, or none. Own zones and
 * empty minimums first.
 */
export function repeatWholeTeams(book: RosterBook): void {
  const { instance } = book
  for (const [team, party] of wholeParties(book)) {
    if (party.some((person) => setOf(book, person) !== setOf(book, party[0]!))) continue
    const short = (shift: number) => instance.min[shift]! - book.peopleOn[shift]!.length
    const rank = (shift: number) => (short(shift) > 0 ? 0 : isOwn(instance, team, shift) ? 1 : 2)
    const shifts = [...instance.window.keys()].filter((shift) => !instance.frozen[shift])
    shifts.sort(
      (a, b) => rank(a) - rank(b) || distanceOf(instance, team, a) - distanceOf(instance, team, b) || a - b,
    )
    for (const shift of shifts) {
      const count = book.peopleOn[shift]!.length
      const useful = count < instance.target[shift]! || isOwn(instance, team, shift)
      if (!useful || count + party.length > instance.limit[shift]!) continue
      if (party.every((person) => book.fits(person, shift)))
        for (const person of party) book.place(person, shift)
    }
  }
}
