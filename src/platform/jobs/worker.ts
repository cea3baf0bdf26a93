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

/** What the worker itself needs of the context it hands to every job. */
export interface WorkerContext {
  db: Database
  log: Logger
  jobs: Queue
}

export interface WorkerOptions {
  /** Jobs that run at once; 8 by default. */
  concurrency?: number
  /** How long a claim holds without being renewed; it is renewed three times as often. */
  leaseSeconds?: number
  /** How often to look for work nobody announced: due later, or enqueued by another process. */
  pollMs?: number
  random?: () => number
}

const concurrencyDefault = 8
const leaseSecondsDefault = 60
const pollMsDefault = 1_000

/** Claims jobs that are due and runs them, until it is stopped. */
export class Worker<Context extends WorkerContext> {
  readonly #context: Context
  readonly #definitions: Jobs<Context>
  readonly #options: Required<WorkerOptions>
  readonly #running = new Map<string, Promise<void>>()
  readonly #idle: (() => void)[] = []
  readonly #forget: () => void
  readonly #renewing: NodeJS.Timeout
  #loop: Promise<void>
  #stopping = false
  #woken = false
  #rouse = () => {}

  constructor(context: Context, definitions: Jobs<Context>, options: WorkerOptions = {}) {
    this.#context = context
    this.#definitions = definitions
    this.#options = {
      concurrency: concurrencyDefault,
      leaseSeconds: leaseSecondsDefault,
      pollMs: pollMsDefault,
      random: Math.random,
      ...options,
    }
    this.#forget = context.jobs.onWake(() => this.#wake())
    this.#renewing = setInterval(() => void this.#renew(), (this.#options.leaseSeconds * 1000) / 3)
    this.#loop = this.#work()
  }

  /** Takes no more work and resolves when what runs has ended and its outcome is recorded. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#forget()
    this.#wake()
    await this.#loop
    await Promise.all(this.#running.values())
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
    await this.#surviving('job planning failed', () => this.#planRecurring())
    while (!this.#stopping) {
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
    const running = this.#run(job).finally(() => {
      this.#running.delete(job.id)
      this.#wake()
    })
    this.#running.set(job.id, running)
  }

  async #run(job: Job): Promise<void> {
    const { log, db, jobs: queue } = this.#context
    const definition = this.#definitions[job.kind] as Jobs<Context>[string]
    const outcome = await this.#attempt(job)
    const now = queue.clock.now()
    const nextAt = definition.everySeconds ? now.plus({ seconds: definition.everySeconds }) : undefined
    const fields = { job: job.id, kind: job.kind, attempt: job.attempts }
    if (!outcome.done && outcome.retryAt) log.warn({ ...fields, failure: outcome.error }, 'job failed')
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
    // A job that ends its worker each time comes back without an outcome; it must not do so for ever.
    if (job.attempts > attemptsMax)
      return { done: false, error: 'its worker ended each time', retryAt: undefined }
    try {
      if (!Check(definition.params, job.params))
        return { done: false, error: 'parameters do not fit', retryAt: undefined }
      await definition.run(this.#context, job.params)
      return { done: true }
    } catch (error) {
      const last = job.attempts >= attemptsMax
      const milliseconds = backoffMs(job.attempts, this.#options.random)
      const retryAt = last ? undefined : this.#context.jobs.clock.now().plus({ milliseconds })
      return { done: false, error: describeFailure(error), retryAt }
    }
  }

  async #renew(): Promise<void> {
    if (this.#running.size === 0) return
    const leaseUntil = this.#context.jobs.clock.now().plus({ seconds: this.#options.leaseSeconds })
    const held = and(eq(jobs.state, 'running'), inArray(jobs.id, [...this.#running.keys()]))
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
  }

  /** The database may be away for a while: that is said, and the next poll tries again. */
  async #surviving<T>(event: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.#context.log.error({ failure: describeFailure(error) }, event)
      return undefined
    }
  }
}

/** Starts to work on the jobs of `context.db`. */
export function startWorker<Context extends WorkerContext>(
  context: Context,
  definitions: Jobs<Context>,
  options: WorkerOptions = {},
): Worker<Context> {
  return new Worker(context, definitions, options)
}
