import { and, eq, inArray } from 'drizzle-orm'
import { teamsWithin } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing, SealedColumn } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { type Actor, type Doing, may, reachOf } from '#platform/http/access.ts'
import type { ParticipationRow } from '../participations.ts'
import { participations } from '../schema.ts'

const placeOf = (id: string) => `participations/note/${id}` as const

/** The encrypted columns of this slice, for key rotation. */
export const mobilizationSealed: SealedColumn[] = [
  { table: participations, column: 'note', place: 'participations/note' },
]

/** Writes, replaces or (null) removes the note on a person of an event. The audit trail says that, not what. */
export async function writeNote(
  tx: Writer,
  keys: KeyRing,
  { participationId, note, by, at }: { participationId: string; note: string | null } & Doing,
): Promise<void> {
  const sealed = note === null ? null : keys.encrypt(note, placeOf(participationId))
  await tx
    .update(participations)
    .set({ note: sealed, notedAt: at, notedByUserId: by.userId })
    .where(eq(participations.id, participationId))
  const subject = `participation:${participationId}`
  await record(tx, { action: 'participation.noted', subject, by, at, details: { removed: note === null } })
}

/** The notes on these people that the reader may see: who may answer for the person's team. By participation. */
export async function notesOf(
  db: Reader,
  keys: KeyRing,
  reader: Actor,
  rows: readonly ParticipationRow[],
): Promise<Map<string, string>> {
  if (!may(reader, 'answers.record')) return new Map()
  const reach = reachOf(reader, 'answers.record')
  const teamIds = [...new Set(rows.flatMap(({ teamId }) => teamId ?? []))]
  const own = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(inArray(teams.id, teamIds), teamsWithin(db, reach)))
  const within = new Set(own.map(({ id }) => id))
  return new Map(
    rows.flatMap(({ id, teamId, note }) => {
      const seen = reach.everything || (teamId !== null && within.has(teamId))
      return note !== null && seen ? [[id, keys.decrypt(note, placeOf(id))] as const] : []
    }),
  )
}
