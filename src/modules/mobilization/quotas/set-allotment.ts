import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { freeSeats, outOfReach, reachesUnit, reachesZones, takeSeats } from '#modules/events/index.ts'
import { teamsWithin } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { isClosed, type ShiftFacts, shiftFacts } from '../facts.ts'
import { type AllotmentRow, allotmentOf } from '../places.ts'
import { whyNotHeads } from '../proposal/proposal-rules.ts'
import { refusalOf } from '../rules.ts'
import { allotments, assignments } from '../schema.ts'

export interface SetAllotment {
  shiftId: string
  teamId: string
  heads: number
  minors: number
  pinned?: boolean
  /** The version the client has seen, if the allotment exists. */
  version?: number
  by: Actor
  at: DateTime
}

/**
 * Holds heads of a team on a shift, or changes their number. Members who already have a seat there move into the heads.
 * The heads must fit within the shift's max, and minors among them need enough adults in the same allotment.
 * @throws DomainError `shift.missing`, `team.missing`, `access.out_of_reach`, `allotment.minors`,
 *   `allotment.below_named`,   `precondition.required`, `version.stale`, `shift.full`, `shift.minor`, `shift.ratio`,
 * `shift.closed`
 */
export async function setAllotment(tx: Writer, request: SetAllotment): Promise<AllotmentRow> {
  const { shiftId, teamId, heads, minors, by, at } = request
  const facts = await shiftFacts(tx, shiftId)
  await assertMayAllot(tx, by, facts, teamId)
  if (minors > heads) {
    throw new DomainError('invalid', 'allotment.minors', 'There cannot be more minors than heads.')
  }
  const existing = await allotmentOf(tx, shiftId, teamId)
  assertSeen(existing, request.version)
  const named = existing ? await namedIn(tx, existing.id) : await placedOf(tx, shiftId, teamId)
  assertNamed(named, request)
  const held = existing?.heads ?? named.people
  const offer = {
    closed: isClosed(facts, at),
    minorsAllowed: facts.shift.minorsAllowed,
    left: facts.shift.max - facts.taken + held,
  }
  const because = whyNotHeads(offer, request, facts.event.minorsPerAdult)
  if (because) throw refusalOf(because, { shiftId, left: offer.left })
  await shiftSeatsBy(tx, shiftId, heads - held)
  const allotment = await write(tx, facts, { ...request, existing, named: named.people })
  const details = { shiftId, teamId, heads, minors }
  await record(tx, { action: 'allotment.set', subject: `allotment:${allotment.id}`, by, at, details })
  return allotment
}

/** Changes the number of taken seats. @throws DomainError `shift.full` */
async function shiftSeatsBy(tx: Writer, shiftId: string, change: number): Promise<void> {
  if (change > 0 && !(await takeSeats(tx, shiftId, change))) throw refusalOf('full', { shiftId })
  if (change < 0) await freeSeats(tx, shiftId, -change)
}

async function write(
  tx: Writer,
  { event }: ShiftFacts,
  request: SetAllotment & { existing: AllotmentRow | undefined; named: number },
): Promise<AllotmentRow> {
  const { shiftId, teamId, heads, minors, pinned, existing, named, at } = request
  const fields = { heads, minors, pinned: pinned ?? existing?.pinned ?? false, origin: 'leader' as const }
  if (existing) {
    return updateVersioned(tx, allotments, existing.id, existing.version, fields)
  }
  const [made] = await tx
    .insert(allotments)
    .values({ ...fields, id: newId(), eventId: event.id, shiftId, teamId, named, createdAt: at })
    .returning()
  const allotment = made as AllotmentRow
  await tx.update(assignments).set({ allotmentId: allotment.id }).where(ownPlaces(shiftId, teamId))
  return allotment
}

function ownPlaces(shiftId: string, teamId: string) {
  return and(
    eq(assignments.shiftId, shiftId),
    eq(assignments.teamId, teamId),
    isNull(assignments.freedAt),
    isNull(assignments.allotmentId),
  )
}

const counts = {
  people: sql<number>`count(*)`.mapWith(Number),
  minors: sql<number>`coalesce(sum(case when ${assignments.minor} then 1 else 0 end), 0)`.mapWith(Number),
}
interface Named {
  people: number
  minors: number
}

async function placedOf(db: Reader, shiftId: string, teamId: string): Promise<Named> {
  const [counted] = await db.select(counts).from(assignments).where(ownPlaces(shiftId, teamId))
  return counted as Named
}

async function namedIn(db: Reader, allotmentId: string): Promise<Named> {
  const [counted] = await db.select(counts).from(assignments).where(eq(assignments.allotmentId, allotmentId))
  return counted as Named
}

function assertNamed(named: Named, { heads, minors }: SetAllotment): void {
  if (named.people <= heads && named.minors <= minors && named.people - named.minors <= heads - minors) return
  const message = `${named.people} people, ${named.minors} of them minors, are named there already.`
  throw new DomainError('conflict', 'allotment.below_named', message, { ...named })
}

function assertSeen(existing: AllotmentRow | undefined, version: number | undefined): void {
  if (!existing) return
  if (version === undefined) {
    throw new DomainError('precondition', 'precondition.required', 'Send the ETag you last saw as If-Match.')
  }
  assertVersion(existing, version)
}

/** The reach must cover the team, the event's organiser or the district of the zone. */
export async function assertMayAllot(
  db: Reader,
  by: Actor,
  { event, shift }: ShiftFacts,
  teamId: string,
): Promise<void> {
  const reach = reachOf(by, 'mobilization.edit')
  const [team] = await db.select({ closedAt: teams.closedAt }).from(teams).where(eq(teams.id, teamId))
  if (!team || team.closedAt)
    throw new DomainError('missing', 'team.missing', 'There is no such team.', { teamId })
  if (await reachesUnit(db, reach, event.organiserUnitId)) return
  if (await reachesZones(db, reach, [shift.zoneId])) return
  const mine = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(inArray(teams.id, [teamId]), teamsWithin(db, reach)))
  if (mine.length === 0) throw outOfReach()
}
