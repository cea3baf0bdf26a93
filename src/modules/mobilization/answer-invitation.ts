import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { prepared, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import type { AssignmentRow } from './assign-person.ts'
import { judge } from './eligibility.ts'
import { dayOf, isClosed, personFacts, type ShiftFacts, shiftFacts } from './facts.ts'
import { freePlace, takePlace } from './places.ts'
import { overallAnswer, refusalOf } from './rules.ts'
import { assignments, participations } from './schema.ts'
import type { Answer, AnswerVia } from './words.ts'

const { placeholder } = sql

export interface GivenAnswer {
  participationId: string
  /** Answer for one assignment; for all current ones when absent. */
  assignmentId?: string
  answer: Answer
  via: AnswerVia
  /** The leader who recorded a spoken answer; absent for an answer by link. */
  by?: Actor
  at: DateTime
}

/**
 * Records that a person accepts or declines. Declining frees the place at once and needs no reason. Accepting after
 * declining takes a place again, if there is one. Idempotent.
 * @throws DomainError `assignment.missing`, and `shift.REASON` when no place can be taken again
 */
export async function answerInvitation(
  tx: Writer,
  keys: KeyRing,
  given: GivenAnswer,
): Promise<{ answer: Answer | null }> {
  const { participationId, answer, via, by, at } = given
  const live = await liveAssignments(tx, participationId)
  const changed = (await askedFor(tx, live, given)).filter(
    ({ assignment }) => assignment.answer !== answer || assignment.askedAgainAt,
  )
  for (const { assignment, facts } of changed) {
    if (answer === 'accepted') await accept(tx, keys, { assignment, facts, at })
    else await decline(tx, { assignment, at })
  }
  const answered = new Set(changed.map(({ assignment }) => assignment.id))
  const overall = overallAnswer(live.map((each) => (answered.has(each.id) ? answer : each.answer)))
  if (changed.length === 0) return { answer: overall }
  await saveAnswer(tx, { participationId, answer: overall, at, via, byUserId: by?.userId ?? null })
  await record(tx, {
    action: `invitation.${answer}`,
    subject: `participation:${participationId}`,
    by: by ?? { link: participationId },
    at,
    details: { via, shifts: changed.length },
  })
  return { answer: overall }
}

interface Asked {
  assignment: AssignmentRow
  facts: ShiftFacts
}

function liveAssignments(tx: Writer, participationId: string): Promise<AssignmentRow[]> {
  return prepared(tx, 'mobilization.liveAssignments', (db) =>
    db
      .select()
      .from(assignments)
      .where(
        and(eq(assignments.participationId, placeholder('participationId')), isNull(assignments.cancelledAt)),
      )
      .orderBy(asc(assignments.id))
      .prepare('mobilization_live_assignments'),
  ).execute({ participationId })
}

/** The assignments that the answer is for: the named one, or all that can still be answered. */
async function askedFor(
  tx: Writer,
  live: AssignmentRow[],
  { assignmentId, at }: GivenAnswer,
): Promise<Asked[]> {
  const named = assignmentId ? live.filter(({ id }) => id === assignmentId) : inQuestion(live)
  if (named.length === 0) {
    throw new DomainError('missing', 'assignment.missing', 'There is no shift here to answer for.')
  }
  const open: Asked[] = []
  for (const assignment of named) {
    const facts = await shiftFacts(tx, assignment.shiftId)
    if (!isClosed(facts, at)) open.push({ assignment, facts })
  }
  if (open.length === 0) throw refusalOf('closed')
  return open
}

/**
 * Selects for an answer to "all": the held places; if there are none, the declined places, which may be taken again.
 */
function inQuestion(live: AssignmentRow[]): AssignmentRow[] {
  const held = live.filter(({ freedAt }) => freedAt === null)
  return held.length > 0 ? held : live
}

async function accept(
  tx: Writer,
  keys: KeyRing,
  { assignment, facts, at }: Asked & { at: DateTime },
): Promise<void> {
  const allotmentId = assignment.freedAt
    ? await takeAgain(tx, keys, { assignment, facts, at })
    : assignment.allotmentId
  await prepared(tx, 'mobilization.accept', (db) =>
    db
      .update(assignments)
      .set({
        answer: 'accepted',
        askedAgainAt: null,
        answeredAt: sql`${sql.param(placeholder('at'), assignments.answeredAt)}`,
        freedAt: null,
        excusedAt: null,
        allotmentId: sql`${placeholder('allotmentId')}`,
      })
      .where(eq(assignments.id, placeholder('id')))
      .prepare('mobilization_accept'),
  ).execute({ id: assignment.id, at, allotmentId })
}

/** Takes a declined place again. All rules for a new place apply. */
async function takeAgain(
  tx: Writer,
  keys: KeyRing,
  { assignment, facts, at }: Asked & { at: DateTime },
): Promise<string | null> {
  const { shiftId, personId, teamId } = assignment
  const person = await personFacts(tx, keys, personId, dayOf(facts.event))
  const team = person.teams.find((each) => each.teamId === teamId)
  if (!team) throw refusalOf('closed', { shiftId })
  const { eligibility, allotment, free } = await judge(tx, keys, facts, person, { team, at })
  if (!free) throw refusalOf(eligibility.because, { shiftId })
  const place = await takePlace(tx, { shiftId, allotmentId: allotment?.id ?? null, free })
  if (!place) throw refusalOf('full', { shiftId })
  return place.allotmentId
}

async function decline(
  tx: Writer,
  { assignment, at }: { assignment: AssignmentRow; at: DateTime },
): Promise<void> {
  if (assignment.freedAt === null) await freePlace(tx, assignment)
  await tx
    .update(assignments)
    .set({
      answer: 'declined',
      askedAgainAt: null,
      answeredAt: at,
      freedAt: assignment.freedAt ?? at,
      allotmentId: null,
    })
    .where(eq(assignments.id, assignment.id))
}

async function saveAnswer(
  tx: Writer,
  saved: {
    participationId: string
    answer: Answer | null
    at: DateTime
    via: AnswerVia
    byUserId: string | null
  },
): Promise<void> {
  await prepared(tx, 'mobilization.saveAnswer', (db) =>
    db
      .update(participations)
      .set({
        answer: sql`${placeholder('answer')}`,
        answeredAt: sql`${sql.param(placeholder('at'), participations.answeredAt)}`,
        answeredVia: sql`${placeholder('via')}`,
        answeredByUserId: sql`${placeholder('byUserId')}`,
      })
      .where(eq(participations.id, placeholder('participationId')))
      .prepare('mobilization_save_answer'),
  ).execute(saved)
}
