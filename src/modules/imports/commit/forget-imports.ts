import { and, eq, inArray, lt, notInArray, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Database } from '#platform/database/port.ts'
import { deleteForgottenParts, forgetContent } from '../read/file-parts.ts'
import { importChanges, importDecisions, importFiles, importRows, importSheets, imports } from '../schema.ts'

/** How long a finished or abandoned import can be looked at and undone. */
export const keptDays = 90

/**
 * The same for an import with a class list: longer, its rows would keep names and numbers of children that are erased
 * elsewhere (`minors`), and its undo could bring them back.
 */
export const classListKeptDays = 10

/**
 * Deletes old imports with their staged rows and their undo: personal data is not kept longer than needed (PIPL art. 19).
 * Their audit entries stay.
 */
export async function forgetImports(db: Database, now: DateTime): Promise<void> {
  const before = (days: number) => lt(imports.createdAt, now.minus({ days }))
  const classLists = db.read
    .select({ id: importSheets.importId })
    .from(importSheets)
    .where(eq(importSheets.list, 'classes'))
  const over = or(before(keptDays), and(before(classListKeptDays), inArray(imports.id, classLists)))
  const old = await db.read
    .select({ id: imports.id })
    .from(imports)
    .where(and(over, notInArray(imports.state, ['committing', 'undoing'])))
    .limit(100)
  for (const { id } of old) {
    await db.transaction(async (tx) => {
      await forgetContent(tx, id)
      for (const from of [importChanges, importDecisions, importRows, importSheets, importFiles]) {
        await tx.delete(from).where(inArray(from.importId, [id]))
      }
      await tx.delete(imports).where(inArray(imports.id, [id]))
    })
  }
  await deleteForgottenParts(db, now)
}
