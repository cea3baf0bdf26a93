import type { Static } from 'typebox'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { PlanComparison } from './contract.ts'
import { goalTexts } from './present.ts'
import { type PlanRow, placedBy, planRow } from './queries.ts'

/**
 * Two proposals of one event side by side: goal by goal, and who is placed differently.
 * @throws DomainError `plan.missing`, `plan.not_ready`, `plan.other_event`
 */
export async function comparePlans(
  db: Reader,
  firstId: string,
  secondId: string,
): Promise<Static<typeof PlanComparison>> {
  const first = await planRow(db, firstId)
  const second = await planRow(db, secondId)
  if (first.eventId !== second.eventId)
    throw new DomainError('invalid', 'plan.other_event', 'These proposals are for different events.')
  const goals = goalsOf(first).flatMap(({ goal, achieved }) => {
    const other = goalsOf(second).find((each) => each.goal === goal)
    return other ? [{ goal, name: goalTexts[goal], first: achieved, second: other.achieved }] : []
  })
  return { firstId, secondId, goals, ...(await differences(db, firstId, secondId)) }
}

function goalsOf(run: PlanRow) {
  if (!run.quality)
    throw new DomainError('conflict', 'plan.not_ready', 'One of the proposals is not complete.', {
      planId: run.id,
    })
  return run.quality.goals
}

async function differences(db: Reader, firstId: string, secondId: string) {
  const placesOf = async (planId: string) => {
    const rows = await placedBy(db, planId)
    const people = Map.groupBy(rows, ({ personId }) => personId)
    return new Map(
      [...people].map(([personId, all]) => [
        personId,
        all
          .map((row) => row.shiftId)
          .toSorted()
          .join(),
      ]),
    )
  }
  const before = await placesOf(firstId)
  const after = await placesOf(secondId)
  const both = [...before].filter(([personId]) => after.has(personId))
  const samePlace = both.filter(([personId, shifts]) => after.get(personId) === shifts).length
  return {
    samePlace,
    moved: both.length - samePlace,
    onlyFirst: before.size - both.length,
    onlySecond: after.size - both.length,
  }
}
