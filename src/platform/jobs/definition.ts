import type { Static, TSchema } from 'typebox'

/** How one kind of job is done. */
export interface JobDefinition<Context, P extends TSchema = TSchema> {
  params: P
  /** Tries until the job is dead; 8 by default. */
  attempts?: number
  /** Done again this long after each time it ended; such a job is there from the start and never dies. */
  everySeconds?: number
  /** Idempotent: after a crash it runs again from the beginning. */
  run(context: Context, params: Static<P>): Promise<void>
}

/** A slice's kinds of job by name: `messaging.deliver`. */
export type Jobs<Context> = Record<string, JobDefinition<Context>>

/** Lets TypeScript infer the parameters of a job from their schema. */
export function job<Context, P extends TSchema>(
  definition: JobDefinition<Context, P>,
): JobDefinition<Context> {
  return definition as unknown as JobDefinition<Context>
}
