import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { currentPerson } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { creditedTeam } from './credited-team.ts'
import { judge } from './eligibility.ts'
import {
  dayOf,
  type PersonFacts,
  personFacts,
  type ShiftFacts,
  shiftFacts,
  type TeamOfPerson,
} from './facts.ts'
import { placesSettleLater } from './notices/places-settle.ts'
import { ensureParticipation } from './participations.ts'
import { takePlace } from './places.ts'
import { refusalOf } from './rules.ts'
import { assignments } from './schema.ts'

export interface AssignPerson {
  shiftId: string
  personId: string
  /** The credited team; when absent, the first team of the person within reach. */
  teamId?: string
  pinned?: boolean
  by: Actor
  at: DateTime
}

export type AssignmentRow = typeof assignments.$inferSelect

/**
 * Assigns a member of a team to a shift for a leader. The seat counter decides who gets the last place. Overlapping
 * places are excluded by reading the person's places in the same serializable transaction. Idempotent while the person
 * holds the place.
 * @throws DomainError `shift.missing`, `person.missing`, `team.missing`, `assignment.declined`, and `shift.REASON` with
 *   one   reason of `Ineligibility`
 */
export async function assignPerson(tx: Writer, keys: KeyRing, asked: AssignPerson): Promise<AssignmentRow> {
  const { shiftId, pinned, by, at } = asked
  const personId = await currentPerson(tx, asked.personId)
  const request = { ...asked, personId }
  const facts = await shiftFacts(tx, shiftId)
  const person = await personFacts(tx, keys, personId, dayOf(facts.event))
  const team = await creditedTeam(tx, person, request)
  const present = await liveAssignment(tx, shiftId, personId)
  if (present?.answer === 'declined' || (!present && (await hasDeclined(tx, shiftId, personId)))) {
    const message = 'They declined this shift. Record their answer if they changed their mind.'
    throw new DomainError('conflict', 'assignment.declined', message)
  }
  if (present && present.freedAt === null) return keep(tx, present, pinned)

  const { eligibility, allotment, free } = await judge(tx, keys, facts, person, { team, at })
  if (!free) throw refusalOf(eligibility.because, { shiftId, personId })
  const place = await takePlace(tx, { shiftId, allotmentId: allotment?.id ?? null, free })
  if (!place) throw refusalOf('full', { shiftId, personId })
  const assignment = await write(tx, keys, { facts, person, team, request, present, place })
  await record(tx, {
    action: 'assignment.made',
    subject: `assignment:${assignment.id}`,
    by,
    at,
    details: { shiftId, personId, teamId: team.teamId },
  })
  if (facts.event.publishedAt) {
    await inviteSoon(tx, assignment.participationId)
    await placesSettleLater(tx, assignment.participationId, at)
  }
  return assignment
}

/** Enqueues an invitation for one participation, after publication or when it got a new link. */
export async function inviteSoon(tx: Writer, participationId: string): Promise<void> {
  const key = `mobilization.invite:${participationId}`
  await enqueue(tx, 'mobilization.invite', { participationId }, { key })
}

/** The assignment of a person to a shift that is not cancelled; declined and excused ones included. */
export async function liveAssignment(
  db: Reader,
  shiftId: string,
  personId: string,
): Promise<AssignmentRow | undefined> {
  const [found] = await db
    .select()
    .from(assignments)
    .where(
      and(
        eq(assignments.shiftId, shiftId),
        eq(assignments.personId, personId),
        isNull(assignments.cancelledAt),
      ),
    )
  return found
}

/** Whether they declined the shift and were then taken off its list: what was refused is kept. */
async function hasDeclined(db: Reader, shiftId: string, personId: string): Promise<boolean> {
  const [found] = await db
    .select({ id: assignments.id })
    .from(assignments)
    .where(
      and(
        eq(assignments.shiftId, shiftId),
        eq(assignments.personId, personId),
        eq(assignments.answer, 'declined'),
        inArray(assignments.cancelReason, ['removed', 'withdrawn']),
      ),
    )
    .limit(1)
  return found !== undefined
}

async function keep(tx: Writer, present: AssignmentRow, pinned: boolean | undefined): Promise<AssignmentRow> {
  if (pinned === undefined || pinned === present.pinned) return present
  await tx.update(assignments).set({ pinned }).where(eq(assignments.id, present.id))
  return { ...present, pinned }
}

interface Written {
  facts: ShiftFacts
  person: PersonFacts
  team: TeamOfPerson
  request: AssignPerson
  present: AssignmentRow | undefined
  place: { allotmentId: string | null }
}

async function write(tx: Writer, keys: KeyRing, written: Written): Promise<AssignmentRow> {
  const { facts, person, team, request, present, place } = written
  const { shiftId, personId, pinned = false, at } = request
  const eventId = facts.event.id
  const fields = {
    teamId: team.teamId,
    unitId: team.unitId,
    allotmentId: place.allotmentId,
    origin: 'leader' as const,
    minor: person.minor,
    pinned,
  }
  // Made anew: whoever was excused and is named again has to be told as if the place were new.
  const again = {
    ...fields,
    createdAt: at,
    askedAgainAt: null,
    answer: null,
    answeredAt: null,
    excusedAt: null,
    freedAt: null,
  }
  const rows = present
    ? await tx.update(assignments).set(again).where(eq(assignments.id, present.id)).returning()
    : await tx
        .insert(assignments)
        .values({
          ...fields,
          id: newId(),
          eventId,
          shiftId,
          personId,
          participationId: await ensureParticipation(tx, keys, {
            eventId,
            personId,
            teamId: team.teamId,
            at,
          }),
          createdAt: at,
        })
        .returning()
  return rows[0] as AssignmentRow
}
