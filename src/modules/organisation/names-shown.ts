import { maskName } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { peopleReached } from './permits/permits.ts'

/** How the name of a person is written for somebody. */
export type NameOf = (personId: string, name: string) => string

/**
 * How these people are named to somebody who reads what they stand in: in full where the reader reaches the person, else
 * masked, so that it is seen that there is somebody. One statement for every 500, none for a reach of everything.
 */
export async function namesShown(
  db: Reader,
  reader: Actor,
  personIds: Iterable<string | null>,
): Promise<NameOf> {
  if (!may(reader, 'persons.read')) return (_, name) => maskName(name)
  const reach = reachOf(reader, 'persons.read')
  if (reach.everything) return (_, name) => name
  const reached = await peopleReached(
    db,
    reach,
    [...personIds].filter((id) => id !== null),
  )
  return (personId, name) => (reached.covers(personId) ? name : maskName(name))
}
