import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { alias } from '#platform/database/kit.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { assignments, participations } from '../schema.ts'
import type { Answer, CancelReason } from '../words.ts'
import { personalLinkHashes } from './personal-link.ts'

/** The participation behind a personal link, in its current state. */
export interface LinkedParticipation {
  participationId: string
  generation: number
  revokedAt: DateTime | null
  answer: Answer | null
  person: { id: string; name: string; birthYear: number | null }
  teamId: string | null
  event: {
    id: string
    name: string
    timeZone: string
    startsAt: DateTime
    endsAt: DateTime
    /** Minutes before the start of a shift from which volunteers check in by themselves. */
    checkInOpensMin: number
    cancelledAt: DateTime | null
    cancelReason: string | null
    /** 主办单位 */
    organiser: string
  }
  /** In order of time. Includes declined, excused and cancelled assignments. */
  assignments: LinkedAssignment[]
}

export interface LinkedAssignment {
  id: string
  answer: Answer | null
  excusedAt: DateTime | null
  /** Cancelled together with its shift or event. The page shows it crossed out. */
  cancelledAt: DateTime | null
  /** Since when the acceptance is asked for again. */
  askedAgainAt: DateTime | null
  minor: boolean
  shift: {
    id: string
    work: string
    startsAt: DateTime
    endsAt: DateTime
    meetingPoint: string | null
    tools: string | null
    toolsBroughtBy: string | null
    risks: string | null
    insurance: string | null
    recordable: boolean
    cancelledAt: DateTime | null
    cancelReason: string | null
    /** Whom the volunteer calls: the person in charge, or else the deputy. */
    contact: { id: string; name: string } | null
  }
  zone: {
    id: string
    name: string
    /** Name of the district or county; null when no zone has its code, or the zone itself is the district. */
    district: string | null
    centre: { latitude: number; longitude: number } | null
  }
  team: { id: string; name: string } | null
}

const contact = alias(persons, 'contact')
const district = alias(zones, 'district')

/** Cancel reasons that the page still shows. Assignments removed or replanned are hidden. */
const stays: CancelReason[] = ['shift_cancelled', 'event_cancelled']

function selectLink(db: Pick<Reader, 'select'>) {
  return db
    .select({
      participation: {
        id: participations.id,
        generation: participations.linkGeneration,
        revokedAt: participations.linkRevokedAt,
        answer: participations.answer,
        teamId: participations.teamId,
        joinedIntoId: participations.joinedIntoId,
      },
      person: { id: persons.id, name: persons.name, birthYear: persons.birthYear },
      event: {
        id: events.id,
        name: events.name,
        timeZone: events.timeZone,
        startsAt: events.startsAt,
        endsAt: events.endsAt,
        checkInOpensMin: events.checkInOpensMin,
        cancelledAt: events.cancelledAt,
        cancelReason: events.cancelReason,
        organiser: units.name,
      },
      assignment: {
        id: assignments.id,
        answer: assignments.answer,
        excusedAt: assignments.excusedAt,
        cancelledAt: assignments.cancelledAt,
        askedAgainAt: assignments.askedAgainAt,
        minor: assignments.minor,
      },
      shift: {
        id: shifts.id,
        work: shifts.work,
        startsAt: shifts.startsAt,
        endsAt: shifts.endsAt,
        meetingPoint: shifts.meetingPoint,
        tools: shifts.tools,
        toolsBroughtBy: shifts.toolsBroughtBy,
        risks: shifts.risks,
        insurance: shifts.insurance,
        recordable: shifts.recordable,
        cancelledAt: shifts.cancelledAt,
        cancelReason: shifts.cancelReason,
      },
      contact: { id: contact.id, name: contact.name },
      zone: {
        id: zones.id,
        name: zones.name,
        latitude: zones.centreLatitude,
        longitude: zones.centreLongitude,
      },
      district: { id: district.id, name: district.name },
      team: { id: teams.id, name: teams.name },
    })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(units, eq(units.id, events.organiserUnitId))
    .innerJoin(persons, eq(persons.id, participations.personId))
    .leftJoin(
      assignments,
      and(
        eq(assignments.participationId, participations.id),
        or(isNull(assignments.cancelledAt), inArray(assignments.cancelReason, stays)),
      ),
    )
    .leftJoin(shifts, eq(shifts.id, assignments.shiftId))
    .leftJoin(zones, eq(zones.id, shifts.zoneId))
    .leftJoin(district, eq(district.code, zones.districtCode))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .leftJoin(contact, eq(contact.id, sql`coalesce(${shifts.inChargePersonId}, ${shifts.deputyPersonId})`))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
}

