import { listShifts, readDemand, readEvent, readEventSteps, readShift } from '../../api/operations.ts'
import { readAgain } from '../../core/query.ts'

/** Whatever shows shifts of an event, or counts them, is read again. */
export function shiftsChanged(): Promise<void> {
  return readAgain(listShifts, readShift, readDemand, readEvent, readEventSteps)
}
