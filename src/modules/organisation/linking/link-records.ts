import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { pages } from '#platform/database/pages.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import type { JobRun } from '#platform/jobs/definition.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { AppContext } from '#src/context.ts'
import { personRequests, persons } from '../schema.ts'
import { type LinkScene, linkScene } from './link-facts.ts'
import { keyOf, type Linked, linkUp, pairOf } from './link-rules.ts'

const perTransaction = 200

/** The job: links every record that was changed since its links were last judged. Idempotent. */
export async function linkChanged(
  { db, keys, now }: Pick<AppContext, 'db' | 'keys' | 'now'>,
  run?: JobRun,
): Promise<void> {
  const after = (last: string | undefined, size: number) => unlinkedAfter(db.read, last, size)
  for await (const ids of pages(after, perTransaction)) {
    run?.signal.throwIfAborted()
    await db.transaction((tx) => linkRecords(tx, keys, ids, now()))
    await run?.progressed()
  }
}

async function unlinkedAfter(db: Reader, last: string | undefined, size: number): Promise<string[]> {
  const rows = await db
    .select({ id: persons.id })
    .from(persons)
    // Written exactly like the condition of the partial index; otherwise SQLite scans all people.
    .where(and(sql`${persons.linkedVersion} <> ${persons.version}`, gt(persons.id, last ?? '')))
    .orderBy(asc(persons.id))
    .limit(size)
  return rows.map(({ id }) => id)
}

/**
 * Decides anew which records of one human these are, together with every record they may belong to. Nothing of a record
 * that anybody sees changes, its version neither. What is doubtful is asked, once; a question whose ground is gone is
 * withdrawn. Idempotent: the outcome follows from the records and from what people decided.
 */
export async function linkRecords(
  tx: Writer,
  keys: KeyRing,
  personIds: readonly string[],
  at: DateTime,
): Promise<void> {
  const scene = await linkScene(tx, keys, personIds)
  const linked = linkUp(scene.facts, scene.rulings)
  const changed = await writeHumans(tx, scene, linked)
  await ask(tx, scene, linked, at)
  await tx
    .update(persons)
    .set({ linkedVersion: sql`${persons.version}` })
    .where(inArray(persons.id, [...personIds]))
  if (changed.joined.length + changed.separated.length === 0) return
  if (changed.joined.length > 0) await enqueue(tx, 'humans.joined', { personIds: changed.joined })
  const [subject] = personIds
  await record(tx, {
    action: 'humans.linked',
    subject: `person:${subject}`,
    by: 'system',
    at,
    details: { joined: changed.joined.length, separated: changed.separated.length },
  })
}

async function writeHumans(tx: Writer, { rows }: LinkScene, { humans }: Linked) {
  const changed = [...humans].filter(([id, humanId]) => rows.get(id)!.humanId !== humanId)
  for (const [humanId, of] of Map.groupBy(changed, ([, human]) => human)) {
    const ids = of.map(([id]) => id)
    await tx.update(persons).set({ humanId }).where(inArray(persons.id, ids))
  }
  const [separated, joined] = [
    changed.filter(([, humanId]) => humanId === null),
    changed.filter(([, humanId]) => humanId !== null),
  ].map((some) => some.map(([id]) => id)) as [string[], string[]]
  return { joined, separated }
}

async function ask(tx: Writer, { open }: LinkScene, { questions }: Linked, at: DateTime): Promise<void> {
  const asked = new Map(open.map((row) => [keyOf(pairOf(row.personId, row.otherPersonId as string)), row]))
  const fresh = [...questions].filter(([key]) => !asked.has(key))
  if (fresh.length > 0) {
    await tx.insert(personRequests).values(
      fresh.map(([key, doubt]) => {
        const [personId, otherPersonId] = key.split(' ') as [string, string]
        const stated = { id: newId(), kind: 'one_human' as const, personId, otherPersonId, doubt }
        return { ...stated, state: 'open' as const, requestedBy: 'system', requestedAt: at }
      }),
    )
  }
  const gone = [...asked].filter(([key]) => !questions.has(key)).map(([, { id }]) => id)
  if (gone.length === 0) return
  await tx
    .update(personRequests)
    .set({ state: 'withdrawn', decidedBy: 'system', decidedAt: at })
    .where(and(inArray(personRequests.id, gone), eq(personRequests.state, 'open')))
}
