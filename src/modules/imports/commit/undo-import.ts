import { and, desc, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { envelopeOf } from '../data-key.ts'
import type { Piece, SheetRegister } from '../judge/register.ts'
import { importChanges, imports } from '../schema.ts'
import { openLot, registerNamed } from './ledger.ts'

/**
 * Undoes a commit, all or nothing: created things are deleted, changed ones get their old values back.
 * @throws DomainError conflict `import.not_committed`, `changes.edited_since` (a row was edited since, or a consent
 *   withdrawn), `changes.in_use` (something was built on one: a shift, a sign-up, another list); forbidden
 *   `changes.out_of_reach` (somebody else answers for one by now)
 */
export async function undoImport(
  tx: Writer,
  {
    importId,
    keys,
    registers,
    by,
    at,
  }: { importId: string; keys: KeyRing; registers: readonly SheetRegister[]; by: Actor; at: DateTime },
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
  const reach = reachOf(by, 'imports.run')
  const lots = await tx
    .select({ id: importChanges.id })
    .from(importChanges)
    .where(eq(importChanges.importId, importId))
    .orderBy(desc(importChanges.ordinal))
  const each = async (work: (register: SheetRegister, piece: Piece) => Promise<void>) => {
    // One batch at a time, the latest first, so that each finds the rows as it left them, and memory stays small.
    await inChunks(lots, 1, async ([lot]) => {
      const { register, piece } = await openLot(tx, envelope, (lot as { id: string }).id)
      await work(registerNamed(registers, register), piece)
    })
  }
  if (!reach.everything) await each((register, piece) => register.assertUndo(tx, piece, reach))
  await each((register, piece) => register.undo(tx, piece, { keys, at, reach }))
  await tx.delete(importChanges).where(eq(importChanges.importId, importId))
  await record(tx, { action: 'import.undone', subject: `import:${importId}`, by, at })
}
