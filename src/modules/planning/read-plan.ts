import type { Reader } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import type { PlanView } from './contract.ts'
import { namingOf } from './naming.ts'
import { presentExplained, presentPlan, shownOf } from './present.ts'
import { planRow } from './queries.ts'
import { teamsSeen } from './seen.ts'
import { teamsIn, withholdTeams } from './withhold-teams.ts'

/**
 * One proposal with its explanation as sentences. Teams the reader may not see are counted but not named.
 * @throws DomainError `plan.missing`
 */
export async function readPlan(db: Reader, { planId, by }: { planId: string; by: Actor }): Promise<PlanView> {
  const run = await planRow(db, planId)
  if (!run.explanation) return presentPlan(run)
  const all = shownOf(run)
  const seen = await teamsSeen(db, run, teamsIn(all), by)
  const shown = withholdTeams(all, seen)
  const naming = await namingOf(db, run.explanation, {
    shiftIds: [
      ...shown.headlines.map(({ shortage }) => shortage.shift),
      ...shown.unescorted.map(({ shift }) => shift),
    ],
    teamIds: [...seen],
  })
  return presentExplained(run, shown, naming)
}
