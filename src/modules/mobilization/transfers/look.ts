import { and, asc, eq, gt, inArray, isNull, lt, or } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { type EventRow, type ShiftSkill, skillsOf } from '#modules/events/index.ts'
import { shiftSeats, shifts } from '#modules/events/schema.ts'
import { personSkills, persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { alias } from '#platform/database/kit.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { AllotmentRow } from '../places.ts'
import { declinedIn, namedBy } from '../pool/pool-facts.ts'
import { membersByTeam, type Standing, standingColumns } from '../proposal/proposal-ground.ts'
import { allotments, assignments } from '../schema.ts'
import type { TeamMember } from '../team-members.ts'

/** A shift that a transfer concerns, with the seats that are taken. */
export type ShiftOnBoard = typeof shifts.$inferSelect & { taken: number }

/** Everything a transfer is judged by, read once. */
export interface Scene {
  event: EventRow
  shifts: ReadonlyMap<string, ShiftOnBoard>
  /** Places on these shifts that are not cancelled. */
  standing: readonly Standing[]
  /** Everybody’s other places at these times, and excuses. */
  elsewhere: readonly Elsewhere[]
  allotments: readonly AllotmentRow[]
  members: ReadonlyMap<string, TeamMember>
  skills: ReadonlyMap<string, ShiftSkill[]>
  skillsOf: ReadonlyMap<string, ReadonlySet<string>>
}

export interface Elsewhere {
  assignmentId: string
  personId: string
  humanId: string | null
  shiftId: string
  eventId: string
  startsAt: DateTime
  endsAt: DateTime
  freed: boolean
  excused: boolean
}

/** The shifts of an event by id, cancelled ones too. @throws DomainError `shift.missing` */
export async function shiftsOnBoard(
  db: Reader,
  eventId: string,
  shiftIds: readonly string[] | undefined,
): Promise<Map<string, ShiftOnBoard>> {
  const found = new Map<string, ShiftOnBoard>()
  const read = async (ids: readonly string[] | undefined) => {
    const rows = await db
      .select({ shift: shifts, taken: shiftSeats.taken })
      .from(shifts)
      .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
      .where(and(eq(shifts.eventId, eventId), ids && inArray(shifts.id, [...ids])))
      .orderBy(asc(shifts.id))
    for (const { shift, taken } of rows) found.set(shift.id, { ...shift, taken })
  }
  if (!shiftIds) await read(undefined)
  else await inChunks(shiftIds, 500, read)
  const missing = shiftIds?.find((id) => !found.has(id))
  if (missing) {
    throw new DomainError('missing', 'shift.missing', 'There is no such shift.', { shiftId: missing })
  }
  return found
}

/** Places on these shifts that are not cancelled, in order of id. */
export async function standingOn(db: Reader, shiftIds: readonly string[]): Promise<Standing[]> {
  const all: Standing[] = []
  await inChunks(shiftIds, 500, async (some) => {
    const rows = await db
      .select(standingColumns)
      .from(assignments)
      .innerJoin(persons, eq(persons.id, assignments.personId))
      .where(and(inArray(assignments.shiftId, [...some]), isNull(assignments.cancelledAt)))
      .orderBy(asc(assignments.id))
    all.push(...rows)
  })
  return all
}

/** Who declined which of these shifts, as `SHIFT PERSON`: also whoever was withdrawn or taken off since. */
export async function declinedOn(db: Reader, shiftIds: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  await inChunks(shiftIds, 500, async (some) => {
    const rows = await db
      .select({ shiftId: assignments.shiftId, personId: assignments.personId })
      .from(assignments)
      .where(
        and(
          inArray(assignments.shiftId, [...some]),
          eq(assignments.answer, 'declined'),
          or(isNull(assignments.cancelledAt), inArray(assignments.cancelReason, ['removed', 'withdrawn'])),
        ),
      )
    for (const { shiftId, personId } of rows) found.add(`${shiftId} ${personId}`)
  })
  return found
}

/** The places of one team in the event that are not cancelled. */
export async function standingOfTeams(
  db: Reader,
  eventId: string,
  teamIds: readonly string[],
): Promise<Standing[]> {
  return db
    .select(standingColumns)
    .from(assignments)
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .where(
      and(
        eq(assignments.eventId, eventId),
        inArray(assignments.teamId, [...teamIds]),
        isNull(assignments.cancelledAt),
      ),
    )
    .orderBy(asc(assignments.id))
}

/** What else these people hold, or are excused from, in a period: under any of their records, in any event. */
export async function placesElsewhere(
  db: Reader,
  personIds: readonly string[],
  { startsAt, endsAt }: { startsAt: DateTime; endsAt: DateTime },
): Promise<Elsewhere[]> {
  const mine = alias(persons, 'mine')
  const found: Elsewhere[] = []
  await inChunks(personIds, 200, async (some) => {
    const rows = await db
      .select({
        assignmentId: assignments.id,
        personId: assignments.personId,
        humanId: persons.humanId,
        shiftId: assignments.shiftId,
        eventId: assignments.eventId,
        startsAt: shifts.startsAt,
        endsAt: shifts.endsAt,
        freedAt: assignments.freedAt,
        excusedAt: assignments.excusedAt,
      })
      .from(mine)
      .innerJoin(persons, or(eq(persons.id, mine.id), eq(persons.humanId, mine.humanId)))
      .innerJoin(assignments, eq(assignments.personId, persons.id))
      .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
      .where(
        and(
          inArray(mine.id, [...some]),
          isNull(assignments.cancelledAt),
          lt(shifts.startsAt, endsAt),
          gt(shifts.endsAt, startsAt),
        ),
      )
      .orderBy(asc(assignments.id))
    for (const { freedAt, excusedAt, ...row } of rows) {
      found.push({ ...row, freed: freedAt !== null, excused: excusedAt !== null })
    }
  })
  return found
}

/** Members of a team who have no place in the event and may be given one, in the order of sign-ups, then of joining. */
export async function freeMembers(
  db: Reader,
  { id: eventId }: EventRow,
  teamId: string,
  members: ReadonlyMap<string, TeamMember>,
): Promise<TeamMember[]> {
  const { named, signedUpAs } = await namedBy(db, eventId)
  const declined = await declinedIn(db, eventId)
  const own = [...members.values()].filter((member) => member.teamId === teamId)
  const held = await db
    .select({ personId: assignments.personId })
    .from(assignments)
    .where(and(eq(assignments.eventId, eventId), isNull(assignments.freedAt)))
  const placed = new Set(held.map(({ personId }) => personId))
  const signedUp = named.get(teamId)
  return own
    .filter(({ personId }) => {
      return !placed.has(personId) && !declined.has(personId) && (signedUp?.has(personId) ?? true)
    })
    .toSorted((a, b) => (signedUpAs.get(a.personId) ?? 0) - (signedUpAs.get(b.personId) ?? 0))
}

/** Reads the rest of what a transfer is judged by. */
export async function sceneOf(
  db: Reader,
  keys: KeyRing,
  {
    event,
    shifts: concerned,
    standing,
    people,
    teamIds,
  }: {
    event: EventRow
    shifts: ReadonlyMap<string, ShiftOnBoard>
    standing: readonly Standing[]
    people: readonly string[]
    teamIds: readonly string[]
  },
): Promise<Scene> {
  const ids = [...concerned.keys()]
  const teams = new Set([...teamIds, ...standing.flatMap(({ teamId }) => teamId ?? [])])
  const starts = [...concerned.values()].map(({ startsAt }) => startsAt)
  const ends = [...concerned.values()].map(({ endsAt }) => endsAt)
  const skills = await skillsOf(db, ids)
  const period = {
    startsAt: DateTime.min(...starts) ?? event.startsAt,
    endsAt: DateTime.max(...ends) ?? event.endsAt,
  }
  const rows: AllotmentRow[] = []
  await inChunks(ids, 500, async (some) => {
    rows.push(
      ...(await db
        .select()
        .from(allotments)
        .where(inArray(allotments.shiftId, [...some]))),
    )
  })
  const counted = skills.size === 0 ? [] : [...people, ...standing.map(({ personId }) => personId)]
  return {
    event,
    shifts: concerned,
    standing,
    elsewhere: await placesElsewhere(db, people, period),
    allotments: rows,
    members: await membersByTeam(db, keys, event, [...teams]),
    skills,
    skillsOf: await skillNames(db, counted),
  }
}

async function skillNames(db: Reader, personIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  await inChunks([...new Set(personIds)], 500, async (some) => {
    const rows = await db
      .select()
      .from(personSkills)
      .where(inArray(personSkills.personId, [...some]))
    for (const { personId, skill } of rows) {
      const own = found.get(personId) ?? new Set()
      found.set(personId, own.add(skill))
    }
  })
  return found
}
