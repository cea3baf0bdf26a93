import { and, asc, eq, isNull, or, type SQL } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { actorNow } from '#modules/accounts/index.ts'
import { users } from '#modules/accounts/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { assertTeamsWithin, teamsWithin } from '#modules/organisation/index.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, type Reach, reachesNothing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { isInCharge as inCharge } from '../duties.ts'
import { isAround } from '../queries.ts'
import { attendances, rollPasses } from '../schema.ts'

/** A roll pass expires this many hours after the end of the shift. */
export const passHoursAfterEnd = 2
/** 16 characters × 5 bits = 80 bits of entropy, because the pass shows names. */
const characters = 16
const purpose = 'roll_pass'

export type RollPassRow = typeof rollPasses.$inferSelect
type ShiftRow = typeof shifts.$inferSelect

/** The holder of a roll pass. They act in the name of the issuer, only for this shift and these names. */
export interface PassHolder {
  userId: string
  pass: PassScope & { id: string }
}

/** Whose names a pass opens. */
export interface PassScope {
  shiftId: string
  teamId: string | null
  /**
   * Issued by somebody who reaches these people only because they are in charge of the shift: what they see themselves, so
   * beyond their own reach adults alone, and those around the shift alone. Pupils are counted by their teachers.
   */
  inCharge: { reach: Reach; around: boolean } | null
}

interface Issued {
  shiftId: string
  teamId?: string
  by: Actor
  at: DateTime
}

/**
 * 点名凭证: issues a link for the roll-call of one team on one shift. Without a team it covers the whole shift; then only
 * the person in charge, the deputy, or a user with reach over everything may issue it.
 * @throws DomainError `shift.missing` (or the team has nobody on it), `shift.cancelled`, `attendance.over`,
 *   `access.denied`
 */
export async function issuePass(
  tx: Writer,
  keys: KeyRing,
  { shiftId, teamId, by, at }: Issued,
): Promise<{ row: RollPassRow; token: string; endsAt: DateTime }> {
  const shift = await shiftOf(tx, shiftId)
  if (shift.cancelledAt) throw new DomainError('conflict', 'shift.cancelled', 'The shift is cancelled.')
  if (at >= expiryOf(shift.endsAt)) throw new DomainError('conflict', 'attendance.over', 'The shift is over.')
  await groundOf(tx, { shiftId, teamId, by }, shift)
  const id = newId()
  const { token, hash } = keys.deriveToken(purpose, id, 1, characters)
  const values = {
    id,
    shiftId,
    teamId: teamId ?? null,
    tokenHash: hash,
    issuedByUserId: by.userId,
    issuedAt: at,
  }
  const [row] = await tx.insert(rollPasses).values(values).returning()
  await record(tx, {
    action: 'roll_pass.issued',
    subject: `shift:${shiftId}`,
    by,
    at,
    details: { rollPassId: id, teamId: teamId ?? null },
  })
  return { row: row as RollPassRow, token, endsAt: shift.endsAt }
}

async function shiftOf(db: Reader, shiftId: string) {
  const [shift] = await db.select().from(shifts).where(eq(shifts.id, shiftId))
  if (!shift) throw new DomainError('missing', 'shift.missing', 'There is no such shift.')
  return shift
}

/** When a roll pass for a shift expires. */
export function expiryOf(endsAt: DateTime): DateTime {
  return endsAt.plus({ hours: passHoursAfterEnd })
}

/**
 * By what right somebody may issue a pass: their reach covers its people, or they are in charge of the shift.
 * @throws DomainError `access.denied`, `shift.missing`
 */
async function groundOf(
  db: Reader,
  issuing: Omit<Issued, 'at'>,
  shift: ShiftRow,
): Promise<'reach' | 'in_charge'> {
  try {
    await assertReached(db, issuing)
    return 'reach'
  } catch (error) {
    if (!(error instanceof DomainError) || !(await isInCharge(db, issuing.by.userId, shift))) throw error
    return 'in_charge'
  }
}

async function assertReached(db: Reader, { shiftId, teamId, by }: Omit<Issued, 'at'>): Promise<void> {
  const denied = new DomainError('forbidden', 'access.denied', 'Your roles do not allow this.', {
    permission: 'attendance.record',
  })
  if (!may(by, 'attendance.record')) throw denied
  const reach = reachOf(by, 'attendance.record')
  if (!teamId) {
    if (reach.everything) return
    throw denied
  }
  const missing = new DomainError('missing', 'shift.missing', 'There is no such shift for this team.')
  await assertTeamsWithin(db, reach, [teamId]).catch((error: unknown) => {
    throw error instanceof DomainError ? missing : error
  })
  const ofTeam = and(eq(assignments.shiftId, shiftId), eq(assignments.teamId, teamId))
  if ((await db.$count(assignments, ofTeam)) === 0) throw missing
}

/**
 * What the pass opens now, if its issuer could issue it today: it acts in their name, so it ends with their right to it.
 * Undefined: nothing.
 */
