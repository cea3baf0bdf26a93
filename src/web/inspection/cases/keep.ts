import { countCases, listCases, listTasks, readCase, readTask } from '../../api/operations.ts'
import { readAgain } from '../../core/query.ts'

/** Whatever shows cases, or counts them, is read again. */
export function casesChanged(): Promise<void> {
  return readAgain(listCases, countCases, readCase, readTask, listTasks)
}
