import { listDuplicates, listPersonRequests, listPersons, readPerson } from '../../api/operations.ts'
import { readAgain } from '../../core/query.ts'

/** What is read again after a decision: it is done at once. */
export const decided = (): Promise<void> =>
  readAgain(listPersonRequests, listPersons, readPerson, listDuplicates)
