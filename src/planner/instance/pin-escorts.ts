import type { Placement } from '../format/proposal.ts'
import { refusalOf } from './eligibility.ts'
import type { Instance } from './instance.ts'

/** Fixed placements: the shifts of each person, and the seats they take on each shift. */
export interface Decided {
  serving: Map<number, number[]>
  count: Int32Array
}

export interface PinEscorts {
  /** Adults who escort pinned minors that have no pinned adult of their team. */
  escorts: Placement[]
  /** Positions of pins of minors for whom no adult of their team is available. */
  unescorted: number[]
}

interface Party {
  team: number
  shift: number
  /** Positions of the pins of its minors. */
  pins: number[]
  adults: number
}

/**
 * Finds one adult of the team for every K pinned minors, for as many minors as possible: a bipartite matching of each
 * team's adults to the shifts on which its pinned minors have no escort. `decided` are the fixed placements,
 * including the pins.
 */
export function pinEscorts(instance: Instance, pins: readonly Placement[], decided: Decided): PinEscorts {
  const parties = partiesOf(instance, pins, decided)
  if (parties.length === 0) return { escorts: [], unescorted: [] }
  const wanted = new Map(parties.map((party) => [party, escortsWanted(instance, party, decided)]))
  const teams = Map.groupBy(parties, ({ team }) => team)
  const adults = adultsOf(instance, new Set(teams.keys()))
  const found: PinEscorts = { escorts: [], unescorted: [] }
  for (const [team, ofTeam] of teams) {
    const going = matchAdults(instance, adults.get(team) ?? [], ofTeam, wanted, decided)
    for (const party of ofTeam) {
      const { K } = instance.problem
      const able = going.get(party) ?? []
      const room = instance.max[party.shift]! - decided.count[party.shift]!
      let kept = Math.min(party.pins.length, K * (party.adults + able.length))
      while (kept > 0 && escortsFor(kept, party.adults, K) > room + party.pins.length - kept) kept--
      for (const vol of able.slice(0, escortsFor(kept, party.adults, K)))
        found.escorts.push({ vol, shift: party.shift })
      found.unescorted.push(...party.pins.slice(kept))
    }
  }
  return found
}

const escortsFor = (minors: number, adults: number, K: number) => Math.max(0, Math.ceil(minors / K) - adults)

/** Parties (team, shift) with pinned minors and too few adults of the team. */
function partiesOf(instance: Instance, pins: readonly Placement[], { serving }: Decided): Party[] {
  const parties = new Map<number, Party>()
  pins.forEach(({ vol, shift }, at) => {
    if (!instance.minor[vol]) return
    const team = instance.team[vol]!
    const key = team * instance.shifts + shift
    const party = parties.get(key) ?? { team, shift, pins: [], adults: 0 }
    parties.set(key, party)
    party.pins.push(at)
  })
  for (const [person, shifts] of parties.size > 0 ? serving : [])
    for (const shift of instance.minor[person] ? [] : shifts) {
      const party = parties.get(instance.team[person]! * instance.shifts + shift)
      if (party) party.adults++
    }
  return [...parties.values()].filter(
    ({ pins: { length }, adults }) => escortsFor(length, adults, instance.problem.K) > 0,
  )
}

/** How many adults a party needs. On a full shift, the number after enough minors have left to make room. */
function escortsWanted(instance: Instance, { shift, pins, adults }: Party, { count }: Decided): number {
  // A shift that has begun gets no new people.
  if (instance.frozen[shift]) return 0
  const { K } = instance.problem
  const room = instance.max[shift]! - count[shift]!
  let kept = pins.length
  while (kept > 0 && escortsFor(kept, adults, K) > room + pins.length - kept) kept--
  return escortsFor(kept, adults, K)
}

function adultsOf(instance: Instance, teams: ReadonlySet<number>): Map<number, number[]> {
  const adults = new Map<number, number[]>()
  for (let person = 0; person < instance.people; person++) {
    const team = instance.team[person]!
    if (instance.minor[person] || !teams.has(team)) continue
    const list = adults.get(team)
    if (list) list.push(person)
    else adults.set(team, [person])
  }
  return adults
}

/** Kuhn's augmenting paths; an adult who may serve several times is considered again in the next round. */
function matchAdults(
  instance: Instance,
  adults: readonly number[],
  parties: readonly Party[],
  wanted: ReadonlyMap<Party, number>,
  { serving }: Decided,
): Map<Party, number[]> {
  const going = new Map<Party, number[]>(parties.map((party) => [party, []]))
  const shiftsOf = new Map<number, number[]>()
  for (let added = 1; added > 0; ) {
    added = 0
    const round = new Map<Party, number[]>(parties.map((party) => [party, []]))
    const fits = (person: number, { shift }: Party) => {
      const has = [...(serving.get(person) ?? []), ...(shiftsOf.get(person) ?? [])]
      return refusalOf(instance, person, shift, has) === null
    }
    const isShort = (party: Party) => going.get(party)!.length + round.get(party)!.length < wanted.get(party)!
    const offer = (person: number, seen: Set<Party>): boolean => {
      for (const party of parties) {
        if (seen.has(party) || wanted.get(party) === 0 || !fits(person, party)) continue
        seen.add(party)
        const there = round.get(party)!
        const moved = isShort(party) ? there.length : there.findIndex((other) => offer(other, seen))
        if (moved < 0) continue
        there[moved] = person
        return true
      }
      return false
    }
    for (const person of adults) if (offer(person, new Set())) added++
    for (const [party, people] of round)
      for (const person of people) {
        going.get(party)!.push(person)
        shiftsOf.set(person, [...(shiftsOf.get(person) ?? []), party.shift])
      }
    if (instance.shiftsPerPerson === 1 && instance.windows.length === 1) break
  }
  return going
}
