import { setTimeout as pause } from 'node:timers/promises'
import { and, eq, inArray } from 'drizzle-orm'
import { Check } from 'typebox/value'
import type { Database } from '../database/port.ts'
import { newId } from '../ids.ts'
import type { Logger } from '../logger.ts'
import { claimAbandoned, claimDue, type Job } from './claim.ts'
import type { Jobs } from './definition.ts'
import type { Queue } from './queue.ts'
import { planRecurring } from './recurring.ts'
import { jobs } from './schema.ts'
import { attemptsDefault, backoffMs, describeFailure, type Outcome, settle } from './settle.ts'

/** The part of the job context that the worker itself uses. */
export interface WorkerContext {
  db: Database
  log: Logger
  jobs: Queue
}

export interface WorkerOptions {
  /** Jobs that run at once; 8 by default. */
  concurrency?: number
  /** The lease: how long a claim is valid without renewal. It is renewed three times per lease. */
  leaseSeconds?: number
  /** How often to poll for jobs without a wake-up: those due later, or enqueued by another process. */
  pollMs?: number
  /** How often to check that recurring jobs are scheduled: one may be deleted, or the database unreachable at the start. */
  planMs?: number
  /** How many times a worker may die during a job, without progress, before the job is dead. */
  interruptionsMax?: number
  random?: () => number
}

const concurrencyDefault = 8
const leaseSecondsDefault = 60
const pollMsDefault = 1_000
const planMsDefault = 60_000
/** Restarts of the machine are not the fault of a job, so the limit is high; a job that kills its worker reaches it. */
const interruptionsMaxDefault = 30

/** Claims jobs that are due and runs them, until it is stopped. */
export class Worker<Context extends WorkerContext> {
  readonly #context: Context
  readonly #definitions: Jobs<Context>
  readonly #options: Required<WorkerOptions>
  readonly #running = new Map<string, { claim: string; ended: Promise<void> }>()
  readonly #idle: (() => void)[] = []
  readonly #forget: () => void
  readonly #renewing: NodeJS.Timeout
  #loop: Promise<void>
  #planAtMs = 0
  readonly #stop = new AbortController()
  #woken = false
  #rouse = () => {}

