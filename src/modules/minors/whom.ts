/** Who is told of what happens with the data of minors: at the numbers of their accounts. */
import { holdersOf, type Reachable } from '#modules/accounts/index.ts'
import type { OfficeReader } from '#modules/messaging/index.ts'
import { knownContactIds } from '#modules/organisation/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'

/** The school, the city office and the auditors. */
export async function toldOfEmergencies(
  db: Reader,
  keys: KeyRing,
  { unitId }: { unitId: string | null },
): Promise<Reachable[]> {
  const school = unitId ? await holdersOf(db, keys, { role: 'unit_administrator', unitIds: [unitId] }) : []
  const office = await holdersOf(db, keys, { role: 'city_office' })
  return [...school, ...office, ...(await holdersOf(db, keys, { role: 'auditor' }))]
}

/** The auditors. */
export const toldOfAlarms = (db: Reader, keys: KeyRing): Promise<Reachable[]> =>
  holdersOf(db, keys, { role: 'auditor' })

/** Where they are written to. Who has a number that nobody ever was written to at has the list of alarms. */
export async function readersAt(
  db: Reader,
  keys: KeyRing,
  whom: readonly Reachable[],
): Promise<OfficeReader[]> {
  const phones = whom.map(({ phone }) => phone)
  const ids = await knownContactIds(db, keys, { kind: 'phone', values: phones })
  return ids.map((contactId) => ({ contactId, personId: null }))
}
