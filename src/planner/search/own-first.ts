import { isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'

/**
 * Under `ownUnit: hard` nobody serves elsewhere who could fill a seat below target in a zone of their own unit. Moves
 * such people one at a time.
 * @returns how many moved
 */
export function sendHome(book: RosterBook, fixed: (person: number, shift: number) => boolean): number {
  const { instance, peopleOn } = book
  const { problem } = instance
  let moved = 0
  const emptyOf = Map.groupBy(
    [...Array(instance.shifts).keys()].filter((shift) => !instance.frozen[shift]),
    (shift) => instance.zoneUnit[instance.zone[shift]!]!,
  )
  for (let person = 0; person < instance.people; person++) {
    const serving = book.servingOf(person)
    const from = serving[0]
    const team = instance.team[person]!
    const unit = instance.teamUnit[team]!
    if (serving.length !== 1 || from === undefined || unit < 0 || instance.minor[person]) continue
    if (isOwn(instance, team, from) || instance.frozen[from] || fixed(person, from)) continue
    if (problem.teams[team]!.whole) continue
    const { minors, adults } = book.presence(team, from)
    if (minors > problem.K * (adults - 1)) continue
    book.remove(person, from)
    const own = emptyOf
      .get(unit)
      ?.find((shift) => peopleOn[shift]!.length < instance.target[shift]! && book.fits(person, shift))
    book.place(person, own ?? from)
    if (own !== undefined) moved++
  }
  return moved
}
