import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { alias } from '#platform/database/kit.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { assignments, participations } from './schema.ts'
import type { Answer } from './words.ts'

/** What one personal link stands for, as of now. */
export interface LinkedParticipation {
  participationId: string
  generation: number
  revokedAt: DateTime | null
  answer: Answer | null
  person: { id: string; name: string; birthDate: string | null }
  teamId: string | null
  event: {
    id: string
    name: string
    timeZone: string
    startsAt: DateTime
    endsAt: DateTime
    cancelledAt: DateTime | null
  }
  /** Not cancelled, in order of time; declined and excused ones included, as their fields say. */
  assignments: LinkedAssignment[]
}

export interface LinkedAssignment {
  id: string
  answer: Answer | null
  excusedAt: DateTime | null
  shift: {
    id: string
    task: string
    startsAt: DateTime
    endsAt: DateTime
    meetingPoint: string | null
    tools: string | null
    risks: string | null
    recordable: boolean
    cancelledAt: DateTime | null
    inCharge: { id: string; name: string } | null
    deputy: { id: string; name: string } | null
  }
  zone: { id: string; name: string }
}

const inCharge = alias(persons, 'in_charge')
const deputy = alias(persons, 'deputy')

function selectLink(db: Pick<Reader, 'select'>) {
  return db
    .select({
      participation: {
        id: participations.id,
        generation: participations.linkGeneration,
        revokedAt: participations.linkRevokedAt,
        answer: participations.answer,
        teamId: participations.teamId,
      },
      person: { id: persons.id, name: persons.name, birthDate: persons.birthDate },
      event: {
        id: events.id,
        name: events.name,
        timeZone: events.timeZone,
        startsAt: events.startsAt,
        endsAt: events.endsAt,
        cancelledAt: events.cancelledAt,
      },
      assignment: { id: assignments.id, answer: assignments.answer, excusedAt: assignments.excusedAt },
      shift: {
        id: shifts.id,
        task: shifts.task,
        startsAt: shifts.startsAt,
        endsAt: shifts.endsAt,
        meetingPoint: shifts.meetingPoint,
        tools: shifts.tools,
        risks: shifts.risks,
        recordable: shifts.recordable,
        cancelledAt: shifts.cancelledAt,
      },
      inCharge: { id: inCharge.id, name: inCharge.name },
      deputy: { id: deputy.id, name: deputy.name },
      zone: { id: zones.id, name: zones.name },
    })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(persons, eq(persons.id, participations.personId))
    .leftJoin(
      assignments,
      and(eq(assignments.participationId, participations.id), isNull(assignments.cancelledAt)),
    )
    .leftJoin(shifts, eq(shifts.id, assignments.shiftId))
    .leftJoin(zones, eq(zones.id, shifts.zoneId))
    .leftJoin(inCharge, eq(inCharge.id, shifts.inChargePersonId))
    .leftJoin(deputy, eq(deputy.id, shifts.deputyPersonId))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
}

/** Finds whom a personal link stands for by its keyed hash, in one query. Undefined: no such link. */
export async function participationByLink(
  db: Reader,
  keys: KeyRing,
  token: string,
): Promise<LinkedParticipation | undefined> {
  // One hash, but while keys are being rotated.
  for (const hash of keys.personalLinkHashes(token)) {
    const rows = await prepared(db, 'mobilization.participationByLink', (on) =>
      selectLink(on)
        .where(eq(participations.linkHash, sql.placeholder('hash')))
        .prepare('mobilization_participation_by_link'),
    ).execute({ hash })
    if (rows.length > 0) return linked(rows)
  }
  return undefined
}

/**
 * Which participation a personal link stands for, for whoever need not show it.
 * @throws DomainError missing `link.unknown`, gone `link.revoked`
 */
export async function participationOfLink(db: Reader, keys: KeyRing, token: string): Promise<string> {
  for (const hash of keys.personalLinkHashes(token)) {
    const [found] = await prepared(db, 'mobilization.participationOfLink', (on) =>
      on
        .select({ id: participations.id, revokedAt: participations.linkRevokedAt })
        .from(participations)
        .where(eq(participations.linkHash, sql.placeholder('hash')))
        .prepare('mobilization_participation_of_link'),
    ).execute({ hash })
    if (found?.revokedAt) throw linkRevoked()
    if (found) return found.id
  }
  throw linkUnknown()
}

export function linkUnknown(): DomainError {
  return new DomainError('missing', 'link.unknown', 'This link is not known.')
}

export function linkRevoked(): DomainError {
  return new DomainError('gone', 'link.revoked', 'This link is no longer valid.')
}

function linked(rows: Awaited<ReturnType<typeof selectLink>>): LinkedParticipation {
  const { participation, person, event } = rows[0]!
  const { id: participationId, generation, revokedAt, answer, teamId } = participation
  const present = rows.flatMap(({ assignment, shift, zone, inCharge, deputy }) =>
    assignment && shift && zone ? [{ ...assignment, shift: { ...shift, inCharge, deputy }, zone }] : [],
  )
  return { participationId, generation, revokedAt, answer, teamId, person, event, assignments: present }
}
