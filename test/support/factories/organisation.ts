import {
  type PersonInput,
  type Saved,
  savePersons,
  saveTeams,
  saveUnits,
  type TeamInput,
  type UnitInput,
} from '#modules/organisation/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Database } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'

const at = instantFrom('2026-02-01T00:00:00Z')
let made = 0

/** A number nobody has yet in this run. */
export function aPhone(): string {
  return `154${String(++made).padStart(8, '0')}`
}

async function only(saved: Promise<Saved>): Promise<{ id: string }> {
  return { id: (await saved).ids[0]! }
}

export function aUnit(db: Database, unit: Partial<UnitInput> = {}): Promise<{ id: string }> {
  const named = { name: `单位${++made}`, kind: 'government' as const, districtCode: '210502', ...unit }
  return only(db.transaction((tx) => saveUnits(tx, [named], at)))
}

/** A team; of a unit of its own unless told. */
export async function aTeam(
  db: Database,
  team: Partial<TeamInput> = {},
): Promise<{ id: string; unitId: string | null }> {
  const unitId = team.unitId === undefined ? (await aUnit(db)).id : team.unitId
  const named = { name: `志愿服务队${++made}`, ...team, unitId }
  return { ...(await only(db.transaction((tx) => saveTeams(tx, [named], at)))), unitId }
}

export interface PersonWanted extends Partial<PersonInput> {
  /** A team to be a plain member of; a new one unless `memberships` are given. */
  teamId?: string
  /** Their own phone; none unless given. */
  phone?: string
}

/** A grown-up of one team. */
export async function aPerson(
  app: { db: Database; context: { keys: KeyRing } },
  { teamId, phone, ...person }: PersonWanted = {},
): Promise<{ id: string }> {
  const memberships = person.memberships ?? [{ teamId: teamId ?? (await aTeam(app.db)).id }]
  const contacts = phone ? [{ kind: 'phone' as const, value: phone }] : person.contacts
  const input = { name: `志愿者${++made}`, birthDate: '1985-06-15', ...person, memberships, contacts }
  return only(app.db.transaction((tx) => savePersons(tx, app.context.keys, [input], at)))
}

/** An id of nothing. */
export function nobody(): string {
  return newId()
}
