import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { zones } from '#modules/grid/schema.ts'
import { districtCovers, nameMatches } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { after, pageOf } from '#platform/http/page.ts'
import type { ShiftQuery } from './contract.ts'
import { readInstant } from './instants.ts'
import { shiftSeats, shiftSkills, shifts } from './schema.ts'

export type ShiftRow = typeof shifts.$inferSelect
export interface ShiftSkill {
  skill: string
  min: number
}

/** The row of a shift. @throws DomainError `shift.missing` */
export async function shiftRow(db: Reader, shiftId: string): Promise<ShiftRow> {
  const [shift] = await db.select().from(shifts).where(eq(shifts.id, shiftId))
  if (!shift) throw new DomainError('missing', 'shift.missing', 'There is no such shift.', { shiftId })
  return shift
}

/** The required skills of these shifts, by shift id. Shifts without required skills are not in the map. */
export async function skillsOf(db: Reader, shiftIds: readonly string[]): Promise<Map<string, ShiftSkill[]>> {
  const found = await db
    .select()
    .from(shiftSkills)
    .where(inArray(shiftSkills.shiftId, [...shiftIds]))
    .orderBy(asc(shiftSkills.skill))
  return new Map(
    Object.entries(Object.groupBy(found, ({ shiftId }) => shiftId)).map(([shiftId, skills = []]) => [
      shiftId,
      skills.map(({ skill, min }) => ({ skill, min })),
    ]),
  )
}

function selectShifts(db: Reader) {
  const inCharge = alias(persons, 'in_charge')
  const deputy = alias(persons, 'deputy')
  return db
    .select({
      shift: shifts,
      zone: { id: zones.id, name: zones.name, kind: zones.kind, districtCode: zones.districtCode },
      inChargeName: inCharge.name,
      deputyName: deputy.name,
      taken: shiftSeats.taken,
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
    .leftJoin(inCharge, eq(inCharge.id, shifts.inChargePersonId))
    .leftJoin(deputy, eq(deputy.id, shifts.deputyPersonId))
}
export type FullShift = Awaited<ReturnType<typeof selectShifts>>[number] & { skills: ShiftSkill[] }

async function withSkills(db: Reader, found: Awaited<ReturnType<typeof selectShifts>>): Promise<FullShift[]> {
  const skills = await skillsOf(
    db,
    found.map(({ shift }) => shift.id),
  )
  return found.map((each) => ({ ...each, skills: skills.get(each.shift.id) ?? [] }))
}

/** A shift with its zone, people in charge, seats and skills. @throws DomainError `shift.missing` */
export async function fullShift(db: Reader, shiftId: string): Promise<FullShift> {
  const [shift] = await withSkills(db, await selectShifts(db).where(eq(shifts.id, shiftId)))
  if (!shift) throw new DomainError('missing', 'shift.missing', 'There is no such shift.', { shiftId })
  return shift
}

const below: Record<'min' | 'target' | 'max', SQL> = {
  min: lt(shiftSeats.taken, shifts.min),
  target: lt(shiftSeats.taken, shifts.target),
  max: lt(shiftSeats.taken, shifts.max),
}

/** SQL: the shifts that meet every condition of a filter. `search` matches names of zones. Joins `zones` and `shift_seats`. */
export function meetsFilter(
  db: Reader,
  query: Omit<ShiftQuery, 'cursor' | 'limit' | 'cancelled'>,
): SQL | undefined {
  const { search, zoneId, districtCode, batchId, skill, from, until } = query
  const withSkill = db
    .select({ one: sql`1` })
    .from(shiftSkills)
    .where(and(eq(shiftSkills.shiftId, shifts.id), eq(shiftSkills.skill, skill ?? '')))
  return and(
    nameMatches(zones, search),
    zoneId ? eq(shifts.zoneId, zoneId) : undefined,
    districtCode ? districtCovers(zones.districtCode, districtCode) : undefined,
    batchId ? eq(shifts.batchId, batchId) : undefined,
    skill ? exists(withSkill) : undefined,
    from ? gt(shifts.endsAt, readInstant(from)) : undefined,
    until ? lt(shifts.startsAt, readInstant(until)) : undefined,
    query.below ? below[query.below] : undefined,
  )
}

/** A keyset page of an event's shifts, in order of time. */
export async function listShifts(db: Reader, eventId: string, query: ShiftQuery) {
  const { cancelled, cursor, limit = 50 } = query
  const rows = await selectShifts(db)
    .where(
      and(
        eq(shifts.eventId, eventId),
        cancelled ? isNotNull(shifts.cancelledAt) : isNull(shifts.cancelledAt),
        meetsFilter(db, query),
        after([shifts.startsAt, shifts.id], cursor),
      ),
    )
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ shift }) => [shift.startsAt, shift.id])
  return { ...page, items: await withSkills(db, page.items) }
}
