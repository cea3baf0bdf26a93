import type { Instance } from './instance.ts'
import type { RosterBook } from './roster-book.ts'

/**
 * The number of adults to hold in reserve for each district: a share of each team's adults who are available that
 * day.
 */
export function standbyWanted(instance: Instance, servable: Uint8Array): Map<number, number> {
  const adults = new Map<number, number>()
  for (let person = 0; person < instance.people; person++)
    if (servable[person] && !instance.minor[person])
      adults.set(instance.team[person]!, (adults.get(instance.team[person]!) ?? 0) + 1)
  const wanted = new Map<number, number>()
  for (const [team, count] of adults) {
    const district = districtOf(instance, team)
    wanted.set(district, (wanted.get(district) ?? 0) + Math.round(count * instance.problem.reserveShare))
  }
  return wanted
}

/** Selects the reserve from people who serve nowhere: each team its share, the rest from teams of the district. */
export function chooseStandby(book: RosterBook, servable: Uint8Array): number[] {
  const { instance } = book
  const wanted = standbyWanted(instance, servable)
  const idle: number[] = []
  for (let person = 0; person < instance.people; person++)
    if (servable[person] && !instance.minor[person] && !book.serves(person)) idle.push(person)
  idle.sort((a, b) => instance.hours[a]! - instance.hours[b]! || a - b)
  const shareOf = new Map<number, number>()
  for (let person = 0; person < instance.people; person++)
    if (servable[person] && !instance.minor[person])
      shareOf.set(
        instance.team[person]!,
        (shareOf.get(instance.team[person]!) ?? 0) + instance.problem.reserveShare,
      )
  const chosen: number[] = []
  const pick = (within: (person: number) => boolean) => {
    for (const person of idle) {
      const district = districtOf(instance, instance.team[person]!)
      const left = wanted.get(district) ?? 0
      if (left <= 0 || book.serves(person) || held.has(person) || !within(person)) continue
      held.add(person)
      wanted.set(district, left - 1)
      chosen.push(person)
    }
  }
  const held = new Set<number>()
  pick((person) => {
    const team = instance.team[person]!
    const share = Math.round(shareOf.get(team)!)
    if (share < 1) return false
    shareOf.set(team, share - 1)
    return true
  })
  pick(() => true)
  return chosen.sort((a, b) => a - b)
}

function districtOf(instance: Instance, team: number): number {
  const unit = instance.teamUnit[team]!
  return unit < 0 ? -1 : instance.problem.units[unit]!.district
}
