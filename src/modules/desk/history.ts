import { and, desc, eq, inArray, notInArray } from 'drizzle-orm'
import { eventRow } from '#modules/events/index.ts'
import { shiftBatches, shiftCancellations, shiftRevisions } from '#modules/events/schema.ts'
import { zonesById } from '#modules/grid/index.ts'
import { assertTeamsWithin, assertUnitWithin, reachPerson } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { planRuns } from '#modules/planning/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import type { AuditTexts } from '#platform/audit/texts.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, type Reach, reachOf } from '#platform/http/access.ts'
import type { Language } from '#platform/http/language.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import type { HistoryEntry } from './contract.ts'
import { type HistoryKind, notHistory } from './words.ts'

/** Of each kind of act on an event so many are in its history. */
const actsMax = 500

/** Whoever may read a thing may read its history: by which permission, and how a reach is asked whether it covers it. */
const readable: Record<
  HistoryKind,
  { permission: string; assertReadable: (db: Reader, reach: Reach, id: string) => Promise<unknown> }
> = {
  person: { permission: 'persons.read', assertReadable: reachPerson },
  unit: { permission: 'units.read', assertReadable: assertUnitWithin },
  team: { permission: 'teams.read', assertReadable: (db, reach, id) => assertTeamsWithin(db, reach, [id]) },
  event: { permission: 'events.read', assertReadable: (db, _, id) => eventRow(db, id) },
  zone: { permission: 'grid.read', assertReadable: (db, _, id) => assertZone(db, id) },
}

async function assertZone(db: Reader, zoneId: string): Promise<void> {
  const found = await zonesById(db, [zoneId])
  if (found.length === 0)
    throw new DomainError('missing', 'zone.missing', 'There is no such zone.', { zoneId })
}

interface Asked {
  kind: HistoryKind
  id: string
  limit?: number
  cursor?: string
  by: Actor
  language: Language
}

/**
 * What was done to a thing and by whom, the newest first. Details are for auditors, who read the trail itself. Clerks are named to
 * whoever sees people, not to a screen in a hall. Who changed a person is named only to whoever reaches everybody: the name of a
 * clerk would tell which other office has to do with them.
 * @throws DomainError what reading the thing throws
 */
export async function historyOf(db: Reader, texts: AuditTexts, { kind, id, by, language, ...page }: Asked) {
  const { limit = 20, cursor } = page
  const { permission, assertReadable } = readable[kind]
  const reach = reachOf(by, permission)
  await assertReadable(db, reach, id)
  const rows = await db
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      action: auditEntries.action,
      actorKind: auditEntries.actorKind,
      actorId: auditEntries.actorId,
    })
    .from(auditEntries)
    .where(
      and(
        inArray(auditEntries.subject, await subjectsOf(db, kind, id)),
        notInArray(auditEntries.action, [...notHistory]),
        after([auditEntries.at, auditEntries.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit + 1)
  const found = pageOf(rows, limit, (row) => [row.at, row.id])
  const users = found.items.flatMap(({ actorKind, actorId }) =>
    actorKind === 'user' && actorId !== null ? [actorId] : [],
  )
  const named = may(by, 'persons.read') && (kind !== 'person' || reach.everything)
  const names = (await texts.names.user?.(db, named ? users : [])) ?? new Map<string, string>()
  const items = found.items.map(
    (row): HistoryEntry => ({
      id: row.id,
      at: isoOf(row.at),
      action: row.action,
      text: texts.actions[row.action]?.[language] ?? row.action,
      by: { kind: row.actorKind, name: names.get(row.actorId ?? '') ?? null, me: row.actorId === by.userId },
    }),
  )
  return { items, nextCursor: found.nextCursor }
}

/** What was done to many shifts of an event at once, and its proposals: entries name the act. */
async function actsOn(db: Reader, eventId: string): Promise<string[]> {
  const from = {
    batch: shiftBatches,
    shift_cancellation: shiftCancellations,
    shift_revision: shiftRevisions,
    plan: planRuns,
  }
  const found: string[] = []
  for (const [kind, acts] of Object.entries(from)) {
    const rows = await db.select({ id: acts.id }).from(acts).where(eq(acts.eventId, eventId)).limit(actsMax)
    found.push(...rows.map(({ id }) => `${kind}:${id}`))
  }
  return found
}

/** The thing as entries name it; of a person also the records that were merged into it. */
async function subjectsOf(db: Reader, kind: HistoryKind, id: string): Promise<string[]> {
  const merged =
    kind === 'person'
      ? await db.select({ id: persons.id }).from(persons).where(eq(persons.mergedIntoId, id))
      : []
  const acts = kind === 'event' ? await actsOn(db, id) : []
  return [...[id, ...merged.map((each) => each.id)].map((each) => `${kind}:${each}`), ...acts]
}
