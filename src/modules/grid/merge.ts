import { inArray } from 'drizzle-orm'
import type { MergeParticipant } from '#modules/organisation/index.ts'
import { type MovedRow, moveRow, restoreRows } from '#platform/database/moved-rows.ts'
import { dayIn } from '#platform/time.ts'
import { validitiesOverlap } from './coverage.ts'
import type { ResponsibilityRow } from './save-responsibilities.ts'
import { responsibilities } from './schema.ts'

/**
 * A merge of people moves the duties (三定) of the merged person to the kept one. A duty that the kept person has already
 * at that time is not moved; it ends today.
 */
export const gridMerge = (timeZone: string): MergeParticipant => ({
  slice: 'grid',
  claims: ['responsibilities.personId'],
  async merge(tx, { keptId, mergedId, at }) {
    const duties = await tx
      .select()
      .from(responsibilities)
      .where(inArray(responsibilities.personId, [keptId, mergedId]))
      .orderBy(responsibilities.id)
    const own = duties.filter(({ personId }) => personId === keptId)
    const moved: MovedRow[] = []
    for (const duty of duties.filter(({ personId }) => personId === mergedId)) {
      const twice = own.some((each) => sameDuty(each, duty) && validitiesOverlap(each, duty))
      const set = twice ? { validUntil: endOf(duty, dayIn(at, timeZone)) } : { personId: keptId }
      moved.push(await moveRow(tx, responsibilities, duty, set))
    }
    return moved
  },
  async unmerge(tx, moved: MovedRow[]) {
    const stayed = await restoreRows(tx, responsibilities, moved)
    return stayed.map((id) => ({ kind: 'responsibility', id }))
  },
})

const sameDuty = (one: ResponsibilityRow, other: ResponsibilityRow) =>
  one.zoneId === other.zoneId && one.level === other.level

/** The exclusive end (`validUntil`) of a duty that ends today: not before it began, not later than it was to end. */
function endOf({ validFrom, validUntil }: ResponsibilityRow, today: string): string {
  const end = validFrom > today ? validFrom : today
  return validUntil !== null && validUntil < end ? validUntil : end
}
