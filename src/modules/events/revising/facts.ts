import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { zones } from '#modules/grid/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { ShiftPeople } from '../people.ts'
import { shiftSeats, shifts } from '../schema.ts'
import { skillsOf } from '../shift-queries.ts'
import type { RevisionConflict } from '../words.ts'
import { conflictOf, isSame, type Revisable, revisableOf } from './revision-rules.ts'

/** Selects shifts that are not cancelled, with their seats and zone. */
export function selectRevisable(db: Reader) {
  return db
    .select({
      shift: shifts,
      taken: shiftSeats.taken,
      zone: {
        id: zones.id,
        name: zones.name,
        closedAt: zones.closedAt,
        minorsSuitable: zones.minorsSuitable,
      },
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
}
export type Selected = Awaited<ReturnType<typeof selectRevisable>>[number]

/** A shift and what it would become. */
export interface Revision extends Selected {
  next: Revisable
}

export interface RevisionRefused extends Selected {
  because: RevisionConflict
  people: number
}

/** These shifts, in order of time; cancelled ones are left out. */
export async function shiftsById(db: Reader, ids: readonly string[]): Promise<Selected[]> {
  const found: Selected[] = []
  await inChunks(ids, 500, async (some) => {
    const rows = await selectRevisable(db)
      .where(and(inArray(shifts.id, some), isNull(shifts.cancelledAt)))
      .orderBy(asc(shifts.startsAt), asc(shifts.id))
    found.push(...rows)
  })
  return found
}

interface Wanted {
  event: { startsAt: Revisable['startsAt']; endsAt: Revisable['endsAt'] }
  revisions: readonly Revision[]
}

/**
 * Which of these revisions can be done, which cannot and why, and which change nothing. People's other places are
 * compared as they would be after all of them, so that a whole day can be moved at once.
 * @throws DomainError `zone.missing`
 */
export async function sortRevisions(db: Reader, people: ShiftPeople, { event, revisions }: Wanted) {
  const zonesThen = await zonesOf(db, revisions)
  const skills = await skillsOfMany(db, revisions)
  const due = revisions.filter(({ shift, next }) => !isSame(revisableOf(shift), next))
  const refused: RevisionRefused[] = []
  const possible = due.filter((revision) => {
    const { next, shift, taken } = revision
    const zone = zonesThen.get(next.zoneId)!
    const needs = {
      event,
      zone,
      taken,
      minorsAllowed: shift.minorsAllowed,
      skills: skills.get(shift.id) ?? [],
    }
    const because = conflictOf(revisableOf(shift), next, needs)
    if (because) refused.push({ ...revision, because, people: 0 })
    return !because
  })
  const { clashing, able } = await withoutClashes(db, people, possible)
  return { able, refused: [...refused, ...clashing], unchanged: revisions.length - due.length }
}

/** Takes out what would put somebody into two places, until what is left fits together. */
async function withoutClashes(db: Reader, people: ShiftPeople, possible: readonly Revision[]) {
  let able = [...possible]
  const clashing: RevisionRefused[] = []
  for (;;) {
    const moved = able.filter(({ shift, next }) => {
      return (
        shift.startsAt.valueOf() !== next.startsAt.valueOf() ||
        shift.endsAt.valueOf() !== next.endsAt.valueOf()
      )
    })
    const found = await people.wouldOverlap(db, new Map(moved.map(({ shift, next }) => [shift.id, next])))
    if (found.length === 0) return { able, clashing }
    const byShift = Map.groupBy(found, ({ movedId }) => movedId)
    for (const revision of able) {
      const clashes = byShift.get(revision.shift.id)
      if (!clashes) continue
      const count = new Set(clashes.map(({ personId }) => personId)).size
      clashing.push({ ...revision, because: 'would_overlap', people: count })
    }
    able = able.filter(({ shift }) => !byShift.has(shift.id))
  }
}

async function zonesOf(db: Reader, revisions: readonly Revision[]) {
  const found = new Map(revisions.map(({ zone }) => [zone.id, zone]))
  const missing = [...new Set(revisions.map(({ next }) => next.zoneId))].filter((id) => !found.has(id))
  await inChunks(missing, 500, async (ids) => {
    const rows = await db
      .select({
        id: zones.id,
        name: zones.name,
        closedAt: zones.closedAt,
        minorsSuitable: zones.minorsSuitable,
      })
      .from(zones)
      .where(inArray(zones.id, ids))
    for (const zone of rows) found.set(zone.id, zone)
  })
  const unknown = missing.find((id) => !found.has(id))
  if (unknown === undefined) return found
  throw new DomainError('missing', 'zone.missing', 'There is no such zone.', { zoneId: unknown })
}

async function skillsOfMany(db: Reader, revisions: readonly Revision[]) {
  const skills: Awaited<ReturnType<typeof skillsOf>> = new Map()
  await inChunks(revisions, 500, async (some) => {
    const found = await skillsOf(
      db,
      some.map(({ shift }) => shift.id),
    )
    for (const [id, each] of found) skills.set(id, each)
  })
  return skills
}
