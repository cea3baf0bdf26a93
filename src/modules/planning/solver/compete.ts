import type { Shortage } from '../proposal.ts'
import { refusalOf } from './eligibility.ts'
import type { Instance } from './instance.ts'
import type { RosterBook } from './roster-book.ts'

/**
 * The residual cut behind a shortage: starting from its shift, the shifts on which people serve who could serve
 * there instead and who are needed where they are, then those who could stand in for them, and so on. Within this
 * set there are not enough people for all; nobody from outside can help.
 * Null when somebody in it could be spared, so that not people but another rule is what binds.
 */
export function competingFor(
  book: RosterBook,
  shift: number,
  kind: Shortage['kind'],
): Shortage['competing'] | null {
  const { instance, peopleOn } = book
  const needed = kind === 'minimum' ? instance.min : instance.target
  const seen = new Set([shift])
  const teams = new Set<number>()
  const queue = [shift]
  const asked = new Set<string>()
  for (let at = 0; at < queue.length; at++) {
    const wanting = queue[at]!
    // Shifts alike in window and suitability for minors can be served by the same people, duties elsewhere aside.
    const key = `${instance.window[wanting]},${instance.minorsOk[instance.zone[wanting]!]}`
    if (asked.has(key)) continue
    asked.add(key)
    for (let other = 0; other < instance.shifts; other++) {
      const movable = peopleOn[other]!.filter((person) => couldServe(instance, person, wanting))
      for (const person of movable) teams.add(instance.team[person]!)
      if (seen.has(other) || movable.length === 0) continue
      if (peopleOn[other]!.length > needed[other]! && !instance.frozen[other]) return null
      seen.add(other)
      queue.push(other)
    }
  }
  const zones = new Set(queue.map((each) => instance.zone[each]!))
  return { shifts: queue.slice(0, shiftsNamed), zones: zones.size, teams: teams.size }
}

const shiftsNamed = 50

/** Adults only: a minor's place depends on who goes along. */
function couldServe(instance: Instance, person: number, shift: number): boolean {
  return instance.minor[person] === 0 && refusalOf(instance, person, shift) === null
}
