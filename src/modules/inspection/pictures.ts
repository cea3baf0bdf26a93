import { eq } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { seesCaseOf } from './cases/case-queries.ts'
import { visitUploads } from './schema.ts'
import { seesVisitOf } from './visits/visit-queries.ts'

/** Pictures of an observation: for whoever sees its visit, or the case that it raised. */
export async function seesObservation(db: Reader, id: string, reader: Actor): Promise<boolean> {
  return (await seesVisitOf(db, id, reader)) || (await seesCaseOf(db, id, reader))
}

/** Pictures that belong to no observation: for whoever sent them, and whoever runs all rounds. */
export async function seesUpload(db: Reader, id: string, reader: Actor): Promise<boolean> {
  const [upload] = await db
    .select({ userId: visitUploads.userId })
    .from(visitUploads)
    .where(eq(visitUploads.id, id))
  if (!upload) return false
  return (
    upload.userId === reader.userId || (may(reader, 'rounds.run') && reachOf(reader, 'rounds.run').everything)
  )
}
