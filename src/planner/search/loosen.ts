import type { RosterBook } from '../instance/roster-book.ts'

/**
 * Unplaces all people who may be placed again one by one: adults who are not fixed and not needed as escorts.
 * @returns the previous shift of each
 */
export function loosen(
  book: RosterBook,
  fixed: (person: number, shift: number) => boolean,
): Map<number, number> {
  const { instance, peopleOn } = book
  const { K } = instance.problem
  const were = new Map<number, number>()
  for (let shift = 0; shift < instance.shifts; shift++) {
    if (instance.frozen[shift]) continue
    for (const [team, party] of Map.groupBy(peopleOn[shift]!, (person) => instance.team[person]!)) {
      const stays = (person: number) => instance.minor[person] === 1 || fixed(person, shift)
      const { minors } = book.presence(team, shift)
      const staying = party.filter((person) => stays(person) && !instance.minor[person]).length
      const loose = party.filter((person) => !stays(person) && book.servingOf(person).length === 1)
      const escorts = Math.max(0, Math.ceil(minors / K) - staying)
      for (const person of loose.slice(escorts)) {
        book.remove(person, shift)
        were.set(person, shift)
      }
    }
  }
  return were
}
