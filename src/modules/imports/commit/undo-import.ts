import { and, desc, eq } from 'drizzle-orm'
import { assertConsentsStand, Undoable } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Reach, reachOf } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { AppContext } from '#src/context.ts'
import type { SheetRegister } from '../judge/register.ts'
import { type ImportRow, importChanges, imports } from '../schema.ts'
import { Ledger, Overtaken, openLot, registerNamed } from './ledger.ts'
import type { Written } from './undo-organisation.ts'

type Context = Pick<AppContext, 'db' | 'keys' | 'now'>

/** An undo that its process did not end is taken up again after this time. */
const resumeMinutes = 2

/**
 * Undoes a commit, all or nothing: created things are deleted, changed ones get their old values back. First everything is
 * looked at outside of any transaction; then the import is `undoing` while its batches are taken back one by one, the latest first.
 * @throws DomainError conflict `import.not_committed`, `changes.edited_since` (a row was edited since, or a consent
 *   withdrawn), `changes.in_use` (something was built on one: a shift, a sign-up, another list); forbidden
 *   `changes.out_of_reach` (somebody else answers for one by now)
 */
export async function undoImport(
  context: Context,
  registers: readonly SheetRegister[],
  { row, by }: { row: ImportRow; by: Actor },
): Promise<void> {
  const { db, now } = context
  if (row.state !== 'committed') throw notCommitted()
  const reach = reachOf(by, 'imports.run')
  await assertUndoable(context, registers, { row, reach })
  const at = now()
  const undoing = await db.transaction(async (tx) => {
    const [begun] = await tx
      .update(imports)
      .set({ state: 'undoing', undoneBy: by.userId, undoneAt: at, failure: null })
      .where(and(eq(imports.id, row.id), eq(imports.state, 'committed')))
      .returning()
    if (!begun) throw notCommitted()
    const runAt = at.plus({ minutes: resumeMinutes })
    await enqueue(tx, 'imports.undo', { importId: row.id }, { key: `undo:${row.id}`, runAt })
    return begun
  })
  await takeAllBack(context, registers, undoing, reach)
}

/** Takes up an undo that was interrupted; does nothing when there is none. What was in reach then still is. */
export async function resumeUndo(
  context: Context,
  registers: readonly SheetRegister[],
  importId: string,
): Promise<void> {
  const [row] = await context.db.read.select().from(imports).where(eq(imports.id, importId))
  if (row?.state === 'undoing') await takeAllBack(context, registers, row, { everything: true })
}

const notCommitted = () =>
  new DomainError('conflict', 'import.not_committed', 'Only an import that is committed can be undone.')

/** Looks at everything that would be taken back. @throws DomainError as `undoImport` */
async function assertUndoable(
  { db, keys, now }: Context,
  registers: readonly SheetRegister[],
  { row, reach }: { row: ImportRow; reach: Reach },
): Promise<void> {
  const { envelope } = new Ledger({ db, keys, now }, registers, row)
  const undoable = new Undoable()
  const lots = await db.read
    .select({ id: importChanges.id })
    .from(importChanges)
    .where(eq(importChanges.importId, row.id))
    .orderBy(desc(importChanges.ordinal))
  for (const { id } of lots) {
    const { register: name, piece } = await openLot(db.read, envelope, id)
    const register = registerNamed(registers, name)
    if (!reach.everything) await register.assertUndo(db.read, piece, reach)
    await register.assertUnedited?.(db.read, piece)
    const { changes = [], consents = [] } = piece as Partial<Written>
    undoable.add(changes, { guardian_consents: consents, ...register.rowsOf?.(piece) })
    await assertConsentsStand(db.read, consents)
    await new Promise((turn) => setImmediate(turn))
  }
  await undoable.assertAll(db.read, keys)
}

async function takeAllBack(
  context: Context,
  registers: readonly SheetRegister[],
  row: ImportRow,
  reach: Reach,
): Promise<void> {
  const { db } = context
  const undoing = and(eq(imports.id, row.id), eq(imports.state, 'undoing'))
  try {
    await new Ledger(context, registers, row).takeBack(reach)
  } catch (error) {
    // Another process took it up, and has ended it or will.
    if (error instanceof Overtaken) return
    // Somebody used one of the rows after they were looked at: the rest stays committed, and can be undone later.
    if (error instanceof DomainError && error.kind !== 'unavailable') {
      const message = 'A part was taken back; then something turned out to be in use.'
      const failure = { code: 'import.partly_undone', message, details: { because: error.code } }
      const left = { state: 'committed' as const, undoneBy: null, undoneAt: null, failure }
      await db.transaction((tx) => tx.update(imports).set(left).where(undoing))
    }
    throw error
  }
  await db.transaction(async (tx) => {
    const [undone] = await tx.update(imports).set({ state: 'undone' }).where(undoing).returning()
    if (!undone) return
    const by = { userId: undone.undoneBy as string }
    await record(tx, { action: 'import.undone', subject: `import:${row.id}`, by, at: context.now() })
  })
}
