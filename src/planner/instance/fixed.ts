import type { Placement } from '../format/proposal.ts'
import { refusalOf } from './eligibility.ts'
import type { Instance } from './instance.ts'
import { type Decided, pinEscorts } from './pin-escorts.ts'

/**
 * Placements fixed before planning: pins, and on frozen shifts the previous people who can still serve. If stability
 * keeps people, parties of minors stay, too, with their escorts, as far as enough escorts are left.
 */
export function fixedPlacements(instance: Instance): Placement[] {
  return decide(instance).fixed
}

/** The adults who escort pinned minors that have no pinned adult of their team. */
export function escortsOfPinned(instance: Instance): Placement[] {
  return decide(instance).escorts
}

function decide(instance: Instance): { fixed: Placement[]; escorts: Placement[] } {
  const { pins, previous = [], stability = 'free' } = instance.problem
  const decided: Decided = { serving: new Map(), count: new Int32Array(instance.shifts) }
  const { serving, count } = decided
  const fixed: Placement[] = []
  const keep = ({ vol, shift }: Placement): boolean => {
    const shifts = serving.get(vol) ?? []
    if (shifts.includes(shift) || count[shift]! >= instance.max[shift]!) return false
    if (refusalOf(instance, vol, shift, shifts)) return false
    serving.set(vol, [...shifts, shift])
    count[shift] = count[shift]! + 1
    fixed.push({ vol, shift })
    return true
  }
  for (const pin of pins) keep(pin)
  const frozen = previous.filter(({ shift }) => instance.frozen[shift])
  for (const placement of frozen) if (!instance.minor[placement.vol]) keep(placement)
  // Escorts of pinned minors are chosen first; the adults left may stay with the other previous parties.
  const { escorts } = pinEscorts(instance, pins, decided)
  for (const { vol, shift } of escorts) {
    serving.set(vol, [...(serving.get(vol) ?? []), shift])
    count[shift] = count[shift]! + 1
  }
  keepMinors(instance, frozen, fixed, keep)
  if (stability !== 'free') keepParties(instance, previous, keep)
  return { fixed, escorts }
}

/** Minors on frozen shifts stay if enough adults of their team are with them; the others are removed. */
function keepMinors(
  instance: Instance,
  frozen: readonly Placement[],
  fixed: readonly Placement[],
  keep: (placement: Placement) => boolean,
): void {
  const { K } = instance.problem
  const partyOf = ({ vol, shift }: Placement) => instance.team[vol]! * instance.shifts + shift
  const minors = frozen.filter(({ vol }) => instance.minor[vol])
  const here = minors.length > 0 ? Map.groupBy(fixed, partyOf) : new Map<number, Placement[]>()
  for (const [party, waiting] of Map.groupBy(minors, partyOf)) {
    const present = here.get(party) ?? []
    const adults = present.filter(({ vol }) => !instance.minor[vol]).length
    let count = present.length - adults
    for (const minor of waiting) if (count < adults * K && keep(minor)) count++
  }
}

function keepParties(
  instance: Instance,
  previous: readonly Placement[],
  keep: (placement: Placement) => boolean,
): void {
  const able = previous.filter(({ vol, shift }) => !refusalOf(instance, vol, shift))
  const parties = Map.groupBy(able, ({ vol, shift }) => instance.team[vol]! * instance.shifts + shift)
  for (const party of parties.values()) {
    const minors = party.filter(({ vol }) => instance.minor[vol])
    if (minors.length === 0) continue
    const escorts = party
      .filter(({ vol }) => !instance.minor[vol])
      .slice(0, Math.ceil(minors.length / instance.problem.K))
      .filter(keep)
    for (const minor of minors.slice(0, escorts.length * instance.problem.K)) keep(minor)
  }
}
