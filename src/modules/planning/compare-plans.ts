import type { Static } from 'typebox'
import { districtNames } from '#modules/grid/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { PlanComparison } from './contract.ts'
import { goalTexts, presentMoved } from './present.ts'
import { districtsOfShifts, type PlanRow, placedBy, planRow } from './queries.ts'

/**
 * Compares two proposals of one event: each goal, each district, and the people placed differently.
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
  const before = await byPerson(db, firstId)
  const after = await byPerson(db, secondId)
  return {
    firstId,
    secondId,
    goals,
    ...differences(before, after),
    movedByReason: {
      first: presentMoved(first.explanation?.moved ?? null),
      second: presentMoved(second.explanation?.moved ?? null),
    },
    districts: await byDistrict(db, { first, second, before, after }),
  }
}

function goalsOf(run: PlanRow) {
  if (!run.quality)
    throw new DomainError('conflict', 'plan.not_ready', 'One of the proposals is not complete.', {
      planId: run.id,
    })
  return run.quality.goals
}

/** Shift ids by person id, for everybody placed. */
type Places = Map<string, string[]>

async function byPerson(db: Reader, planId: string): Promise<Places> {
  const people = Map.groupBy(await placedBy(db, planId), ({ personId }) => personId)
  return new Map([...people].map(([id, rows]) => [id, rows.map(({ shiftId }) => shiftId!).toSorted()]))
}

function differences(before: Places, after: Places) {
  const both = [...before].filter(([personId]) => after.has(personId))
  const samePlace = both.filter(([personId, shifts]) => after.get(personId)!.join() === shifts.join()).length
  return {
    samePlace,
    moved: both.length - samePlace,
    onlyFirst: before.size - both.length,
    onlySecond: after.size - both.length,
  }
}

type DistrictView = Static<typeof PlanComparison>['districts'][number]

interface Compared {
  first: PlanRow
  second: PlanRow
  before: Places
  after: Places
}

/**
 * For each district: people placed and seats short, and people whom the first proposal places there and the second
 * one elsewhere.
 */
async function byDistrict(db: Reader, { first, second, before, after }: Compared): Promise<DistrictView[]> {
  const districtOf = await districtsOfShifts(db, first.eventId)
  const names = new Map((await districtNames(db)).map(({ code, name }) => [code, name]))
  const found = new Map<string, DistrictView>()
  const viewOf = (shiftId: string): DistrictView => {
    const districtCode = districtOf.get(shiftId) ?? ''
    const known =
      found.get(districtCode) ?? newDistrict(districtCode, names.get(districtCode) ?? districtCode)
    found.set(districtCode, known)
    return known
  }
  for (const [side, run, places] of [
    ['first', first, before],
    ['second', second, after],
  ] as const) {
    for (const shiftIds of places.values()) for (const shiftId of shiftIds) viewOf(shiftId).placed[side]++
    for (const { shift, kind, missing } of run.shortages ?? []) viewOf(shift)[kind][side] += missing
  }
  for (const [personId, shiftIds] of before) {
    const now = after.get(personId)
    if (now) for (const shiftId of shiftIds) if (!now.includes(shiftId)) viewOf(shiftId).moved++
  }
  return [...found.values()].sort((a, b) => (a.districtCode < b.districtCode ? -1 : 1))
}

function newDistrict(districtCode: string, name: string): DistrictView {
  const none = () => ({ first: 0, second: 0 })
  return { districtCode, name, placed: none(), minimum: none(), skill: none(), target: none(), moved: 0 }
}
