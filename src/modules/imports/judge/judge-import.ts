import { and, asc, eq, inArray, isNull, notInArray } from 'drizzle-orm'
import { type Database, inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { JobRun } from '#platform/jobs/definition.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { openDataKey } from '../data-key.ts'
import { Envelope } from '../envelope.ts'
import { Gate, lookUpBudgetOf } from '../gate.ts'
import { tellProgress } from '../progress.ts'
import { forgetContent } from '../read/file-parts.ts'
import { rereadSheets, stageFiles, writeStaged } from '../read/stage-files.ts'
import {
  type ImportCounts,
  type ImportRow,
  importDecisions,
  importRows,
  imports,
  type RemarkCounts,
} from '../schema.ts'
import { loadDistricts } from './districts.ts'
import { type Judged, judge } from './judge.ts'
import { fingerprintOf, type LoadedRow, loadAnswers, loadDataRows } from './load-rows.ts'
import type { SheetRegister } from './register.ts'
import type { JudgeInput } from './scene.ts'
import type { Judging } from './verdicts.ts'

const open = ['received', 'judging'] as const

/**
 * Reads the uploaded files and judges every row, or judges staged rows again after an answer or a correction.
 * Idempotent: an interrupted run starts again from the stored files, and so does one whose service stops. Changes no data
 * of the organisation.
 */
export async function judgeImport(
  context: AppContext,
  registers: readonly SheetRegister[],
  importId: string,
  { signal }: Pick<JobRun, 'signal'>,
): Promise<void> {
  const { db } = context
  const [row] = await db.read.select().from(imports).where(eq(imports.id, importId))
  if (!row || !open.some((state) => state === row.state)) return
  try {
    await changeState(db, row, { state: 'judging', progress: { phase: 'reading', done: 0, total: 0 } })
    const key = openDataKey(context.keys, row)
    const envelope = new Envelope(key)
    const today = dayIn(context.now(), context.config.timeZone)
    const { soffice, areaCode } = context.config
    const vocabularies = registers.flatMap(({ sheets }) => sheets ?? [])
    const staging = { db, importId, key, envelope, today, soffice, areaCode, vocabularies, signal }
    const staged = await stageFiles(staging)
    await rereadSheets(staging)
    tellProgress(db, importId, { phase: 'judging', done: 0, total: 0 })
    const rows = staged?.data ?? (await loadDataRows(db.read, importId, envelope))
    const input: JudgeInput = {
      db: db.read,
      keys: context.keys,
      gate: new Gate(row.reach),
      rows,
      answers: await loadAnswers(db.read, importId),
      topicOf: (text) => envelope.topic(text),
      districts: await loadDistricts(db.read),
      lookUpBudget: lookUpBudgetOf(context, row, { read: db.read, write: (work) => db.transaction(work) }),
    }
    const judged = await judge(input, registers, signal)
    if (staged) {
      const byOrdinal = new Map(judged.rows.map((judging) => [judging.row.ordinal, judging]))
      await writeStaged(staging, staged, (ordinal) => byOrdinal.get(ordinal))
    } else await writeVerdicts(db, importId, envelope, rows as LoadedRow[], judged)
    await finish(context, row, envelope, judged)
  } catch (error) {
    if (signal.aborted && error === signal.reason) throw error
    if (error instanceof DomainError && error.kind === 'unavailable') throw error
    await giveUp(db, row, error instanceof DomainError ? error : broken(error))
    // An unexpected error is rethrown, so that the worker records it; a retry then finds nothing to do.
    if (!(error instanceof DomainError)) throw error
  } finally {
    tellProgress(db, importId, undefined)
  }
}

/** The error of an import that failed because of a bug. */
export function broken(cause: unknown): DomainError {
  const message = 'Something went wrong here. It was recorded; nothing of the organisation was changed.'
  return new DomainError('unavailable', 'import.broken', message, {}, { cause })
}

async function changeState(db: Database, { id }: ImportRow, to: Partial<ImportRow>): Promise<void> {
  await db.transaction((tx) =>
    tx
      .update(imports)
      .set(to)
      .where(and(eq(imports.id, id), inArray(imports.state, [...open]))),
  )
}

/** Marks the import as failed: deletes the uploaded bytes and stores the reason. */
async function giveUp(
  db: Database,
  { id }: ImportRow,
  { code, message, details }: DomainError,
): Promise<void> {
  await db.transaction(async (tx) => {
    await forgetContent(tx, id)
    await tx
      .update(imports)
      .set({
        state: 'failed',
        failure: { code, message, details },
        progress: { phase: 'done', done: 0, total: 0 },
      })
      .where(eq(imports.id, id))
  })
}

/** Updates the changed verdicts, in several transactions, so that other writers can run between them. */
async function writeVerdicts(
  db: Database,
  importId: string,
  envelope: Envelope,
  staged: readonly LoadedRow[],
  judged: Judged,
): Promise<void> {
  const total = staged.length
  await inChunks([...staged.entries()], 1000, async (some) => {
    const changed = some.flatMap(([at, row]) => {
      const judging = judged.rows[at] as Judging
      const { verdict } = judging
      if (fingerprintOf(verdict) === row.fingerprint && judging.judgement === row.judgement) return []
      const sealed = envelope.seal(verdict, `verdict/${row.id}`)
      return [{ id: row.id, judgement: judging.judgement, verdict: sealed }]
    })
    if (changed.length > 0) {
      await db.transaction(async (tx) => {
        for (const { id, judgement, verdict } of changed) {
          await tx.update(importRows).set({ judgement, verdict }).where(eq(importRows.id, id))
        }
      })
    }
    tellProgress(db, importId, { phase: 'staging', done: (some.at(-1)?.[0] ?? 0) + 1, total })
  })
}

async function finish(
  context: AppContext,
  { id }: ImportRow,
  envelope: Envelope,
  judged: Judged,
): Promise<void> {
  await context.db.transaction(async (tx) => {
    await writeQuestions(tx, id, envelope, judged)
    await tx
      .update(imports)
      .set({
        state: 'judged',
        counts: countsOf(judged.rows),
        remarks: remarksOf(judged.rows),
        adds: Object.fromEntries(
          judged.plans.map(({ register, plan }) => [register.name, register.adds(plan)]),
        ),
        sheetCounts: countsBySheet(judged.rows),
        judgedAt: context.now(),
        progress: { phase: 'done', done: judged.rows.length, total: judged.rows.length },
      })
      .where(and(eq(imports.id, id), inArray(imports.state, [...open])))
  })
}

/** The number of rows for each judgement. */
export function countsOf(rows: readonly Judging[]): ImportCounts {
  const counts: ImportCounts = {}
  for (const { judgement } of rows) counts[judgement] = (counts[judgement] ?? 0) + 1
  return counts
}

function countsBySheet(rows: readonly Judging[]): Record<string, ImportCounts> {
  const bySheet: Record<string, ImportCounts> = {}
  for (const { judgement, row } of rows) {
    const counts = bySheet[row.sheet.id] ?? {}
    bySheet[row.sheet.id] = counts
    counts[judgement] = (counts[judgement] ?? 0) + 1
  }
  return bySheet
}

function remarksOf(rows: readonly Judging[]): RemarkCounts {
  const counts: RemarkCounts = {}
  for (const { remarks } of rows) for (const code of new Set(remarks)) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

/** Adds new questions and deletes unanswered ones that no row waits for. Answered ones stay. */
async function writeQuestions(
  tx: Writer,
  importId: string,
  envelope: Envelope,
  { questions }: Judged,
): Promise<void> {
  const mine = eq(importDecisions.importId, importId)
  const topics = questions.map(({ topic }) => topic)
  await tx
    .delete(importDecisions)
    .where(
      and(
        mine,
        isNull(importDecisions.answer),
        topics.length > 0 ? notInArray(importDecisions.topic, topics) : undefined,
      ),
    )
  const known = await tx
    .select({ id: importDecisions.id, kind: importDecisions.kind, topic: importDecisions.topic })
    .from(importDecisions)
    .where(mine)
    .orderBy(asc(importDecisions.id))
  const ids = new Map(known.map(({ id, kind, topic }) => [`${kind} ${topic}`, id]))
  for (const { kind, topic, question, rows } of questions) {
    const id = ids.get(`${kind} ${topic}`)
    if (id) {
      const sealed = envelope.seal(question, `question/${id}`)
      await tx.update(importDecisions).set({ rows, question: sealed }).where(eq(importDecisions.id, id))
      continue
    }
    const fresh = newId()
    const sealed = envelope.seal(question, `question/${fresh}`)
    await tx.insert(importDecisions).values({ id: fresh, importId, kind, topic, rows, question: sealed })
  }
}
