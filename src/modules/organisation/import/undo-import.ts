import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { guardianConsents } from '../schema.ts'
import { undoChanges } from '../undo-changes.ts'
import type { Written } from './apply-plan.ts'
import { envelopeOf } from './data-key.ts'
import type { Envelope } from './envelope.ts'
import { importChanges, imports } from './schema.ts'

/**
 * Takes back everything a commit wrote: what it created goes, what it altered gets its former values; all or nothing.
 * @throws DomainError conflict `import.not_committed`, `changes.edited-since` (a row was edited since, or a consent
 *   withdrawn), `changes.in-use` (something was built on one: a shift, a sign-up, another list)
 */
export async function undoImport(
  tx: Writer,
  { importId, keys, by, at }: { importId: string; keys: KeyRing; by: Actor; at: DateTime },
): Promise<void> {
  const [row] = await tx
    .update(imports)
    .set({ state: 'undone', undoneBy: by.userId, undoneAt: at, failure: null })
    .where(and(eq(imports.id, importId), eq(imports.state, 'committed')))
    .returning()
  if (!row)
    throw new DomainError(
      'conflict',
      'import.not_committed',
      'Only an import that is committed can be undone.',
    )
  const envelope = envelopeOf(keys, row)
  const lots = await tx
    .select({ id: importChanges.id })
    .from(importChanges)
    .where(eq(importChanges.importId, importId))
    .orderBy(desc(importChanges.ordinal))
  // The latest first, one lot at a time: each finds the rows as it left them, and little is held in memory.
  await inChunks(lots, 1, async ([lot]) => {
    const { consents, changes } = await openLot(tx, envelope, (lot as { id: string }).id)
    await removeConsents(tx, consents)
    await undoChanges(tx, changes)
  })
  await tx.delete(importChanges).where(eq(importChanges.importId, importId))
  await record(tx, { action: 'import.undone', subject: `import:${importId}`, by, at })
}

async function openLot(tx: Writer, envelope: Envelope, id: string): Promise<Written> {
  const [lot] = await tx.select().from(importChanges).where(eq(importChanges.id, id))
  if (!lot) throw new Error('what an import wrote is not there')
  return envelope.open<Written>(lot.changes, `changes/${id}`)
}

async function removeConsents(tx: Writer, ids: readonly string[]): Promise<void> {
  await inChunks(ids, 500, async (some) => {
    const withdrawn = await tx
      .select({ id: guardianConsents.id })
      .from(guardianConsents)
      .where(and(inArray(guardianConsents.id, some), isNotNull(guardianConsents.withdrawnAt)))
    if (withdrawn.length > 0) {
      throw new DomainError('conflict', 'changes.edited-since', 'Some of these rows were edited since.', {
        rows: 'guardianConsents',
        edited: withdrawn.length,
      })
    }
    await tx.delete(guardianConsents).where(inArray(guardianConsents.id, some))
  })
}
