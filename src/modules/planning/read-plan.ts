import type { Reader } from '#platform/database/port.ts'
import type { PlanView } from './contract.ts'
import { namingOf, teamsIn } from './naming.ts'
import { explainedView, planView, shownOf } from './present.ts'
import { planRow } from './queries.ts'

/**
 * One proposal with its explanation in words.
 * @throws DomainError `plan.missing`
 */
export async function readPlan(db: Reader, planId: string): Promise<PlanView> {
  const run = await planRow(db, planId)
  if (!run.explanation) return planView(run)
  const shown = shownOf(run)
  const shortages = [...shown.shortages, ...shown.headlines.map(({ shortage }) => shortage)]
  const naming = await namingOf(db, run.explanation, {
    shiftIds: shown.headlines.map(({ shortage }) => shortage.shift),
    teamIds: teamsIn(
      shortages,
      shown.competitions.map(({ competition }) => competition),
    ),
  })
  return explainedView(run, shown, naming)
}
