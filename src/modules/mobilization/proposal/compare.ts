/** What a proposal changes in the places as they stand. Pure. */
import { isKept } from '../kept.ts'
import type { AllotmentRow, Standing } from './proposal-ground.ts'
import type { ProposedAllotment, ProposedAssignment } from './proposal-rules.ts'

export const pairOf = ({ personId, shiftId }: { personId: string; shiftId: string }) =>
  `${personId} ${shiftId}`

/** The whole proposal that a slice is a part of. */
export interface Whole {
  /** All its places, by `pairOf`. */
  proposed: ReadonlyMap<string, ProposedAssignment>
  /** The shifts it covers; undefined: all. */
  covered: ReadonlySet<string> | undefined
  /** Shifts that are over: whoever was placed there, came or did not, stays on record. */
  over: ReadonlySet<string>
}

interface Slice {
  shiftIds: readonly string[]
  assignments: readonly ProposedAssignment[]
}

/**
 * Compares the places with a slice of the proposal: those that stay, go and are new. Places on its shifts that are not in
 * the proposal go, and so do the other places of a person who gets one.
 * @param whole with all records of the people of the slice
 */
export function compare(
  standing: readonly Standing[],
  { shiftIds, assignments }: Slice,
  { proposed, covered, over, records }: Whole & { records: ReadonlySet<string> },
) {
  const own = new Set(shiftIds)
  const moved = new Set(assignments.map(({ personId }) => personId))
  const isCovered = ({ shiftId, personId }: Standing) =>
    own.has(shiftId) ||
    moved.has(personId) ||
    (records.has(personId) && (covered === undefined || covered.has(shiftId)))
  const goes = standing.filter((each) => {
    const stays = over.has(each.shiftId) || isKept(each) || proposed.has(pairOf(each))
    return each.freedAt === null && !stays && isCovered(each)
  })
  const going = new Set(goes.map(({ id }) => id))
  const stays = standing.filter(({ id }) => !going.has(id))
  const there = new Set(stays.map(pairOf))
  const fresh = assignments.filter((each) => !there.has(pairOf(each)))
  return { stays, goes, fresh, kept: assignments.length - fresh.length }
}

/** The same comparison for allotments on the shifts of a slice. An allotment with named people stays. */
export function compareHeads(
  rows: readonly AllotmentRow[],
  proposed: readonly ProposedAllotment[],
  over: ReadonlySet<string>,
) {
  const wanted = new Map(proposed.map((each) => [`${each.shiftId} ${each.teamId}`, each]))
  const isSame = (row: AllotmentRow) => {
    const each = wanted.get(`${row.shiftId} ${row.teamId}`)
    return each?.heads === row.heads && each.minors === row.minors
  }
  const goes = rows.filter((row) => !over.has(row.shiftId) && !isKept(row) && row.named === 0 && !isSame(row))
  const stays = rows.filter((row) => !goes.includes(row))
  const there = new Set(stays.map((row) => `${row.shiftId} ${row.teamId}`))
  return { stays, goes, fresh: [...wanted].filter(([key]) => !there.has(key)).map(([, each]) => each) }
}
