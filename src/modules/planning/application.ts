/** What applying a proposal and taking that back share. */
import { and, eq } from 'drizzle-orm'
import { DomainError } from '#platform/errors.ts'
import type { DescribeContext } from './describe-apart.ts'
import type { PlanRow } from './queries.ts'
import { type Applying, planRuns } from './schema.ts'

/** An application that its process did not end is taken up again after this time. */
export const resumeMinutes = 2

export const isOver = (error: unknown) => !(error instanceof DomainError && error.kind === 'unavailable')

/** A condition: this application goes on. */
export const goesOn = (run: PlanRow) => and(eq(planRuns.id, run.id), eq(planRuns.version, run.version))

/** It failed for good: what was done stays, and the rest can be done again. */
export async function stepBack({ db }: Pick<DescribeContext, 'db'>, run: PlanRow): Promise<void> {
  const { from, undoes } = run.applying as Applying
  await db.transaction((tx) =>
    tx
      .update(planRuns)
      .set({ state: undoes ?? from, applying: null, version: run.version + 1 })
      .where(goesOn(run)),
  )
}
