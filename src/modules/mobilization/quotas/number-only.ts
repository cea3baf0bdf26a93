import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertOpen, eventRow } from '#modules/events/index.ts'
import { assertTeamsWithin } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { numberOnlyTeams } from '../schema.ts'

interface OfTeam {
  eventId: string
  teamId: string
  by: Actor
  at: DateTime
}

/**
 * 只报人数: a team or class answers with a number for an event; its heads owe no names. Idempotent.
 * @throws DomainError `event.missing`, `event.cancelled`, `event.closed`, `team.missing`
 */
export async function answerByNumber(tx: Writer, { eventId, teamId, by, at }: OfTeam): Promise<void> {
  await assertMayAnswer(tx, { eventId, teamId, by })
  const [answered] = await tx
    .insert(numberOnlyTeams)
    .values({ id: newId(), eventId, teamId, answeredByUserId: by.userId, answeredAt: at })
    .onConflictDoNothing()
    .returning()
  if (!answered) return
  const fact = { action: 'team.number_only', subject: `event:${eventId}`, details: { teamId } }
  await record(tx, { ...fact, by, at })
}

/** Takes the answer back: its heads owe names again. Idempotent. @throws as `answerByNumber` */
export async function answerByNames(tx: Writer, { eventId, teamId, by, at }: OfTeam): Promise<void> {
  await assertMayAnswer(tx, { eventId, teamId, by })
  const gone = await tx
    .delete(numberOnlyTeams)
    .where(and(eq(numberOnlyTeams.eventId, eventId), eq(numberOnlyTeams.teamId, teamId)))
    .returning()
  if (gone.length === 0) return
  const fact = { action: 'team.number_only_ended', subject: `event:${eventId}`, details: { teamId } }
  await record(tx, { ...fact, by, at })
}

/** Whether a team answers with a number for an event, and since when. @throws DomainError `event.missing`, `team.missing` */
export async function numberOnlyOf(
  db: Reader,
  { eventId, teamId, by }: Omit<OfTeam, 'at'>,
): Promise<{ answeredAt: DateTime | null }> {
  const event = await eventRow(db, eventId)
  await assertTeamsWithin(db, reachOf(by, 'mobilization.edit'), [teamId])
  const [found] = await db
    .select({ answeredAt: numberOnlyTeams.answeredAt })
    .from(numberOnlyTeams)
    .where(and(eq(numberOnlyTeams.eventId, event.id), eq(numberOnlyTeams.teamId, teamId)))
  return { answeredAt: found?.answeredAt ?? null }
}

async function assertMayAnswer(db: Reader, { eventId, teamId, by }: Omit<OfTeam, 'at'>): Promise<void> {
  const event = await eventRow(db, eventId)
  await assertTeamsWithin(db, reachOf(by, 'mobilization.edit'), [teamId])
  assertOpen(event)
}
