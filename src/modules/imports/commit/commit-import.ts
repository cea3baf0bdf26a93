import { and, eq, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Database, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import type { JobRun } from '#platform/jobs/definition.ts'
import { refreshStatisticsSoon } from '#platform/jobs/housekeeping.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { AppContext } from '#src/context.ts'
import type { Envelope } from '../envelope.ts'
import { Gate, lookUpBudgetOf, reachFor } from '../gate.ts'
import { loadDistricts } from '../judge/districts.ts'
import { judge } from '../judge/judge.ts'
import { broken } from '../judge/judge-import.ts'
import { fingerprintOf, type LoadedRow, loadAnswers, loadDataRows } from '../judge/load-rows.ts'
import { ChangedMeanwhile, type RegisterPlan, type SheetRegister, Writing } from '../judge/register.ts'
import type { JudgeInput } from '../judge/scene.ts'
import type { Judging } from '../judge/verdicts.ts'
import { tellProgress } from '../progress.ts'
import { type ImportCounts, type ImportRow, imports } from '../schema.ts'
import { inTurns } from '../turns.ts'
import { attemptOf, Ledger, Overtaken } from './ledger.ts'
import { Meanwhile } from './meanwhile.ts'

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

/**
 * Writes the valid rows, in slices of some 30 ms, so that nobody else waits long for the writer. The rows are judged again
 * first, so that exactly the preview is written. What each slice changed is kept with it: when a verdict turns out to
 * be another one, or a slice fails, all is taken back, and the import says why. An interrupted commit begins again.
 */
export async function commitImport(
  context: AppContext,
  registers: readonly SheetRegister[],
  importId: string,
  run: JobRun,
): Promise<void> {
  const { db } = context
  const row = await begin(db, importId)
  if (!row) return
  const ledger = new Ledger(context, registers, row)
  try {
    tellProgress(db, importId, { phase: 'writing', done: 0, total: sumOf(row.counts) })
    await ledger.takeBack()
    await writeImport(context, registers, { row, ledger, run })
  } catch (error) {
    if (error === run.signal.reason || error instanceof Overtaken) throw error
    if (error instanceof DomainError && error.kind === 'unavailable') throw error
    await giveUp(context, ledger, row, error)
    // An unexpected error is rethrown, so that the worker records it; a retry then finds nothing to do.
    if (!(error instanceof ChangedMeanwhile || error instanceof DomainError)) throw error
  } finally {
    tellProgress(db, importId, undefined)
  }
}

const sumOf = (counts: ImportCounts) => Object.values(counts).reduce((sum, each) => sum + each, 0)

/** Begins an attempt: its version is that of the row, so that an earlier one that still runs writes nothing more. */
async function begin(db: Database, importId: string): Promise<ImportRow | undefined> {
  const [row] = await db.transaction((tx) =>
    tx
      .update(imports)
      .set({ version: sql`${imports.version} + 1` })
      .where(and(eq(imports.id, importId), eq(imports.state, 'committing')))
      .returning(),
  )
  return row
}

interface Writes {
  row: ImportRow
  ledger: Ledger
  run: JobRun
}

async function writeImport(
  context: AppContext,
  registers: readonly SheetRegister[],
  { row, ledger, run }: Writes,
): Promise<void> {
  const { db, keys, now } = context
  const at = now()
  const by = row.committedBy ?? row.startedBy
  const gate = new Gate(row.reach)
  const meanwhile = await Meanwhile.begin(db.read, at)
  const plans = await planAgain(context, registers, { row, envelope: ledger.envelope, gate, run })
  const writing = new Writing({ keys, at, by, gate })
  for (const { register, plan } of plans) {
    for (const slice of register.commit(plan, writing)) {
      run.signal.throwIfAborted()
      meanwhile.wrote(await ledger.write(register.name, slice))
    }
  }
  await meanwhile.assertNothing(db.read)
  await db.transaction(async (tx) => {
    await meanwhile.assertNothing(tx)
    await finish(tx, { row, by, at })
  })
}

async function finish(
  tx: Writer,
  { row, by, at }: { row: ImportRow; by: string; at: DateTime },
): Promise<void> {
  const total = sumOf(row.counts)
  const committed = await tx
    .update(imports)
    .set({ state: 'committed', committedAt: at, progress: { phase: 'done', done: total, total } })
    .where(attemptOf(row))
    .returning({ id: imports.id })
  if (committed.length === 0) throw new Overtaken('the import was committed elsewhere')
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

/** The plan of the preview. @throws ChangedMeanwhile when any row would get another verdict now */
async function planAgain(
  context: AppContext,
  registers: readonly SheetRegister[],
  { row, envelope, gate, run: { signal } }: { row: ImportRow; envelope: Envelope; gate: Gate; run: JobRun },
): Promise<RegisterPlan[]> {
  const { db, keys } = context
  const rows = await loadDataRows(db.read, row.id, envelope)
  const input: JudgeInput = {
    db: db.read,
    keys,
    gate,
    lookUpBudget: lookUpBudgetOf(context, row, { read: db.read, write: (work) => db.transaction(work) }),
    rows,
    answers: await loadAnswers(db.read, row.id),
    topicOf: (text) => envelope.topic(text),
    districts: await loadDistricts(db.read),
  }
  const judged = await judge(input, registers, signal)
  await inTurns(judged.rows, (judging, n) => {
    if (differs(judging, rows[n] as LoadedRow)) throw new ChangedMeanwhile('a row has another verdict')
  })
  return judged.plans
}

/** Whether a row has another verdict than in the preview. */
function differs(judging: Judging, { judgement, fingerprint }: LoadedRow): boolean {
  return judging.judgement !== judgement || fingerprintOf(judging.verdict) !== fingerprint
}

/** Takes back what was written, and says why. What somebody has used since stays, and the import says that, too. */
async function giveUp(context: AppContext, ledger: Ledger, row: ImportRow, error: unknown): Promise<void> {
  try {
    await ledger.takeBack()
  } catch (kept) {
    if (!(kept instanceof DomainError) || kept.kind === 'unavailable') throw kept
    return stayWritten(context, row, kept)
  }
  if (error instanceof ChangedMeanwhile) await judgeAgain(context, row.id)
  else await refuse(context, row.id, error instanceof DomainError ? error : broken(error))
}

/** A part was written and is in use: it stays, with its changes for the undo. */
async function stayWritten({ db, now }: AppContext, row: ImportRow, kept: DomainError): Promise<void> {
  const failure = {
    code: 'import.partly_written',
    message: 'Writing failed when some of the rows were written, and what was built on them keeps them.',
    details: { because: kept.code, ...kept.details },
  }
  await db.transaction((tx) =>
    tx.update(imports).set({ state: 'committed', committedAt: now(), failure }).where(attemptOf(row)),
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
