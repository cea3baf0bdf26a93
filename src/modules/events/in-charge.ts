import { and, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { minorsAmong, personsWithin } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { dayIn } from '#platform/time.ts'

interface InCharge {
  inChargePersonId?: string | null
  deputyPersonId?: string | null
}

/**
 * The person in charge of a shift and the deputy must be adults whom the actor may see, because their names are shown
 * with the shift and their numbers to its volunteers. A person who is already in charge is not checked again.
 * @param startsAt start of the shift: ages are counted on its day
 * @throws DomainError `person.missing`, also when out of reach; conflict `shift.minor_in_charge`
 */
export async function assertInCharge(
  db: Reader,
  keys: KeyRing,
  by: Actor,
  { wanted, present = {}, startsAt, timeZone }: Naming,
): Promise<void> {
  const standing = [present.inChargePersonId, present.deputyPersonId]
  const named = [wanted.inChargePersonId, wanted.deputyPersonId].filter((id) => id != null)
  const asked = [...new Set(named)].filter((id) => !standing.includes(id))
  if (asked.length === 0) return
  const found = await db
    .select({ id: persons.id })
    .from(persons)
    .where(
      and(
        inArray(persons.id, asked),
        isNull(persons.mergedIntoId),
        isNull(persons.erasedAt),
        personsWithin(db, reachOf(by, 'persons.read')),
      ),
    )
  if (found.length < asked.length) {
    throw new DomainError('missing', 'person.missing', 'There is no such person.')
  }
  const [personId] = await minorsAmong(db, keys, { personIds: asked, day: dayIn(startsAt, timeZone) })
  if (personId === undefined) return
  const message = 'Nobody under 18 answers for a shift.'
  throw new DomainError('conflict', 'shift.minor_in_charge', message, { personId })
}

interface Naming {
  wanted: InCharge
  /** The people in charge before the change; absent for a new shift. */
  present?: InCharge
  startsAt: DateTime
  timeZone: string
}
