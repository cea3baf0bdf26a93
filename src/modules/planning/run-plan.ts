import { and, eq, inArray } from 'drizzle-orm'
import { DomainError } from '#platform/errors.ts'
import type { AppContext } from '#src/context.ts'
import { type Described, describeProblem } from './describe-problem.ts'
import { keepProposal } from './keep-proposal.ts'
import { type PlanRow, planRow } from './queries.ts'
import { planRuns } from './schema.ts'
import { think } from './think.ts'
import type { PlanStage } from './words.ts'

type Context = Pick<AppContext, 'db' | 'now' | 'log'>

const pollMs = 100

/**
 * Computes a proposal: reads the data at one moment, plans in a thread, writes the result. A run that was
 * interrupted by a crash starts again from fresh data; a run that has ended is left alone.
 */
export async function runPlan(context: Context, planId: string): Promise<void> {
  const { db, log } = context
  const run = await begin(context, planId)
  if (!run) return
  try {
    const described = await db.snapshot((reader) => describeProblem(reader, run.eventId, context.now(), run))
    described.problem.policy = run.policy
    described.problem.stability = run.stability
    const { people, shifts } = described.names
    log.info({ planId, people: people.length, shifts: shifts.length }, 'planning started')
    await plan(context, planId, described)
  } catch (error) {
    // A database that is away comes back, and the job with it; anything else would only happen again.
    if (error instanceof DomainError && error.code.startsWith('database.')) throw error
    const { code, details } = error instanceof DomainError ? error : { code: 'plan.crashed', details: {} }
    log.error({ planId, code, err: error }, 'planning failed')
    await end(context, planId, { state: 'failed', failure: { code, details } })
  }
}

async function plan(context: Context, planId: string, described: Described): Promise<void> {
  const { db, log, now } = context
  const cancel = new AbortController()
  const progress = new Progress(context, planId, () => cancel.abort())
  const { proposal, stopped } = await think(described.problem, {
    signal: cancel.signal,
    onProgress: (stage, done) => progress.tell(stage, done),
  }).finally(() => progress.close())
  if (proposal)
    await db.transaction((tx) => keepProposal(tx, { planId, described, proposal, stopped, at: now() }))
  else await end(context, planId, { state: 'cancelled' })
  log.info({ planId, stopped, placed: proposal?.assignments.length ?? 0 }, 'planning ended')
}

async function begin({ db }: Context, planId: string): Promise<PlanRow | null> {
  return db.transaction(async (tx) => {
    const run = await planRow(tx, planId)
    if (run.state !== 'queued' && run.state !== 'running') return null
    await tx
      .update(planRuns)
      .set({ state: 'running', stage: 'describing', progress: 0 })
      .where(eq(planRuns.id, planId))
    return run
  })
}

async function end(
  { db, now }: Context,
  planId: string,
  set: Partial<typeof planRuns.$inferInsert>,
): Promise<void> {
  await db.transaction((tx) =>
    tx
      .update(planRuns)
      .set({ ...set, stage: 'done', progress: 100, finishedAt: now() })
      .where(and(eq(planRuns.id, planId), inArray(planRuns.state, ['queued', 'running']))),
  )
}

/** Writes what the thread reports, at most ten times a second, and looks whether somebody asked to cancel. */
class Progress {
  readonly #context: Context
  readonly #planId: string
  readonly #onCancel: () => void
  readonly #timer: NodeJS.Timeout
  #news: { stage: PlanStage; progress: number } | null = null
  #last: Promise<unknown> = Promise.resolve()
  #busy = false

  constructor(context: Context, planId: string, onCancel: () => void) {
    this.#context = context
    this.#planId = planId
    this.#onCancel = onCancel
    this.#timer = setInterval(() => {
      if (this.#busy) return
      this.#busy = true
      this.#last = this.#turn()
        .catch((error) => context.log.warn({ planId, err: error }, 'progress of planning not kept'))
        .finally(() => {
          this.#busy = false
        })
    }, pollMs)
  }

  tell(stage: PlanStage, done: number): void {
    this.#news = { stage, progress: Math.min(99, Math.round(done * 100)) }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#last
  }

  async #turn(): Promise<void> {
    const { db } = this.#context
    const mine = and(eq(planRuns.id, this.#planId), eq(planRuns.state, 'running'))
    const news = this.#news
    this.#news = null
    if (news) await db.transaction((tx) => tx.update(planRuns).set(news).where(mine))
    const [run] = await db.read
      .select({ asked: planRuns.cancelRequestedAt })
      .from(planRuns)
      .where(eq(planRuns.id, this.#planId))
    if (run?.asked) this.#onCancel()
  }
}
