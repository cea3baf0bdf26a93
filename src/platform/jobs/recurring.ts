import { and, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '../database/port.ts'
import { newId } from '../ids.ts'
import { jobs } from './schema.ts'

/**
 * Makes sure that each kind of recurring job is waiting or running. The kind is also the key. Serializable isolation
 * makes sure that workers that start together enqueue it only once.
 */
export async function planRecurring(tx: Writer, kinds: string[], now: DateTime): Promise<void> {
  const unfinished = await tx
    .select({ kind: jobs.kind })
    .from(jobs)
    .where(and(inArray(jobs.kind, kinds), inArray(jobs.state, ['waiting', 'running'])))
  const there = new Set(unfinished.map(({ kind }) => kind))
  const absent = kinds.filter((kind) => !there.has(kind))
  if (absent.length === 0) return
  const rows = absent.map((kind) => {
    return { id: newId(), kind, key: kind, params: {}, state: 'waiting' as const, runAt: now, createdAt: now }
  })
  await tx.insert(jobs).values(rows).onConflictDoNothing()
}
