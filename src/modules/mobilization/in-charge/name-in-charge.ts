import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import {
  assertOpen,
  assertOrganises,
  eventRow,
  nameInCharge,
  shiftsWithoutHead,
} from '#modules/events/index.ts'
import { holdsOn } from '#modules/grid/index.ts'
import { responsibilities } from '#modules/grid/schema.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import type { Doing } from '#platform/http/access.ts'
import { dayIn } from '#platform/time.ts'
import { allotments, assignments } from '../schema.ts'
import type { InChargeRule } from '../words.ts'

export interface NamedInCharge {
  named: number
  /** Shifts for which the rule found no person who may be in charge. */
  left: string[]
}

/**
 * Names a person in charge for every shift of an event that has none, in one transaction. Existing ones stay.
 * @throws DomainError `event.missing`, `event.closed`, `event.cancelled`, `access.out_of_reach`
 */
export async function nameAllInCharge(
  tx: Writer,
  keys: KeyRing,
  { eventId, rule, by, at }: { eventId: string; rule: InChargeRule } & Doing,
): Promise<NamedInCharge> {
  const event = await eventRow(tx, eventId)
  await assertOrganises(tx, by, 'events.edit', event.organiserUnitId)
  assertOpen(event)
  const open = await shiftsWithoutHead(tx, eventId)
  const zoneIds = [...new Set(open.map(({ zoneId }) => zoneId))]
  const leaders = rule === 'largest_team_leader' ? await leadersOn(tx, eventId) : undefined
  const liaisons = leaders ? undefined : await liaisonsOf(tx, zoneIds, dayIn(event.startsAt, event.timeZone))
  const left: string[] = []
  for (const shift of open) {
    const personId = leaders?.get(shift.id) ?? liaisons?.get(shift.zoneId)
    const named = personId !== undefined && (await nameInCharge(tx, keys, { shift, event, personId, by, at }))
    if (!named) left.push(shift.id)
  }
  return { named: open.length - left.length, left }
}

/** The leader of the largest team on each shift, by shift. Heads without names count. */
async function leadersOn(db: Reader, eventId: string): Promise<Map<string, string>> {
  const people = await db
    .select({
      shiftId: assignments.shiftId,
      teamId: assignments.teamId,
      heads: sql<number>`count(*)`.mapWith(Number),
    })
    .from(assignments)
    .where(
      and(eq(assignments.eventId, eventId), isNull(assignments.freedAt), isNull(assignments.allotmentId)),
    )
    .groupBy(assignments.shiftId, assignments.teamId)
  const allotted = await db
    .select({ shiftId: allotments.shiftId, teamId: allotments.teamId, heads: allotments.heads })
    .from(allotments)
    .where(eq(allotments.eventId, eventId))
  const led = await db.select({ id: teams.id, leaderId: teams.leaderPersonId }).from(teams)
  const leaderOf = new Map(led.flatMap(({ id, leaderId }) => (leaderId ? [[id, leaderId] as const] : [])))
  const sizes = new Map<string, Map<string, number>>()
  for (const { shiftId, teamId, heads } of [...people, ...allotted]) {
    if (teamId === null || !leaderOf.has(teamId)) continue
    const ofShift = sizes.get(shiftId) ?? new Map<string, number>()
    sizes.set(shiftId, ofShift)
    ofShift.set(teamId, (ofShift.get(teamId) ?? 0) + heads)
  }
  return new Map(
    [...sizes].map(([shiftId, ofShift]) => {
      const [largest] = [...ofShift].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b))
      return [shiftId, leaderOf.get(largest![0]) as string]
    }),
  )
}

/** The liaison of the unit responsible (三定) for each zone on a day, by zone. */
async function liaisonsOf(db: Reader, zoneIds: readonly string[], day: string): Promise<Map<string, string>> {
  if (zoneIds.length === 0) return new Map()
  const rows = await db
    .select({
      zoneId: responsibilities.zoneId,
      validFrom: responsibilities.validFrom,
      validUntil: responsibilities.validUntil,
      personId: units.liaisonPersonId,
    })
    .from(responsibilities)
    .innerJoin(units, eq(units.id, responsibilities.unitId))
    .where(and(inArray(responsibilities.zoneId, [...zoneIds]), eq(responsibilities.level, 'unit')))
    .orderBy(responsibilities.id)
  const now = rows.filter((duty) => holdsOn(duty, day))
  return new Map(
    now.flatMap(({ zoneId, personId }) => (personId ? [[zoneId, personId] as const] : [])).reverse(),
  )
}
