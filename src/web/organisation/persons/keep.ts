import { countPersons, listDuplicates, listPersons, type Person, readPerson } from '../../api/operations.ts'
import { queries, queryKey, readAgain } from '../../core/query.ts'

/** The person as they are now, for whoever looks at them. */
export function keepPerson(person: Person): void {
  queries.setQueryData(queryKey(readPerson, { params: { personId: person.id } }), person)
  void readAgain(listPersons, countPersons, listDuplicates)
}

/** What belongs to a person has changed, and the answer does not say how they are now. */
export function personChanged(): Promise<void> {
  return readAgain(readPerson, listPersons, countPersons)
}
