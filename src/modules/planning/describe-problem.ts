import type { DateTime } from 'luxon'
import { poolOf } from '#modules/mobilization/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Basis, basisOf } from './basis.ts'
import { districtsOfUnits, plannableEvent, shiftsToPlan, skillsToPlan, unitsInCharge } from './event-facts.ts'
import { inFixedOrder } from './fixed-order.ts'
import { type Described, Draft, type Limits } from './problem-draft.ts'

/** The input of a plan. */
export interface Input extends Described {
  basis: Basis
  /** How many allotments of heads without names the event has. */
  allotments: number
}

/**
 * Describes an event as a planning problem: the people the mobilization counts on, the demand of every shift that is
 * not over, the unit responsible for each zone, duties in other events, and decided assignments (pins).
 * Heads held for a team without names lower the demand. Heads a team only stated take part as people without a name.
 * Everybody is available on all days of the event. Times are minutes from the local midnight before the event, places
 * are metres on a plane.
 * @throws DomainError `event.missing`, `event.closed`
 */
export async function describeProblem(
  db: Reader,
  keys: KeyRing,
  eventId: string,
  now: DateTime,
  limits: Limits = {},
): Promise<Input> {
  const event = await plannableEvent(db, eventId)
  const pool = inFixedOrder(await poolOf(db, keys, eventId))
  const rows = await shiftsToPlan(db, eventId)
  const skills = await skillsToPlan(db, eventId)
  const inCharge = await unitsInCharge(
    db,
    [...new Set(rows.map((row) => row.zoneId))],
    event.startsAt.setZone(event.timeZone),
  )
  const unitDistricts = await districtsOfUnits(db)
  const draft = new Draft(event, pool, rows, unitDistricts)
  draft.addLimits(limits)
  draft.addPlaces(inCharge)
  draft.addShifts(skills, now)
  draft.addPeople()
  draft.addDecisions()
  const described = draft.described()
  return { ...described, basis: basisOf(described), allotments: pool.allotments.length }
}