  constructor(context: Context, definitions: Jobs<Context>, options: WorkerOptions = {}) {
    this.#context = context
    this.#definitions = definitions
    this.#options = {
      concurrency: concurrencyDefault,
      leaseSeconds: leaseSecondsDefault,
      pollMs: pollMsDefault,
      planMs: planMsDefault,
      interruptionsMax: interruptionsMaxDefault,
      random: Math.random,
      ...options,
    }
    this.#forget = context.jobs.onWake(() => this.#wake())
    this.#renewing = setInterval(() => void this.#renew(), (this.#options.leaseSeconds * 1000) / 3)
    this.#loop = this.#work()
  }

  /**
   * Claims no more jobs, signals running jobs to stop, and resolves when their outcomes are recorded, at the latest after
   * `graceMs`. A job that has not ended by then is taken over by another worker when its lease expires.
   */
  async stop({ graceMs }: { graceMs?: number } = {}): Promise<void> {
    this.#stop.abort(new Error('the worker stops'))
    this.#forget()
    this.#wake()
    const ended = this.#loop.then(() => Promise.all([...this.#running.values()].map((each) => each.ended)))
    if (graceMs === undefined) await ended
    else await Promise.race([ended, pause(graceMs, undefined, { ref: false })])
    clearInterval(this.#renewing)
  }

  /** Resolves when nothing runs and nothing is due. Jobs that are due later do not count. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve)
      this.#wake()
    })
  }

  #wake(): void {
    this.#woken = true
    this.#rouse()
  }

  async #work(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      if (performance.now() >= this.#planAtMs)
        await this.#surviving('job planning failed', () => this.#planRecurring())
      const free = this.#options.concurrency - this.#running.size
      if (free > 0) {
        this.#woken = false
        const claimed = (await this.#surviving('job claim failed', () => this.#claim(free))) ?? []
        for (const job of claimed) this.#start(job)
        if (claimed.length === free) continue
        if (this.#running.size === 0 && !this.#woken) for (const resolve of this.#idle.splice(0)) resolve()
      }
      await this.#rest(free > 0)
    }
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  /** Sleeps until there may be work: a wake, the end of a job, or the next poll. */
  #rest(mayClaim: boolean): Promise<void> {
    if (mayClaim && this.#woken) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.pollMs)
      this.#rouse = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async #claim(max: number): Promise<Job[]> {
    const now = this.#context.jobs.clock.now()
    const by = {
      kinds: Object.keys(this.#definitions),
      running: [...this.#running.keys()],
      claim: newId(),
      now,
      leaseUntil: now.plus({ seconds: this.#options.leaseSeconds }),
    }
    return this.#context.db.transaction(
      async (tx) => {
        const abandoned = await claimAbandoned(tx, { ...by, max })
        if (abandoned.length === max) return abandoned
        return [...abandoned, ...(await claimDue(tx, { ...by, max: max - abandoned.length }))]
      },
      { isolation: 'statement' },
    )
  }

  #start(job: Job): void {
    const ended = this.#run(job).finally(() => {
      this.#running.delete(job.id)
      this.#wake()
    })
    this.#running.set(job.id, { claim: job.claim ?? '', ended })
  }

  async #run(job: Job): Promise<void> {
    const { log, db, jobs: queue } = this.#context
    const definition = this.#definitions[job.kind] as Jobs<Context>[string]
    const outcome = await this.#attempt(job)
    const now = queue.clock.now()
    const nextAt = definition.everySeconds ? now.plus({ seconds: definition.everySeconds }) : undefined
    const fields = { job: job.id, kind: job.kind, attempt: job.attempts }
    if ('released' in outcome) log.info(fields, 'job released')
    else if (!outcome.done && outcome.retryAt) log.warn({ ...fields, failure: outcome.error }, 'job failed')
    else if (!outcome.done) log.error({ ...fields, failure: outcome.error }, 'job dead')
    await this.#surviving('job outcome not recorded', async () => {
      const settled = await db.transaction((tx) => settle(tx, job, outcome, { now, nextAt }), {
        isolation: 'statement',
      })
      if (!settled) log.warn(fields, 'job taken over')
    })
  }

  async #attempt(job: Job): Promise<Outcome> {
    const definition = this.#definitions[job.kind] as Jobs<Context>[string]
    const attemptsMax = definition.attempts ?? attemptsDefault
    // A recurring job is retried for ever, so that it works again by itself once the cause is fixed.
    const lasts = definition.everySeconds !== undefined
    // A job that kills its worker every time never records an outcome; without this limit it would run for ever.
    if (job.interruptions > this.#options.interruptionsMax && !lasts)
      return { done: false, error: 'its worker ended each time', retryAt: undefined }
    let attempts = job.attempts
    const { signal } = this.#stop
    const progressed = async () => {
      attempts = 1
      await this.#progressed(job)
    }
    try {
      if (!Check(definition.params, job.params))
        return { done: false, error: 'parameters do not fit', retryAt: undefined }
      await definition.run(this.#context, job.params, { signal, progressed })
      return { done: true }
    } catch (error) {
      if (signal.aborted && error === signal.reason) return { released: true }
      const last = attempts >= attemptsMax && !lasts
      const milliseconds = backoffMs(attempts, this.#options.random)
      const retryAt = last ? undefined : this.#context.jobs.clock.now().plus({ milliseconds })
      return { done: false, error: describeFailure(error), retryAt }
    }
  }

  /** @throws Error when another worker has taken the job over meanwhile: this run must end */
  async #progressed(job: Job): Promise<void> {
    const held = and(eq(jobs.id, job.id), eq(jobs.claim, job.claim ?? ''))
    const still = await this.#context.db.transaction(
      (tx) => tx.update(jobs).set({ attempts: 1, interruptions: 0 }).where(held).returning({ id: jobs.id }),
      { isolation: 'statement' },
    )
    if (still.length === 0) throw new Error('the job was taken over')
  }

  /** Only what this worker holds: the lease of a job that was taken over is that of whoever took it. */
  async #renew(): Promise<void> {
    if (this.#running.size === 0) return
    const leaseUntil = this.#context.jobs.clock.now().plus({ seconds: this.#options.leaseSeconds })
    const claims = [...new Set([...this.#running.values()].map(({ claim }) => claim))]
    const held = and(inArray(jobs.id, [...this.#running.keys()]), inArray(jobs.claim, claims))
    await this.#surviving('job lease not renewed', () =>
      this.#context.db.transaction(
        (tx) => tx.update(jobs).set({ leaseUntil }).where(held).returning({ id: jobs.id }),
        {
          isolation: 'statement',
        },
      ),
    )
  }

  async #planRecurring(): Promise<void> {
    const kinds = Object.keys(this.#definitions).filter((kind) => this.#definitions[kind]?.everySeconds)
    const { db, jobs: queue } = this.#context
    if (kinds.length > 0) await db.transaction((tx) => planRecurring(tx, kinds, queue.clock.now()))
    this.#planAtMs = performance.now() + this.#options.planMs
  }

  /** The database may be unreachable for a while: that is logged, and the next poll tries again. */
  async #surviving<T>(event: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.#context.log.error({ failure: describeFailure(error) }, event)
      return undefined
    }
  }
}

/** Starts a worker for the jobs of `context.db`. */
export function startWorker<Context extends WorkerContext>(
  context: Context,
  definitions: Jobs<Context>,
  options: WorkerOptions = {},
): Worker<Context> {
  return new Worker(context, definitions, options)
}
