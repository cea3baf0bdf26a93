/** Tells units of a draft ranking and of appeals that were decided. What is owed is told by the digest of command. */
import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { tasks } from '#modules/command/schema.ts'
import { type MessageRequest, queueMessages, type Subject } from '#modules/messaging/index.ts'
import { contactsFor } from '#modules/mobilization/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { RankingRow } from '../ranking/tables.ts'
import { concernedBy, liaisonsOf } from './concerned.ts'
import { appealDecided, rankingDrafted } from './kinds.ts'
import { subject } from './subjects.ts'

/** How long the news of a decision is worth sending. */
const decisionDays = 7

/** The liaisons of all units that a draft concerns learn until when they may appeal. */
export async function tellDrafted(
  tx: Writer,
  ranking: Pick<RankingRow, 'id' | 'roundIds'>,
  { until, at }: { until: DateTime; at: DateTime },
): Promise<void> {
  const unitIds = await concernedBy(tx, ranking)
  const about = { kind: rankingDrafted, subject: subject('ranking_drafted', ranking.id), expiresAt: until }
  await tellLiaisons(tx, unitIds, { ...about, at })
}

/** The liaison of the unit that appealed learns that it was decided. */
export async function tellDecided(
  tx: Writer,
  { id, taskId }: { id: string; taskId: string },
  at: DateTime,
): Promise<void> {
  const [task] = await tx.select({ unitId: tasks.unitId }).from(tasks).where(eq(tasks.id, taskId))
  if (!task) return
  const about = { kind: appealDecided, subject: subject('appeal_decided', id) }
  await tellLiaisons(tx, [task.unitId], { ...about, expiresAt: at.plus({ days: decisionDays }), at })
}

async function tellLiaisons(
  tx: Writer,
  unitIds: readonly string[],
  about: { kind: string; subject: Subject; expiresAt: DateTime; at: DateTime },
): Promise<void> {
  const { kind, subject: of, expiresAt, at } = about
  const people = [...new Set((await liaisonsOf(tx, unitIds)).values())]
  const contacts = await contactsFor(
    tx,
    people.map((personId) => ({ personId, minor: false })),
  )
  const requests = people.flatMap((personId): MessageRequest[] => {
    const contactId = contacts.get(personId)?.contactId
    if (!contactId) return []
    const fixed = { generation: 1, eventId: null, lane: 'invitation' as const }
    return [{ kind, contactId, groupKey: of, subjects: [{ subject: of, personId }], expiresAt, ...fixed }]
  })
  await queueMessages(tx, requests, at)
}