async function scopeNow(
  db: Reader,
  { issuedByUserId, shiftId, teamId }: RollPassRow,
  shift: ShiftRow,
  now: DateTime,
): Promise<PassScope | undefined> {
  const by = await actorNow(db, issuedByUserId)
  if (!by) return undefined
  try {
    const ground = await groundOf(db, { shiftId, by, ...(teamId !== null && { teamId }) }, shift)
    const reach = may(by, 'attendance.record') ? reachOf(by, 'attendance.record') : reachesNothing
    const around = isAround(shift, now)
    return { shiftId, teamId, inCharge: ground === 'reach' ? null : { reach, around } }
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}

/** A condition on assignments joined with teams: those whom a pass opens. */
export function openedBy(db: Reader, { shiftId, teamId, inCharge: ground }: PassScope): SQL | undefined {
  const own = ground ? teamsWithin(db, ground.reach) : undefined
  const adults = ground?.around ? eq(assignments.minor, false) : undefined
  return and(
    eq(assignments.shiftId, shiftId),
    teamId === null ? undefined : eq(assignments.teamId, teamId),
    ground ? or(own, adults) : undefined,
  )
}

async function isInCharge(
  db: Reader,
  userId: string,
  shift: Pick<ShiftRow, 'inChargePersonId' | 'deputyPersonId'>,
): Promise<boolean> {
  const [user] = await db.select({ personId: users.personId }).from(users).where(eq(users.id, userId))
  return inCharge(shift, user?.personId ?? null)
}

/** The roll passes of a shift that the actor issued or whose names are within the actor's reach. */
export async function passesOf(db: Reader, shiftId: string, by: Actor) {
  const within = may(by, 'attendance.record') ? teamsWithin(db, reachOf(by, 'attendance.record')) : undefined
  const everything = may(by, 'attendance.record') && within === undefined
  return db
    .select({ row: rollPasses, team: { id: teams.id, name: teams.name }, endsAt: shifts.endsAt })
    .from(rollPasses)
    .innerJoin(shifts, eq(shifts.id, rollPasses.shiftId))
    .leftJoin(teams, eq(teams.id, rollPasses.teamId))
    .where(
      and(
        eq(rollPasses.shiftId, shiftId),
        everything ? undefined : or(eq(rollPasses.issuedByUserId, by.userId), within),
      ),
    )
    .orderBy(asc(rollPasses.id))
}

/**
 * Revokes a roll pass at once. Idempotent.
 * @throws DomainError `roll_pass.missing`, also when the actor neither issued it nor has it within reach
 */
export async function revokePass(
  tx: Writer,
  { rollPassId, by, at }: { rollPassId: string; by: Actor; at: DateTime },
): Promise<void> {
  const [pass] = await tx.select().from(rollPasses).where(eq(rollPasses.id, rollPassId))
  const seen = pass ? await passesOf(tx, pass.shiftId, by) : []
  if (!pass || !seen.some(({ row }) => row.id === rollPassId)) {
    throw new DomainError('missing', 'roll_pass.missing', 'There is no such pass.')
  }
  if (pass.revokedAt) return
  await tx
    .update(rollPasses)
    .set({ revokedAt: at, revokedByUserId: by.userId })
    .where(and(eq(rollPasses.id, rollPassId), isNull(rollPasses.revokedAt)))
  await record(tx, {
    action: 'roll_pass.revoked',
    subject: `shift:${pass.shiftId}`,
    by,
    at,
    details: { rollPassId },
  })
}

/**
 * The shift and team a roll pass gives access to now, while whoever issued it could still issue it.
 * @throws DomainError missing `roll_pass.unknown`, gone `roll_pass.ended`
 */
export async function openPass(db: Reader, keys: KeyRing, token: string, now: DateTime) {
  for (const hash of keys.tokenHashes(purpose, token, characters)) {
    const [found] = await db
      .select({
        pass: rollPasses,
        team: { id: teams.id, name: teams.name },
        shift: shifts,
        zone: { id: zones.id, name: zones.name },
        event: { timeZone: events.timeZone, cancelledAt: events.cancelledAt },
      })
      .from(rollPasses)
      .innerJoin(shifts, eq(shifts.id, rollPasses.shiftId))
      .innerJoin(zones, eq(zones.id, shifts.zoneId))
      .innerJoin(events, eq(events.id, shifts.eventId))
      .leftJoin(teams, eq(teams.id, rollPasses.teamId))
      .where(eq(rollPasses.tokenHash, hash))
    if (!found) continue
    const { pass, shift, event } = found
    const over = shift.cancelledAt || event.cancelledAt || now >= expiryOf(shift.endsAt)
    const scope = pass.revokedAt || over ? undefined : await scopeNow(db, pass, shift, now)
    if (!scope) throw new DomainError('gone', 'roll_pass.ended', 'This pass has ended.')
    const holder: PassHolder = { userId: pass.issuedByUserId, pass: { id: pass.id, ...scope } }
    return { ...found, holder }
  }
  throw new DomainError('missing', 'roll_pass.unknown', 'This pass is not known.')
}
export type OpenedPass = Awaited<ReturnType<typeof openPass>>

/** The names of a roll pass, ordered, with their attendance. */
export async function namesOf(db: Reader, scope: PassScope) {
  return db
    .select({
      assignmentId: assignments.id,
      name: persons.name,
      team: teams.name,
      checkInAt: attendances.checkInAt,
    })
    .from(assignments)
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .leftJoin(attendances, eq(attendances.assignmentId, assignments.id))
    .where(and(openedBy(db, scope), isNull(assignments.cancelledAt)))
    .orderBy(asc(persons.pinyin), asc(assignments.id))
}

/** How many on the shift a pass does not name: pupils, whom their teachers count, and before its time everybody. */
export async function unnamedOf(db: Reader, { shiftId, teamId }: PassScope, named: number): Promise<number> {
  const all = and(
    eq(assignments.shiftId, shiftId),
    teamId === null ? undefined : eq(assignments.teamId, teamId),
    isNull(assignments.cancelledAt),
  )
  return (await db.$count(assignments, all)) - named
}
