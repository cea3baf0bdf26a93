import { listTeams, listUnits, matchUnits, readUnit, type Unit } from '../../api/operations.ts'
import { queries, queryKey, readAgain } from '../../core/query.ts'

/** The unit as it is now, for whoever looks at it or at a list of units. */
export function keepUnit(unit: Unit): void {
  queries.setQueryData(queryKey(readUnit, { params: { unitId: unit.id } }), unit)
  void readAgain(listUnits, listTeams, matchUnits)
}

/** What belongs to a unit has changed, and the answer does not say how it is now. */
export function unitChanged(): Promise<void> {
  return readAgain(readUnit, listUnits)
}
