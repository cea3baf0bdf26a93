import { asc } from 'drizzle-orm'
import type { Database } from '#platform/database/port.ts'
import type { AppContext } from '#src/context.ts'
import { persons } from './schema.ts'

const large = new WeakSet<Database>()

/**
 * Whether what reads all people is done in a process of its own: with more of them than `READ_BESIDE_FROM`. For fewer, the
 * main thread is done before such a process has begun.
 */
export async function readsBeside({ db, config }: Pick<AppContext, 'db' | 'config'>): Promise<boolean> {
  if (large.has(db)) return true
  const beyond = await db.read
    .select({ id: persons.id })
    .from(persons)
    .orderBy(asc(persons.id))
    .limit(1)
    .offset(config.readBesideFrom)
  if (beyond.length > 0) large.add(db)
  return beyond.length > 0
}
