import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { AppContext } from '#src/context.ts'
import { applyPlan, type Written } from './apply-plan.ts'
import { envelopeOf } from './data-key.ts'
import { type ListDistricts, loadDistricts } from './districts.ts'
import type { Envelope } from './envelope.ts'
import { judge } from './judge.ts'
import { broken, type ImportRow } from './judge-import.ts'
import { fingerprintOf, type LoadedRow, loadAnswers, loadDataRows } from './load-rows.ts'
import { tellProgress } from './progress.ts'
import { type ImportCounts, importChanges, imports } from './schema.ts'
import { inTurns } from './turns.ts'
import type { Judging, Plan } from './verdicts.ts'

/**
 * Promises to write the valid rows. Asking again while it is under way or done changes nothing.
 * @throws DomainError conflict `import.not_judged`
 */
export async function askToCommit(
  tx: Writer,
  { importId, by, at }: { importId: string; by: Actor; at: DateTime },
): Promise<void> {
  const started = await tx
    .update(imports)
    .set({
      state: 'committing',
      committedBy: by.userId,
      reach: reachOf(by, 'imports.run'),
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
  const [row] = await tx.select({ state: imports.state }).from(imports).where(eq(imports.id, importId))
  if (row?.state === 'committing' || row?.state === 'committed') return
  throw new DomainError('conflict', 'import.not_judged', 'Only an import that is judged can be committed.', {
    state: row?.state,
  })
}

/** The preview does not hold any more: what it was made from has changed. */
class Outdated extends Error {}

/**
 * Writes the valid rows in one transaction. They are judged again inside of it, so that what is written is exactly
 * what was shown: if a single verdict differs, nothing is written, the import is judged anew and says why.
 */
export async function commitImport(
  context: AppContext,
  districts: ListDistricts,
  importId: string,
): Promise<void> {
  const { db } = context
  const [row] = await db.read.select().from(imports).where(eq(imports.id, importId))
  if (row?.state !== 'committing') return
  try {
    tellProgress(db, importId, { phase: 'writing', done: 0, total: sumOf(row.counts) })
    await db.transaction((tx) => writeImport(tx, context, districts, row), { large: true })
  } catch (error) {
    if (error instanceof Outdated) await judgeAgain(context, importId)
    else if (error instanceof DomainError && error.kind === 'unavailable') throw error
    else await refuse(context, importId, error instanceof DomainError ? error : broken(error))
    // What nobody foresaw is the worker's to record; it finds nothing left to do when it tries again.
    if (!(error instanceof Outdated || error instanceof DomainError)) throw error
  } finally {
    tellProgress(db, importId, undefined)
  }
}

const sumOf = (counts: ImportCounts) => Object.values(counts).reduce((sum, each) => sum + each, 0)

async function writeImport(
  tx: Writer,
  { keys, now }: AppContext,
  districts: ListDistricts,
  row: ImportRow,
): Promise<void> {
  const at = now()
  const by = row.committedBy ?? row.startedBy
  const envelope = envelopeOf(keys, row)
  const plan = await planAgain(tx, keys, districts, row, envelope)
  const written = await applyPlan(tx, plan, { keys, at, by })
  await keepChanges(tx, row.id, envelope, written)
  const total = sumOf(row.counts)
  const committed = await tx
    .update(imports)
    .set({ state: 'committed', committedAt: at, progress: { phase: 'done', done: total, total } })
    .where(and(eq(imports.id, row.id), eq(imports.state, 'committing')))
    .returning({ id: imports.id })
  if (committed.length === 0) throw new Error('the import was committed elsewhere')
  const details = { ...row.counts }
  await record(tx, {
    action: 'import.committed',
    subject: `import:${row.id}`,
    by: { userId: by },
    at,
    details,
  })
}

/** The plan of what was shown. @throws Outdated when a single row would be judged otherwise now */
async function planAgain(
  tx: Writer,
  keys: KeyRing,
  districts: ListDistricts,
  { id, reach }: ImportRow,
  envelope: Envelope,
): Promise<Plan> {
  const rows = await loadDataRows(tx, id, envelope)
  const judged = await judge({
    db: tx,
    keys,
    reach,
    rows,
    answers: await loadAnswers(tx, id),
    topicOf: (text) => envelope.topic(text),
    districts: await loadDistricts(tx, districts),
  })
  await inTurns(judged.rows, (judging, n) => {
    if (differs(judging, rows[n] as LoadedRow)) throw new Outdated()
  })
  return judged.plan
}

/** Whether a row is judged otherwise than it was shown. */
function differs(judging: Judging, { judgement, fingerprint }: LoadedRow): boolean {
  return judging.judgement !== judgement || fingerprintOf(judging.verdict) !== fingerprint
}

const changesEach = 500

/** Keeps what was written, sealed: former values are personal data. */
async function keepChanges(
  tx: Writer,
  importId: string,
  envelope: Envelope,
  written: Written,
): Promise<void> {
  const lots: Written[] = []
  for (let from = 0; from < written.changes.length; from += changesEach) {
    lots.push({ changes: written.changes.slice(from, from + changesEach), consents: [] })
  }
  lots.push({ changes: [], consents: written.consents })
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

/** The preview stands; why it could not be written is said beside it. */
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
