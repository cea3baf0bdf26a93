import { and, eq, inArray } from 'drizzle-orm'
import { PlannerError, think, type ViolationCode } from '#planner/index.ts'
import { DomainError } from '#platform/errors.ts'
import type { JobRun } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { describeApart } from './describe-apart.ts'
import type { Input } from './describe-problem.ts'
import { keepProposal } from './keep-proposal.ts'
import type { Described } from './problem-draft.ts'
import { type PlanRow, planRow } from './queries.ts'
import { planRuns } from './schema.ts'
import { type PlanStage, rules } from './words.ts'

type Context = Pick<AppContext, 'db' | 'keys' | 'now' | 'log' | 'config'>

const pollMs = 100

/**
 * Computes a proposal: reads the data in one snapshot, plans in a worker thread, stores the result. After a crash the
 * run starts again with fresh data, and so it does when the service stops. A run that has ended is not changed.
 * @throws DomainError `database.…`: the job is retried
 */
export async function runPlan(
  context: Context,
  planId: string,
  { signal }: Pick<JobRun, 'signal'>,
): Promise<void> {
  const { log } = context
  const run = await begin(context, planId)
  if (!run) return
  try {
    const described = await describeApart(context, run, signal)
    described.problem.policy = run.policy
    described.problem.stability = run.stability
    const { people, shifts } = described.names
    log.info({ planId, people: people.length, shifts: shifts.length }, 'planning started')
    await plan(context, planId, described, signal)
  } catch (error) {
    if (signal.aborted && error === signal.reason) throw error
    // A database failure is temporary, so the job is retried with backoff. Any other error would happen again.
    if (error instanceof DomainError && error.code.startsWith('database.')) throw error
    const { code, details } = failureOf(error)
    log.error({ planId, code, err: error }, 'planning failed')
    await end(context, planId, { state: 'failed', failure: { code, details } })
  }
}

async function plan(
  context: Context,
  planId: string,
  described: Input,
  stopping: AbortSignal,
): Promise<void> {
  const { db, log, now } = context
  stopping.throwIfAborted()
  const cancel = new AbortController()
  const progress = new Progress(context, planId, () => cancel.abort())
  const { proposal, stopped } = await think(described.problem, {
    signal: AbortSignal.any([cancel.signal, stopping]),
    onProgress: (stage, done) => progress.tell(stage, done),
  })
    .catch((error) => {
      throw withNames(error, described)
    })
    .finally(() => progress.close())
  // Nobody asked for what it has got so far.
  stopping.throwIfAborted()
  if (proposal) await keepProposal(db, { planId, described, proposal, stopped, at: now() })
  else await end(context, planId, { state: 'cancelled' })
  log.info({ planId, stopped, placed: proposal?.assignments.length ?? 0 }, 'planning ended')
}

function failureOf(error: unknown) {
  const said = error instanceof DomainError || error instanceof PlannerError
  return said ? error : { code: 'plan.crashed', details: {} }
}

/** Replaces positions by database ids in the error of a plan that broke a rule (rule, shift, team). */
function withNames(error: unknown, { names }: Described): unknown {
  if (!(error instanceof PlannerError) || error.code !== 'plan.invalid') return error
  const { violations, violationsTotal } = error.details as {
    violations: { rule: ViolationCode; shift?: number; team?: number }[]
    violationsTotal: number
  }
  const named = violations.map(({ rule, shift, team }) => ({
    rule,
    ruleName: rules[rule],
    shiftId: shift === undefined ? null : names.shifts[shift],
    teamId: team === undefined ? null : names.teams[team],
  }))
  return new PlannerError(error.code, error.message, { violations: named, violationsTotal }, { cause: error })
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

/** Stores the progress at most ten times a second, and checks whether the run was cancelled. */
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
