import { and, asc, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import type { AssignmentRow } from './assign-person.ts'
import { judge } from './eligibility.ts'
import { dayOf, isClosed, personFacts, type ShiftFacts, shiftFacts } from './facts.ts'
import { participationRow, settleAnswer } from './participations.ts'
import { freePlace, takePlace } from './places.ts'
import { refusalOf } from './rules.ts'
import { assignments, participations } from './schema.ts'
import type { Answer, AnswerVia } from './words.ts'

export interface GivenAnswer {
  participationId: string
  /** One shift; all present ones when absent. */
  assignmentId?: string
  answer: Answer
  via: AnswerVia
  /** The leader who recorded a spoken answer; absent when the person answered by link. */
  by?: Actor
  at: DateTime
}

/**
 * Records accept or decline. Declining frees the place at once and needs no reason; accepting after
 * declining takes a place again if there is one. Repeating an answer changes nothing.
 * @throws DomainError `participation.missing`, `assignment.missing`, and `shift.REASON` when a place
 *   cannot be taken again
 */
export async function answerInvitation(tx: Writer, given: GivenAnswer): Promise<{ answer: Answer | null }> {
  const { participationId, answer, via, by, at } = given
  const participation = await participationRow(tx, participationId)
  const asked = await askedFor(tx, given)
  let changed = 0
  for (const { assignment, facts } of asked) {
    if (assignment.answer === answer) continue
    if (answer === 'accepted') await accept(tx, { assignment, facts, at })
    else await decline(tx, { assignment, at })
    changed++
  }
  if (changed === 0) return { answer: participation.answer }
  const answeredByUserId = by?.userId ?? null
  await tx
    .update(participations)
    .set({ answeredAt: at, answeredVia: via, answeredByUserId })
    .where(eq(participations.id, participationId))
  await record(tx, {
    action: `invitation.${answer}`,
    subject: `participation:${participationId}`,
    by: by ?? { volunteer: participationId },
    at,
    details: { via, shifts: changed },
  })
  return { answer: await settleAnswer(tx, participationId) }
}

interface Asked {
  assignment: AssignmentRow
  facts: ShiftFacts
}

/** The assignments an answer is about: the one named, or all that can still be answered. */
async function askedFor(tx: Writer, { participationId, assignmentId, at }: GivenAnswer): Promise<Asked[]> {
  const live = await tx
    .select()
    .from(assignments)
    .where(and(eq(assignments.participationId, participationId), isNull(assignments.cancelledAt)))
    .orderBy(asc(assignments.id))
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

/** "All": the places that are held; where none is, those that were given up, which may be taken again. */
function inQuestion(live: AssignmentRow[]): AssignmentRow[] {
  const held = live.filter(({ freedAt }) => freedAt === null)
  return held.length > 0 ? held : live
}

async function accept(tx: Writer, { assignment, facts, at }: Asked & { at: DateTime }): Promise<void> {
  const allotmentId = assignment.freedAt
    ? await takeAgain(tx, { assignment, facts, at })
    : assignment.allotmentId
  const answered = {
    answer: 'accepted' as const,
    answeredAt: at,
    freedAt: null,
    excusedAt: null,
    allotmentId,
  }
  await tx.update(assignments).set(answered).where(eq(assignments.id, assignment.id))
}

/** A place that was given up is taken again like any other: if there is one, and the person may. */
async function takeAgain(
  tx: Writer,
  { assignment, facts, at }: Asked & { at: DateTime },
): Promise<string | null> {
  const { shiftId, personId, teamId } = assignment
  const person = await personFacts(tx, personId, dayOf(facts.event))
  const team = person.teams.find((each) => each.teamId === teamId)
  if (!team) throw refusalOf('closed', { shiftId })
  const { eligibility, allotment } = await judge(tx, facts, person, { team, at })
  if (!eligibility.eligible) throw refusalOf(eligibility.because, { shiftId })
  const place = await takePlace(tx, { shiftId, allotmentId: allotment?.id ?? null })
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
    .set({ answer: 'declined', answeredAt: at, freedAt: assignment.freedAt ?? at, allotmentId: null })
    .where(eq(assignments.id, assignment.id))
}
