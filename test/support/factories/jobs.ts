import type { Database } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { instantFrom } from '#platform/time.ts'

/** Work of an event that has died, as its worker left it. */
export async function aDeadJob(
  db: Database,
  { kind, eventId }: { kind: string; eventId: string },
): Promise<{ id: string }> {
  const id = newId()
  const at = instantFrom('2026-02-20T01:00:00Z')
  const dead = {
    state: 'dead' as const,
    attempts: 1,
    interruptions: 31,
    lastError: 'its worker ended each time',
  }
  await db.transaction((tx) =>
    tx.insert(jobs).values({
      id,
      kind,
      params: { eventId },
      about: `event:${eventId}`,
      runAt: at,
      createdAt: at,
      finishedAt: at,
      ...dead,
    }),
  )
  return { id }
}
