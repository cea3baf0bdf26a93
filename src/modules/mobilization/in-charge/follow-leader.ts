import { and, eq, exists, gt, isNull, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { replaceInCharge } from '#modules/events/index.ts'
import { events, shifts } from '#modules/events/schema.ts'
import type { Writer } from '#platform/database/port.ts'
import { allotments, assignments } from '../schema.ts'

/**
 * A team was handed over: where the previous leader is in charge of a shift, or its deputy, and the team serves there,
 * the new leader takes their place. Shifts that are over stay. Idempotent.
 */
export async function followLeader(
  tx: Writer,
  { teamId, from, to, at }: { teamId: string; from: string; to: string; at: DateTime },
): Promise<void> {
  const placed = tx
    .select({ one: sql`1` })
    .from(assignments)
    .where(
      and(eq(assignments.shiftId, shifts.id), eq(assignments.teamId, teamId), isNull(assignments.freedAt)),
    )
  const allotted = tx
    .select({ one: sql`1` })
    .from(allotments)
    .where(and(eq(allotments.shiftId, shifts.id), eq(allotments.teamId, teamId)))
  const rows = await tx
    .select({ shift: shifts, event: events })
    .from(shifts)
    .innerJoin(events, eq(events.id, shifts.eventId))
    .where(
      and(
        or(eq(shifts.inChargePersonId, from), eq(shifts.deputyPersonId, from)),
        gt(shifts.endsAt, at),
        isNull(shifts.cancelledAt),
        isNull(events.cancelledAt),
        isNull(events.closedAt),
        or(exists(placed), exists(allotted)),
      ),
    )
  for (const { shift, event } of rows) await replaceInCharge(tx, { shift, event, from, to, at })
}
