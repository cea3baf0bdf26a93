import { and, asc, eq, exists, inArray, isNull, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type EventRow, eventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { memberships, persons, teams } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { phonesOf } from './contacts.ts'
import { ledTeams, personOf } from './duties.ts'
import { aroundHours, isAround } from './queries.ts'

export interface NumbersRequest extends Doing {
  eventId: string
  shiftId?: string
  teamId?: string
  cursor?: string
  limit?: number
}

/**
 * The phone numbers a leader may call: those of the adults who are in a team they lead, while the event is published and
 * until two hours after it; and, from two hours before a shift until two hours after it, those of all adults on a shift
 * they are in charge of. Every reading is recorded in the audit trail, with the people.
 * @throws DomainError `event.missing`, `numbers.not_now`
 */
export async function readNumbers(tx: Writer, keys: KeyRing, request: NumbersRequest) {
  const { eventId, shiftId, teamId, cursor, limit = 50, by, at } = request
  const event = await eventRow(tx, eventId)
  if (!isOn(event, at)) {
    throw new DomainError('conflict', 'numbers.not_now', 'Numbers are shown while the event is on.')
  }
  const led = ledTeams(by)
  const inCharge = await shiftsInCharge(tx, { eventId, userId: by.userId, at })
  const seen = [
    led.length > 0 ? and(inArray(assignments.teamId, led), exists(stillMember(tx))) : undefined,
    inCharge.length > 0 ? inArray(assignments.shiftId, inCharge) : undefined,
  ].filter((each) => each !== undefined)
  if (seen.length === 0) return { items: [], nextCursor: null }
  const rows = await tx
    .select({
      participationId: participations.id,
      person: { id: persons.id, name: persons.name, pinyin: persons.pinyin },
      team: { id: teams.id, name: teams.name },
    })
    .from(participations)
    .innerJoin(persons, eq(persons.id, participations.personId))
    .leftJoin(teams, eq(teams.id, participations.teamId))
    .where(
      and(
        eq(participations.eventId, eventId),
        exists(
          tx
            .select({ one: sql`1` })
            .from(assignments)
            .where(
              and(
                eq(assignments.participationId, participations.id),
                isNull(assignments.cancelledAt),
                eq(assignments.minor, false),
                or(...seen),
                shiftId ? eq(assignments.shiftId, shiftId) : undefined,
                teamId ? eq(assignments.teamId, teamId) : undefined,
              ),
            ),
        ),
        after([persons.pinyin, participations.id], cursor),
      ),
    )
    .orderBy(asc(persons.pinyin), asc(participations.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, (row) => [row.person.pinyin, row.participationId])
  const personIds = page.items.map(({ person }) => person.id)
  const phones = await phonesOf(tx, keys, personIds)
  if (personIds.length > 0) {
    const details = { ...(shiftId && { shiftId }), personIds }
    await record(tx, { action: 'numbers.read', subject: `event:${eventId}`, by, at, details })
  }
  return {
    ...page,
    items: page.items.map((row) => ({ ...row, phone: phones.get(row.person.id) ?? null })),
  }
}

/** Whoever left the team is not its leader's any more: their number may be one that another unit entered since. */
function stillMember(db: Reader) {
  return db
    .select({ one: sql`1` })
    .from(memberships)
    .where(
      and(
        eq(memberships.personId, assignments.personId),
        eq(memberships.teamId, assignments.teamId),
        isNull(memberships.leftAt),
      ),
    )
}

function isOn({ publishedAt, cancelledAt, endsAt }: EventRow, at: DateTime): boolean {
  return publishedAt !== null && cancelledAt === null && at < endsAt.plus({ hours: aroundHours })
}

/** The shifts of the event that the user is in charge of now, or deputy. */
async function shiftsInCharge(
  db: Reader,
  { eventId, userId, at }: { eventId: string; userId: string; at: DateTime },
): Promise<string[]> {
  const personId = await personOf(db, userId)
  if (!personId) return []
  const own = await db
    .select()
    .from(shifts)
    .where(
      and(
        eq(shifts.eventId, eventId),
        or(eq(shifts.inChargePersonId, personId), eq(shifts.deputyPersonId, personId)),
      ),
    )
  return own.filter((shift) => isAround(shift, at)).map(({ id }) => id)
}
