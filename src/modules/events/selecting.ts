import { and, gte, inArray, lte, or, type SQL } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import type { ShiftSelection } from './contract-selection.ts'
import { readPeriod } from './instants.ts'
import { shifts } from './schema.ts'
import { meetsFilter } from './shift-queries.ts'

/**
 * SQL: the shifts that an act on many selects. Joins `zones` and `shift_seats`.
 * @throws DomainError `period.invalid`
 */
export function shiftsSelected(
  db: Reader,
  { shiftIds, zoneIds, times, ...filter }: ShiftSelection,
): SQL | undefined {
  const within = times?.map((each) => {
    const { startsAt, endsAt } = readPeriod(each.startsAt, each.endsAt)
    return and(gte(shifts.startsAt, startsAt), lte(shifts.endsAt, endsAt))
  })
  return and(
    shiftIds && inArray(shifts.id, shiftIds),
    zoneIds && inArray(shifts.zoneId, zoneIds),
    within && or(...within),
    meetsFilter(db, filter),
  )
}
