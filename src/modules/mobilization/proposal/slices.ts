import { asc, eq } from 'drizzle-orm'
import { shiftSeats, shifts } from '#modules/events/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { ProposedAllotment, ProposedAssignment } from './proposal-rules.ts'

/** A part of a proposal that one transaction makes real: some of its shifts, and what it places on them. */
export interface SliceOfShifts {
  shiftIds: string[]
  assignments: ProposedAssignment[]
  allotments: ProposedAllotment[]
}

/** How many places a slice writes or takes back, unless a single shift has more: some 40 ms of the writer. */
const placesAtOnce = 150

interface Sliced {
  eventId: string
  shiftIds?: readonly string[]
  assignments: readonly ProposedAssignment[]
  allotments: readonly ProposedAllotment[]
}

/** The covered shifts in their order, a few at a time. A shift is never divided, because its rules hold for all of it. */
export async function slicesOf(db: Reader, proposal: Sliced): Promise<SliceOfShifts[]> {
  const covered = proposal.shiftIds && new Set(proposal.shiftIds)
  const placed = Map.groupBy(new Map(proposal.assignments.map(keyed)).values(), ({ shiftId }) => shiftId)
  const allotted = Map.groupBy(proposal.allotments, ({ shiftId }) => shiftId)
  const rows = await db
    .select({ id: shifts.id, taken: shiftSeats.taken })
    .from(shifts)
    .leftJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
    .where(eq(shifts.eventId, proposal.eventId))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
  const slices: SliceOfShifts[] = []
  let room = 0
  for (const { id, taken } of rows) {
    const assignments = placed.get(id) ?? []
    const allotments = allotted.get(id) ?? []
    placed.delete(id)
    const touched = Boolean(taken) || assignments.length + allotments.length > 0
    if (!touched || (covered && !covered.has(id))) continue
    const places = assignments.length + allotments.length + (taken ?? 0)
    if (slices.length === 0 || places > room) {
      slices.push({ shiftIds: [], assignments: [], allotments: [] })
      room = placesAtOnce
    }
    const slice = slices.at(-1) as SliceOfShifts
    slice.shiftIds.push(id)
    slice.assignments.push(...assignments)
    slice.allotments.push(...allotments)
    room -= places
  }
  // Shifts that are not of the event any more: what is placed on them is refused, shift by shift.
  const unknown = [...placed.values()].flat()
  if (unknown.length > 0) slices.push({ shiftIds: [], assignments: unknown, allotments: [] })
  return slices
}

const keyed = (each: ProposedAssignment) => [`${each.personId} ${each.shiftId}`, each] as const
