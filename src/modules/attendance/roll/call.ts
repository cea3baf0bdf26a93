import { and, asc, eq, isNotNull, isNull, ne, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { teamsWithin } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Database, Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { reachOf } from '#platform/http/access.ts'
import { assignmentWithin, checkInByRollCall, type RollCaller, undoCheckIn } from '../call-roll.ts'
import { leave } from '../check-out.ts'
import { asItEnded, type FoundAssignment } from '../find-assignment.ts'
import { enterLate } from '../late/ask.ts'
import { phaseOf } from '../rules.ts'
import { attendances } from '../schema.ts'
import { type Attendance, attendanceOf } from '../statements.ts'
import type { RollMark, RollResult } from '../words.ts'
import { formerly, isWithin } from './former.ts'
import { openedBy } from './pass.ts'
import { judgeTap, type Tap } from './rules.ts'

export interface RollEntry {
  assignmentId: string
  is: RollMark
  /** Time of the tap by the phone's clock. */
  at?: DateTime
}

export interface HandedIn {
  shiftId: string
  operationId: string
  teamId?: string
  /** All other people: present, except those who declined; or, of those who are here, all leave (收队). */
  rest?: 'present' | 'left'
  reason?: string
  entries: readonly RollEntry[]
  /** Recorded without network: when the roll was loaded and when it was sent. */
  offline?: Omit<Tap, 'at'>
  by: RollCaller
  at: DateTime
}

export interface RollAnswer {
  assignmentId: string
  result: RollResult
  attendance: Attendance | null
}

/**
 * The roll of a shift, submitted in one request. Each entry has its own transaction and its own result: a failed
 * entry does not stop the others. Idempotent: submitting again gives the same results.
 * @throws DomainError `shift.missing`
 */
export async function callRoll(db: Database, keys: KeyRing, roll: HandedIn): Promise<RollAnswer[]> {
  const [shift] = await db.read
    .select({ endsAt: shifts.endsAt, zone: events.timeZone })
    .from(shifts)
    .innerJoin(events, eq(events.id, shifts.eventId))
    .where(eq(shifts.id, roll.shiftId))
  if (!shift) throw new DomainError('missing', 'shift.missing', 'There is no such shift.')
  const named = new Set(roll.entries.map(({ assignmentId }) => assignmentId))
  const is = roll.rest ?? 'present'
  const rest = roll.rest ? await othersOf(db.read, roll) : []
  const others = rest.filter((id) => !named.has(id)).map((id): RollEntry => ({ assignmentId: id, is }))
  const answers: RollAnswer[] = []
  for (const entry of [...roll.entries, ...others]) {
    const tap = tapOf(roll, entry, shift)
    const isolation = { isolation: tap.proven ? 'statement' : 'serializable' } as const
    answers.push(await db.transaction((tx) => answerAsThen(tx, keys, roll, { entry, tap }), isolation))
  }
  return answers
}

/**
 * The answer to somebody who may have been the leader when they tapped: what was tapped then, on a roll that they had loaded,
 * counts as theirs. What they tapped after the team was handed over is refused by that name.
 */
async function answerAsThen(
  tx: Writer,
  keys: KeyRing,
  roll: HandedIn,
  marking: Marking,
): Promise<RollAnswer> {
  const said = await answer(tx, keys, roll, marking)
  const { by, at } = roll
  if (said.result !== 'missing' || 'pass' in by) return said
  const { entry, tap } = marking
  const then = await formerly(tx, by, at)
  if (tap.offline) {
    const again = await answer(tx, keys, { ...roll, by: then.at(tap.at) }, marking)
    if (again.result !== 'missing') return again
  }
  const { assignmentId } = entry
  const led =
    !(await isWithin(tx, { assignmentId, by })) && (await isWithin(tx, { assignmentId, by: then.ever }))
  return led ? { ...said, result: 'handed_over' } : said
}

/** People within reach who are expected and not present; or, for the end of the shift, who are here and have not left. */
async function othersOf(db: Reader, { shiftId, teamId, by, rest }: HandedIn): Promise<string[]> {
  const within = 'pass' in by ? openedBy(db, by.pass) : teamsWithin(db, reachOf(by, 'attendance.record'))
  const rows = await db
    .select({ id: assignments.id })
    .from(assignments)
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .leftJoin(attendances, eq(attendances.assignmentId, assignments.id))
    .where(
      and(
        eq(assignments.shiftId, shiftId),
        within,
        teamId ? eq(assignments.teamId, teamId) : undefined,
        rest === 'left' ? isHere() : isExpected(),
      ),
    )
    .orderBy(asc(assignments.id))
  return rows.map(({ id }) => id)
}

function isHere() {
  return and(isNotNull(attendances.checkInAt), isNull(attendances.checkOutAt))
}

function isExpected() {
  return and(
    isNull(assignments.cancelledAt),
    isNull(assignments.excusedAt),
    or(isNull(assignments.answer), ne(assignments.answer, 'declined')),
    or(isNull(attendances.checkInAt), eq(attendances.grade, 'C')),
  )
}

interface Tapped {
  at: DateTime
  proven: boolean
  offline: boolean
}

function tapOf(roll: HandedIn, entry: RollEntry, shift: { endsAt: DateTime; zone: string }): Tapped {
  const { offline, at: now } = roll
  if (!offline) return { at: now, proven: true, offline: false }
  const judged = judgeTap({ ...offline, at: entry.at ?? offline.sentAt }, { ...shift, now })
  // During the shift the sender is at the shift now, so no time has to be verified.
  if (!judged.proven && now < shift.endsAt) return { at: now, proven: true, offline: false }
  return { ...judged, offline: true }
}

interface Marking {
  entry: RollEntry
  tap: Tapped
}

async function answer(
  tx: Writer,
  keys: KeyRing,
  roll: HandedIn,
  { entry, tap }: Marking,
): Promise<RollAnswer> {
  const { assignmentId, is } = entry
  const { operationId, by } = roll
  const say = (result: RollResult, attendance: Attendance | null = null) => ({
    assignmentId,
    result,
    attendance,
  })
  try {
    const found = await assignmentWithin(tx, { assignmentId, by })
    if (found.shiftId !== roll.shiftId) return say('missing')
    const was = (await attendanceOf(tx, assignmentId)) ?? null
    // Whoever came after this was tapped is here all the same.
    if (is !== 'present' && was?.checkInAt && tap.at < was.checkInAt) return say('already', was)
    if (is === 'absent') {
      if (!was?.checkInAt) return say('absent')
      return say(
        'undone',
        await undoCheckIn(tx, { assignmentId, operationId: `${operationId}-u`, by, at: roll.at }),
      )
    }
    if (is === 'left') {
      if (!was?.checkInAt) return say('absent')
      if (was.checkOutAt) return say('already', was)
      const left = {
        operationId: `${operationId}-o`,
        at: tap.at,
        via: 'roll_call',
        byUserId: by.userId,
      } as const
      return say('left', await leave(tx, found, left))
    }
    return await present(tx, keys, roll, { found, was, tap })
  } catch (error) {
    if (error instanceof DomainError && error.kind !== 'throttled') return say(refusedAs(error.code))
    throw error
  }
}

async function present(
  tx: Writer,
  keys: KeyRing,
  roll: HandedIn,
  { found, was, tap }: { found: FoundAssignment; was: Attendance | null; tap: Tapped },
): Promise<RollAnswer> {
  const { id: assignmentId } = found
  const { operationId, by, shiftId, at: now } = roll
  const [place] = await tx
    .select({ answer: assignments.answer, personId: assignments.personId, eventId: assignments.eventId })
    .from(assignments)
    .where(eq(assignments.id, assignmentId))
  if (found.ended === 'assignment.cancelled') {
    const [other] = await tx
      .select({ id: assignments.id })
      .from(assignments)
      .where(
        and(
          eq(assignments.personId, place!.personId),
          eq(assignments.eventId, place!.eventId),
          isNull(assignments.cancelledAt),
        ),
      )
    return { assignmentId, result: other ? 'moved' : 'cancelled', attendance: null }
  }
  if (was?.checkInAt && was.grade !== 'C') return { assignmentId, result: 'already', attendance: was }
  const stood = tap.proven ? found : await asItEnded(tx, found)
  if (!tap.proven && !stood.ended && !('pass' in by) && phaseOf(stood, now) === 'over' && !was?.checkInAt) {
    const reason = roll.reason ?? '离线点名，点名时间无法核实'
    await enterLate(tx, {
      ...{ assignmentId, shiftId, by, reason, at: now, actId: operationId, origin: 'roll' },
      arrivedAt: tap.at,
    })
    return { assignmentId, result: 'pending', attendance: null }
  }
  const call = { assignmentId, operationId, by, at: tap.at, receivedAt: now, offline: tap.offline }
  const recorded = await checkInByRollCall(tx, keys, call)
  const result = was?.checkInAt ? 'confirmed' : place?.answer === 'declined' ? 'declined' : 'recorded'
  return { assignmentId, result, attendance: recorded }
}

function refusedAs(code: string): RollResult {
  if (code === 'attendance.not_open') return 'not_open'
  if (code === 'assignment.missing' || code === 'access.denied') return 'missing'
  if (code.endsWith('.cancelled')) return 'cancelled'
  return 'over'
}
