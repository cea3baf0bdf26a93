import type { Static, TSchema } from 'typebox'

/** How one kind of job is done. */
export interface JobDefinition<Context, P extends TSchema = TSchema> {
  params: P
  /** Tries until the job is dead; 8 by default. */
  attempts?: number
  /** Recurring: runs again this many seconds after each end. Such a job exists from the start and never becomes dead. */
  everySeconds?: number
  /** Idempotent: after a crash it runs again from the beginning. */
  run(context: Context, params: Static<P>, run: JobRun): Promise<void>
}

/** One run of a job, as the job itself sees it. */
export interface JobRun {
  /**
   * Aborted when the worker is stopping. A long job checks it between two steps (`signal.throwIfAborted()`); the next
   * worker then continues it. This counts neither as a failure nor as an interruption.
   */
  readonly signal: AbortSignal
  /** Records progress: a step is done for good, and the counts of failures and interruptions start again from zero. */
  progressed(): Promise<void>
}

/** A slice's kinds of job by name: `messaging.deliver`. */
export type Jobs<Context> = Record<string, JobDefinition<Context>>

/** Lets TypeScript infer the parameters of a job from their schema. */
export function job<Context, P extends TSchema>(
  definition: JobDefinition<Context, P>,
): JobDefinition<Context> {
  return definition as unknown as JobDefinition<Context>
}
