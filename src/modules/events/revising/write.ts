import { inArray, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { enqueueAll } from '#platform/jobs/queue.ts'
import type { ShiftFacet } from '../change-shift.ts'
import type { EventRow } from '../event-queries.ts'
import { shiftRevisionRows, shiftSeats, shifts } from '../schema.ts'
import { noteChanges } from '../shift-changes.ts'
import type { Revision } from './facts.ts'
import { kept, movesPeople, type Revisable, revisableOf } from './revision-rules.ts'

interface Writing {
  event: EventRow
  /** Under which what was before is kept; absent for an undo. */
  revisionId?: string
  at: DateTime
}

/** Writes what the shifts become, keeps what they were, and reports to higher slices what changed of published ones. */
export async function writeRevisions(
  tx: Writer,
  revisions: readonly Revision[],
  { event, revisionId, at }: Writing,
): Promise<void> {
  for (const some of alike(revisions)) {
    await inChunks(some, 500, async (chunk) => {
      const ids = chunk.map(({ shift }) => shift.id)
      const { next } = chunk[0]!
      await tx
        .update(shifts)
        .set({ ...next, version: sql`${shifts.version} + 1` })
        .where(inArray(shifts.id, ids))
      if (chunk.every(({ shift }) => shift.max === next.max)) return
      await tx.update(shiftSeats).set({ max: next.max }).where(inArray(shiftSeats.shiftId, ids))
    })
  }
  if (revisionId) {
    await inChunks(revisions, 500, (some) =>
      tx.insert(shiftRevisionRows).values(
        some.map(({ shift }) => ({
          revisionId,
          shiftId: shift.id,
          before: kept(shift),
          version: shift.version + 1,
        })),
      ),
    )
  }
  if (event.publishedAt === null) return
  const moved = revisions.filter(({ shift, next }) => movesPeople(revisableOf(shift), next))
  await noteChanges(
    tx,
    moved.map(({ shift }) => shift),
    at,
  )
  const facts = revisions.map(({ shift, next }) => {
    return { params: { shiftId: shift.id, changed: facetsOf(revisableOf(shift), next) } }
  })
  await enqueueAll(tx, 'shift.changed', facts)
}

/** Revisions with the same result together, so that one statement writes many. */
function alike(revisions: readonly Revision[]): Revision[][] {
  return [...Map.groupBy(revisions, ({ next }) => JSON.stringify(kept(next))).values()]
}

const facets: Partial<Record<ShiftFacet, readonly (keyof Revisable)[]>> = {
  time: ['startsAt', 'endsAt'],
  place: ['zoneId', 'meetingPoint'],
  work: ['work'],
  demand: ['min', 'target', 'max'],
  other: ['tools', 'toolsBroughtBy', 'risks', 'insurance'],
}

function facetsOf(before: Revisable, next: Revisable): string[] {
  const differs = (field: keyof Revisable) => before[field]?.valueOf() !== next[field]?.valueOf()
  return Object.entries(facets).flatMap(([facet, fields]) => (fields.some(differs) ? [facet] : []))
}
