import { and, asc, eq, gt, isNotNull, isNull, lte } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type events, shiftSeats, shifts } from '#modules/events/schema.ts'
import { persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { among } from '#platform/database/dialect.ts'
import { pages } from '#platform/database/pages.ts'
import type { Reader } from '#platform/database/port.ts'
import { isClosed } from '../facts.ts'
import { commitmentsOf } from '../pool/pool-facts.ts'
import { allotments, assignments } from '../schema.ts'
import { membersOfTeams, type TeamMember } from '../team-members.ts'
import { type Ground, keepBusy, type OpenShift, type ProposedAssignment } from './proposal-rules.ts'

type Event = typeof events.$inferSelect
export type AllotmentRow = typeof allotments.$inferSelect
export type Standing = Pick<
  typeof assignments.$inferSelect,
  | 'id'
  | 'personId'
  | 'shiftId'
  | 'teamId'
  | 'unitId'
  | 'allotmentId'
  | 'origin'
  | 'pinned'
  | 'answer'
  | 'minor'
  | 'freedAt'
  | 'excusedAt'
> & { participationId: string; humanId: string | null }

/** What a `Standing` is read from: `assignments` joined with `persons`. */
export const standingColumns = {
  id: assignments.id,
  participationId: assignments.participationId,
  personId: assignments.personId,
  shiftId: assignments.shiftId,
  teamId: assignments.teamId,
  unitId: assignments.unitId,
  allotmentId: assignments.allotmentId,
  origin: assignments.origin,
  pinned: assignments.pinned,
  answer: assignments.answer,
  minor: assignments.minor,
  freedAt: assignments.freedAt,
  excusedAt: assignments.excusedAt,
  humanId: persons.humanId,
}

/** The records of these people, and the other records of their humans. */
export async function recordsWith(db: Reader, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return []
  const humans = await db
    .selectDistinct({ id: persons.humanId })
    .from(persons)
    .where(and(among(persons.id, personIds), isNotNull(persons.humanId)))
  if (humans.length === 0) return [...personIds]
  const records = await db
    .select({ id: persons.id })
    .from(persons)
    .where(
      among(
        persons.humanId,
        humans.map(({ id }) => id as string),
      ),
    )
  return [...new Set([...personIds, ...records.map(({ id }) => id)])]
}

/** The assignments of the event that are not cancelled, on these shifts and of these people. */
export async function standingFor(
  db: Reader,
  eventId: string,
  { shiftIds, personIds }: { shiftIds: readonly string[]; personIds: readonly string[] },
): Promise<Standing[]> {
  const found = new Map<string, Standing>()
  for (const which of [among(assignments.shiftId, shiftIds), among(assignments.personId, personIds)]) {
    const rows = await db
      .select(standingColumns)
      .from(assignments)
      .innerJoin(persons, eq(persons.id, assignments.personId))
      .where(and(which, eq(assignments.eventId, eventId), isNull(assignments.cancelledAt)))
    for (const row of rows) found.set(row.id, row)
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The participations that lost a place to a proposal applied at this moment, after publication. */
export async function takenBackAt(
  db: Reader,
  { eventId, at }: { eventId: string; at: DateTime },
): Promise<string[]> {
  const after = (last: { id: string } | undefined, size: number) =>
    db
      .select({
        id: assignments.id,
        participationId: assignments.participationId,
        because: assignments.cancelReason,
        cancelledAt: assignments.cancelledAt,
      })
      .from(assignments)
      .where(and(eq(assignments.eventId, eventId), gt(assignments.id, last?.id ?? '')))
      .orderBy(asc(assignments.id))
      .limit(size)
  const found: string[] = []
  for await (const rows of pages(after, 1000))
    for (const { participationId, because, cancelledAt } of rows)
      if (because === 'replanned' && cancelledAt?.toMillis() === at.toMillis()) found.push(participationId)
  return found
}

/** The shifts of the event that are over at this moment. */
export async function shiftsOver(
  db: Reader,
  { eventId, at }: { eventId: string; at: DateTime },
): Promise<Set<string>> {
  const rows = await db
    .select({ id: shifts.id })
    .from(shifts)
    .where(and(eq(shifts.eventId, eventId), lte(shifts.endsAt, at)))
  return new Set(rows.map(({ id }) => id))
}

/** These shifts with their free seats, by id. */
export async function openShifts(
  db: Reader,
  event: Event,
  shiftIds: readonly string[],
  at: DateTime,
): Promise<Map<string, OpenShift>> {
  const rows = await db
    .select({ shift: shifts, taken: shiftSeats.taken, max: shiftSeats.max })
    .from(shifts)
    .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
    .where(and(among(shifts.id, shiftIds), eq(shifts.eventId, event.id)))
  return new Map(
    rows.map(({ shift, taken, max }) => {
      const { id, startsAt, endsAt, minorsAllowed } = shift
      return [
        id,
        { id, startsAt, endsAt, minorsAllowed, closed: isClosed({ shift, event }, at), left: max - taken },
      ]
    }),
  )
}

/** The allotments on these shifts. */
export async function allotmentsOn(db: Reader, shiftIds: readonly string[]): Promise<AllotmentRow[]> {
  return db.select().from(allotments).where(among(allotments.shiftId, shiftIds)).orderBy(asc(allotments.id))
}

/** The current members of these teams, by `PERSON TEAM`. */
export async function membersByTeam(
  db: Reader,
  keys: KeyRing,
  event: Event,
  teamIds: readonly string[],
): Promise<Map<string, TeamMember>> {
  const members = await membersOfTeams(db, keys, event, teamIds)
  return new Map(members.map((member) => [`${member.personId} ${member.teamId}`, member]))
}

interface Grounding {
  event: Event
  standing: readonly Standing[]
  stays: readonly Standing[]
  /** All records of the people to be placed. */
  records: readonly string[]
  slice: {
    shiftIds: readonly string[]
    assignments: readonly ProposedAssignment[]
    keys: KeyRing
    at: DateTime
  }
}

/** The current state around a slice of a proposal: its shifts and its people, with all else that these hold. */
export async function groundOf(
  tx: Reader,
  { event, standing, stays, records, slice }: Grounding,
): Promise<Ground> {
  const { shiftIds, assignments: proposed, keys, at } = slice
  const held = [...shiftIds, ...[...standing, ...proposed].map(({ shiftId }) => shiftId)]
  const shifts = await openShifts(tx, event, [...new Set(held)], at)
  const elsewhere = await commitmentsOf(tx, event, records)
  const teamIds = [...proposed, ...stays].map(({ teamId }) => teamId)
  const members = await membersByTeam(tx, keys, event, [...new Set(teamIds.filter((id) => id !== null))])
  const known = [...members.values(), ...stays, ...elsewhere]
  const humans = new Map(known.flatMap(({ personId, humanId }) => (humanId ? [[personId, humanId]] : [])))
  const busy: Ground['busy'] = new Map()
  for (const { personId, ...period } of elsewhere) keepBusy({ humans, busy }, personId, period)
  const groups: Ground['groups'] = new Map()
  const excused = new Map<string, OpenShift[]>()
  for (const each of stays) {
    const shift = shifts.get(each.shiftId)
    if (each.excusedAt && shift) excused.set(each.personId, [...(excused.get(each.personId) ?? []), shift])
    if (each.freedAt) continue
    if (shift) keepBusy({ humans, busy }, each.personId, shift)
    if (each.allotmentId) continue
    const key = `${each.shiftId} ${each.unitId ?? each.teamId}`
    const group = groups.get(key) ?? { minors: 0, escorts: 0 }
    groups.set(key, group)
    if (each.minor) group.minors++
    else if (members.get(`${each.personId} ${each.teamId}`)?.escort) group.escorts++
  }
  const heads: Ground['heads'] = new Map()
  return { shifts, members, humans, busy, excused, groups, heads, minorsPerAdult: event.minorsPerAdult }
}

/** Frees the places that go, in memory, so that new placements can use them. */
export function giveBack(
  { shifts, heads }: Ground,
  goes: readonly Standing[],
  allotted: { stays: readonly AllotmentRow[]; goes: readonly AllotmentRow[] },
): void {
  for (const { shiftId, teamId, id, heads: all, named } of allotted.stays) {
    heads.set(`${shiftId} ${teamId}`, { allotmentId: id, left: all - named })
  }
  const byId = new Map([...heads.values()].map((head) => [head.allotmentId, head]))
  for (const { shiftId, allotmentId } of goes) {
    const head = allotmentId ? byId.get(allotmentId) : undefined
    const shift = shifts.get(shiftId)
    if (head) head.left++
    else if (shift) shift.left++
  }
  for (const { shiftId, heads: all } of allotted.goes) {
    const shift = shifts.get(shiftId)
    if (shift) shift.left += all
  }
}
