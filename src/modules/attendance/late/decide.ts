import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { isHumanAmong } from '#modules/accounts/index.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { teamsWithin } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { fewRandomBytes } from '#platform/crypto/random.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { undoCheckIn } from '../call-roll.ts'
import { arrive } from '../check-in.ts'
import { leave } from '../check-out.ts'
import { asItEnded, assignmentById } from '../find-assignment.ts'
import { timingOf } from '../rules.ts'
import { lateEntries } from '../schema.ts'
import { attendanceOf } from '../statements.ts'
import type { LateEntry } from './ask.ts'
import { mayDecide } from './deciders.ts'
import { drawnOneIn } from './rules.ts'

export interface LateDecision {
  lateEntryId: string
  approved: boolean
  /** Required for a refusal: the person who asked is told. */
  reason?: string
  /** The shift that the entry is said to be of, where several are decided together. */
  shiftId?: string
  by: Actor
  at: DateTime
}

/**
 * The second person approves or refuses. Approval records an arrival of grade D with the stated times. Idempotent for
 * the same decision. A closed event stops check-ins but not this decision.
 * @throws DomainError `late_entry.missing` (the actor may not decide and the entry is out of reach),
 *   `late_entry.not_yours`, `late_entry.decided`, `late_entry.reason`, `assignment.cancelled`, `shift.cancelled`,
 *   `event.cancelled`
 */
export async function decideLateEntry(tx: Writer, keys: KeyRing, decision: LateDecision): Promise<LateEntry> {
  const { lateEntryId, approved, reason, by, at } = decision
  const entry = await entryFor(tx, decision)
  if (entry.decidedAt) {
    if (entry.approved === approved && entry.decidedByUserId === by.userId) return entry
    throw new DomainError('conflict', 'late_entry.decided', 'Somebody decided about it already.')
  }
  assertReason(decision)
  if (approved) await recordArrival(tx, keys, entry, at)
  const drawnAt = approved && isDrawn() ? at : null
  const decided = {
    decidedAt: at,
    decidedByUserId: by.userId,
    approved,
    decisionReason: reason ?? null,
    drawnAt,
  }
  const [saved] = await tx.update(lateEntries).set(decided).where(eq(lateEntries.id, lateEntryId)).returning()
  const action = approved ? 'late_entry.approved' : 'late_entry.refused'
  await record(tx, {
    action,
    subject: `assignment:${entry.assignmentId}`,
    by,
    at,
    details: { drawn: drawnAt !== null },
  })
  await enqueue(tx, 'late_entry.decided', { lateEntryId })
  return saved as LateEntry
}

/**
 * Whoever is refused is told why.
 * @throws DomainError `late_entry.reason`
 */
export function assertReason({ approved, reason }: Pick<LateDecision, 'approved' | 'reason'>): void {
  if (approved || reason) return
  throw new DomainError('invalid', 'late_entry.reason', 'Say why it is refused: whoever asked is told.')
}

/** The entry, if the actor may decide it. */
async function entryFor(tx: Writer, { lateEntryId, shiftId, by }: LateDecision): Promise<LateEntry> {
  const [entry] = await tx.select().from(lateEntries).where(eq(lateEntries.id, lateEntryId))
  const missing = new DomainError('missing', 'late_entry.missing', 'There is no such entry.')
  if (!entry || (shiftId && entry.shiftId !== shiftId)) throw missing
  if (await mayDecide(tx, entry, by.userId)) return entry
  if (!(await isWithin(tx, entry, by))) throw missing
  throw new DomainError(
    'forbidden',
    'late_entry.not_yours',
    'Another person decides: neither who entered it, nor who is in it, nor who appointed them.',
  )
}

async function isWithin(tx: Writer, { assignmentId }: LateEntry, by: Actor): Promise<boolean> {
  if (!may(by, 'attendance.read')) return false
  const found = await tx
    .select({ id: assignments.id })
    .from(assignments)
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .where(and(eq(assignments.id, assignmentId), teamsWithin(tx, reachOf(by, 'attendance.read'))))
  return found.length > 0
}

async function recordArrival(tx: Writer, keys: KeyRing, entry: LateEntry, at: DateTime): Promise<void> {
  const { assignmentId, shiftId, arrivedAt, leftAt, askedByUserId, id } = entry
  const found = await asItEnded(tx, await assignmentById(tx, assignmentId))
  if (found.ended && found.ended !== 'event.closed') {
    throw new DomainError('conflict', found.ended, 'It did not take place.')
  }
  if ((await attendanceOf(tx, assignmentId))?.checkInAt) return
  const evidence = { grade: 'D', via: 'late_entry', positionJudgement: 'none', distanceBand: null } as const
  const who = { assignmentId, shiftId, recordedByUserId: askedByUserId }
  const timing = timingOf(found, arrivedAt)
  const arrival = { ...who, ...evidence, checkInAt: arrivedAt, timing, createdAt: at }
  await arrive(tx, keys, found, arrival, `late-${id}`)
  await leave(tx, found, {
    operationId: `late-out-${id}`,
    at: leftAt,
    via: 'late_entry',
    byUserId: askedByUserId,
  })
}

function isDrawn(): boolean {
  return fewRandomBytes(2).readUInt16BE() % drawnOneIn === 0
}

/**
 * An office reviews an approved entry from the random sample. If it is not upheld, the arrival and its hours are
 * removed.
 * @throws DomainError `late_entry.missing`, `late_entry.not_drawn`, `late_entry.not_yours`
 */
export async function reviewLateEntry(
  tx: Writer,
  { lateEntryId, upheld, by, at }: { lateEntryId: string; upheld: boolean; by: Actor; at: DateTime },
): Promise<LateEntry> {
  const [entry] = await tx.select().from(lateEntries).where(eq(lateEntries.id, lateEntryId))
  if (!entry) throw new DomainError('missing', 'late_entry.missing', 'There is no such entry.')
  if (!entry.drawnAt) throw new DomainError('conflict', 'late_entry.not_drawn', 'It was not drawn.')
  if (entry.reviewedAt) return entry
  if (await isHumanAmong(tx, by.userId, [entry.askedByUserId, entry.decidedByUserId])) {
    throw new DomainError('forbidden', 'late_entry.not_yours', 'Somebody else looks at it again.')
  }
  const { assignmentId } = entry
  if (!upheld) await undoCheckIn(tx, { assignmentId, operationId: `late-review-${lateEntryId}`, by, at })
  const reviewed = { reviewedAt: at, reviewedByUserId: by.userId, upheld }
  const [saved] = await tx
    .update(lateEntries)
    .set(reviewed)
    .where(eq(lateEntries.id, lateEntryId))
    .returning()
  const action = upheld ? 'late_entry.upheld' : 'late_entry.taken_back'
  await record(tx, { action, subject: `assignment:${assignmentId}`, by, at })
  return saved as LateEntry
}