/** Finds the participation of a personal link by the keyed hash of its token, in one query. Undefined: unknown link. */
export async function participationByLink(
  db: Reader,
  keys: KeyRing,
  token: string,
): Promise<LinkedParticipation | undefined> {
  // One hash, except during a key rotation.
  for (const hash of personalLinkHashes(keys, token)) {
    const rows = await prepared(db, 'mobilization.participationByLink', (on) =>
      selectLink(on)
        .where(eq(participations.linkHash, sql.placeholder('hash')))
        .prepare('mobilization_participation_by_link'),
    ).execute({ hash })
    const [first] = rows
    if (!first) continue
    const { joinedIntoId, revokedAt } = first.participation
    if (joinedIntoId === null || revokedAt) return linked(rows)
    const id = (await currentParticipation(db, joinedIntoId)).id
    return linked(await selectLink(db).where(eq(participations.id, id)))
  }
  return undefined
}

/**
 * The id of the participation behind a personal link, for callers that do not show the page.
 * @throws DomainError missing `link.unknown`, gone `link.revoked`
 */
export async function participationOfLink(db: Reader, keys: KeyRing, token: string): Promise<string> {
  for (const hash of personalLinkHashes(keys, token)) {
    const [found] = await prepared(db, 'mobilization.participationOfLink', (on) =>
      on
        .select({
          id: participations.id,
          revokedAt: participations.linkRevokedAt,
          joinedIntoId: participations.joinedIntoId,
        })
        .from(participations)
        .where(eq(participations.linkHash, sql.placeholder('hash')))
        .prepare('mobilization_participation_of_link'),
    ).execute({ hash })
    if (!found) continue
    const current =
      found.joinedIntoId === null || found.revokedAt
        ? found
        : await currentParticipation(db, found.joinedIntoId)
    if (current.revokedAt) throw linkRevoked()
    return current.id
  }
  throw linkUnknown()
}

/** Follows `joinedIntoId` to the participation that a merge kept. */
async function currentParticipation(
  db: Reader,
  id: string,
): Promise<{ id: string; revokedAt: DateTime | null }> {
  const [found] = await db
    .select({
      id: participations.id,
      revokedAt: participations.linkRevokedAt,
      joinedIntoId: participations.joinedIntoId,
    })
    .from(participations)
    .where(eq(participations.id, id))
  if (!found) throw linkUnknown()
  return found.joinedIntoId === null ? found : currentParticipation(db, found.joinedIntoId)
}

/** The error for a token that belongs to no participation. */
export function linkUnknown(): DomainError {
  return new DomainError('missing', 'link.unknown', 'This link is not known.')
}

/** The error for a revoked link. */
export function linkRevoked(): DomainError {
  return new DomainError('gone', 'link.revoked', 'This link is no longer valid.')
}

function linked(rows: Awaited<ReturnType<typeof selectLink>>): LinkedParticipation {
  const { participation, person, event } = rows[0]!
  const { id: participationId, generation, revokedAt, answer, teamId } = participation
  const present = rows.flatMap(({ assignment, shift, zone, district, team, contact }) =>
    assignment && shift && zone
      ? [
          {
            ...assignment,
            shift: { ...shift, contact },
            zone: {
              id: zone.id,
              name: zone.name,
              district: districtOf(zone, district),
              centre: centreOf(zone),
            },
            team,
          },
        ]
      : [],
  )
  return { participationId, generation, revokedAt, answer, teamId, person, event, assignments: present }
}

function districtOf({ id }: { id: string }, district: { id: string; name: string } | null): string | null {
  return district && district.id !== id ? district.name : null
}

function centreOf({ latitude, longitude }: { latitude: number | null; longitude: number | null }) {
  return latitude === null || longitude === null ? null : { latitude, longitude }
}
