import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { refreshStatisticsSoon } from '#platform/jobs/housekeeping.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { AppContext } from '#src/context.ts'
import { envelopeOf } from '../data-key.ts'
import type { Envelope } from '../envelope.ts'
import { Gate, lookUpBudgetOf, reachFor } from '../gate.ts'
import { loadDistricts } from '../judge/districts.ts'
import { judge } from '../judge/judge.ts'
import { broken } from '../judge/judge-import.ts'
import { fingerprintOf, type LoadedRow, loadAnswers, loadDataRows } from '../judge/load-rows.ts'
import { type RegisterPlan, type SheetRegister, Writing } from '../judge/register.ts'
import type { JudgeInput } from '../judge/scene.ts'
import type { Judging } from '../judge/verdicts.ts'
import { tellProgress } from '../progress.ts'
import { type ImportCounts, type ImportRow, importChanges, imports } from '../schema.ts'
import { inTurns } from '../turns.ts'
import type { Lot } from './undo-import.ts'

/**
 * Enqueues the commit: writing the valid rows. Repeating it while the commit runs or is done changes nothing.
 * @throws DomainError conflict `import.not_judged`
 */
export async function askToCommit(
  tx: Writer,
  {
    row,
    registers,
    by,
    at,
  }: { row: ImportRow; registers: readonly SheetRegister[]; by: Actor; at: DateTime },
): Promise<void> {
  const { id: importId } = row
  const started = await tx
    .update(imports)
    .set({
      state: 'committing',
      committedBy: by.userId,
      reach: reachFor(row, by, registers),
      failure: null,
      progress: { phase: 'writing', done: 0, total: 0 },
    })
    .where(and(eq(imports.id, importId), eq(imports.state, 'judged')))
    .returning({ id: imports.id })
  if (started.length > 0) {
    await enqueue(tx, 'imports.commit', { importId }, { key: importId })
    await record(tx, { action: 'import.commit_asked', subject: `import:${importId}`, by, at })
    return
  }
  if (row.state === 'committing' || row.state === 'committed') return
  throw new DomainError('conflict', 'import.not_judged', 'Only an import that is judged can be committed.', {
    state: row.state,
  })
}

/** The preview is outdated: the data it was made from has changed. */
class Outdated extends Error {}

/**
 * Writes the valid rows in one transaction. They are judged again inside it, so that exactly the preview is written: if one
 * verdict differs, nothing is written, and the import is judged again and says why.
 */
export async function commitImport(
  context: AppContext,
  registers: readonly SheetRegister[],
  importId: string,
): Promise<void> {
  const { db } = context
  const [row] = await db.read.select().from(imports).where(eq(imports.id, importId))
  if (row?.state !== 'committing') return
  try {
    tellProgress(db, importId, { phase: 'writing', done: 0, total: sumOf(row.counts) })
    await db.transaction((tx) => writeImport(tx, context, registers, row), { large: true })
  } catch (error) {
    if (error instanceof Outdated) await judgeAgain(context, importId)
    else if (error instanceof DomainError && error.kind === 'unavailable') throw error
    else await refuse(context, importId, error instanceof DomainError ? error : broken(error))
    // An unexpected error is rethrown, so that the worker records it; a retry then finds nothing to do.
    if (!(error instanceof Outdated || error instanceof DomainError)) throw error
  } finally {
    tellProgress(db, importId, undefined)
  }
}

const sumOf = (counts: ImportCounts) => Object.values(counts).reduce((sum, each) => sum + each, 0)

async function writeImport(
  tx: Writer,
  context: AppContext,
  registers: readonly SheetRegister[],
  row: ImportRow,
): Promise<void> {
  const { keys, now } = context
  const at = now()
  const by = row.committedBy ?? row.startedBy
  const envelope = envelopeOf(keys, row)
  const gate = new Gate(row.reach)
  const plans = await planAgain(tx, context, registers, { row, envelope, gate })
  const writing = new Writing({ keys, at, by, gate })
  const lots: Lot[] = []
  for (const { register, plan } of plans) {
    const pieces = await register.commit(tx, plan, writing)
    lots.push(...pieces.map((piece) => ({ register: register.name, piece })))
  }
  await keepChanges(tx, row.id, envelope, lots)
  const total = sumOf(row.counts)
  const committed = await tx
    .update(imports)
    .set({ state: 'committed', committedAt: at, progress: { phase: 'done', done: total, total } })
    .where(and(eq(imports.id, row.id), eq(imports.state, 'committing')))
    .returning({ id: imports.id })
  if (committed.length === 0) throw new Error('the import was committed elsewhere')
  // Whoever is on another list, too, is known before anybody is placed.
  await enqueue(tx, 'organisation.link_now', {})
  await refreshStatisticsSoon(tx)
  const details = { ...row.counts }
  await record(tx, {
    action: 'import.committed',
    subject: `import:${row.id}`,
    by: { userId: by },
    at,
    details,
  })
}

/** The plan of the preview. @throws Outdated when any row would get another verdict now */
async function planAgain(
  tx: Writer,
  context: AppContext,
  registers: readonly SheetRegister[],
  { row, envelope, gate }: { row: ImportRow; envelope: Envelope; gate: Gate },
): Promise<RegisterPlan[]> {
  const rows = await loadDataRows(tx, row.id, envelope)
  const input: JudgeInput = {
    db: tx,
    keys: context.keys,
    gate,
    lookUpBudget: lookUpBudgetOf(context, row, { read: tx, write: (work) => work(tx) }),
    rows,
    answers: await loadAnswers(tx, row.id),
    topicOf: (text) => envelope.topic(text),
    districts: await loadDistricts(tx),
  }
  const judged = await judge(input, registers)
  await inTurns(judged.rows, (judging, n) => {
    if (differs(judging, rows[n] as LoadedRow)) throw new Outdated()
  })
  return judged.plans
}

/** Whether a row has another verdict than in the preview. */
function differs(judging: Judging, { judgement, fingerprint }: LoadedRow): boolean {
  return judging.judgement !== judgement || fingerprintOf(judging.verdict) !== fingerprint
}

/** Stores the changes for the undo, encrypted: the old values are personal data. */
async function keepChanges(
  tx: Writer,
  importId: string,
  envelope: Envelope,
  lots: readonly Lot[],
): Promise<void> {
  let ordinal = 0
  await inChunks(lots, 10, (some) =>
    tx.insert(importChanges).values(
      some.map((lot) => {
        const id = newId()
        return { id, importId, ordinal: ordinal++, changes: envelope.seal(lot, `changes/${id}`) }
      }),
    ),
  )
}

async function judgeAgain({ db }: AppContext, importId: string): Promise<void> {
  const failure = {
    code: 'import.outdated',
    message:
      'The organisation changed since the preview. It was made again: look at it and commit once more.',
    details: {},
  }
  await db.transaction(async (tx) => {
    await tx
      .update(imports)
      .set({
        state: 'judging',
        committedBy: null,
        failure,
        progress: { phase: 'judging', done: 0, total: 0 },
      })
      .where(eq(imports.id, importId))
    await enqueue(tx, 'imports.judge', { importId }, { key: importId })
  })
}

/** Keeps the preview, and stores why it could not be committed. */
async function refuse(
  { db }: AppContext,
  importId: string,
  { code, message, details }: DomainError,
): Promise<void> {
  await db.transaction((tx) =>
    tx
      .update(imports)
      .set({ state: 'judged', committedBy: null, failure: { code, message, details } })
      .where(eq(imports.id, importId)),
  )
}
