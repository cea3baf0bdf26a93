import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import {
  nobodyKnown,
  openParticulars,
  type PersonInput,
  type Saved,
  saveConsents,
  savePersons,
  saveTeams,
  saveUnits,
  type TeamInput,
  type UnitInput,
} from '#modules/organisation/index.ts'
import { guardianConsents, persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Database } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'

const at = instantFrom('2026-02-01T00:00:00Z')
let made = 0

/** A phone number not used before in this run. */
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

/** A team; by default of a new unit. */
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
  return only(
    app.db.transaction((tx) => savePersons(tx, app.context.keys, [input], { permits: nobodyKnown, at })),
  )
}

/** A guardian's consent on paper, given now by default; withdrawn when a time is given. */
export async function aConsent(
  app: { db: Database; context: { keys: KeyRing } },
  consent: {
    personId: string
    guardianName?: string
    says?: 'yes' | 'no'
    scope?: string
    givenAt?: DateTime
    withdrawnAt?: DateTime
  },
): Promise<{ id: string }> {
  const {
    personId,
    guardianName = '家长',
    says = 'yes',
    scope = '学雷锋',
    givenAt = at,
    withdrawnAt,
  } = consent
  return app.db.transaction(async (tx) => {
    const [id] = await saveConsents(tx, app.context.keys, [{ personId, guardianName, says, scope }], {
      by: newId(),
      at: givenAt,
    })
    // A list brings a yes that lifts no no; what was said on paper does.
    await tx
      .update(guardianConsents)
      .set({ via: 'paper', withdrawnAt: withdrawnAt ?? null })
      .where(eq(guardianConsents.id, id!))
    return { id: id! }
  })
}

/** Everybody there is, with what is sealed of them opened. */
export async function openedPersons(app: { db: Database; context: { keys: KeyRing } }) {
  const rows = await app.db.read.select().from(persons).orderBy(persons.id)
  return rows.map((row) => {
    const { particulars: _, ...person } = row
    return { ...person, ...openParticulars(app.context.keys, row) }
  })
}

/** An id of nothing. */
export function nobody(): string {
  return newId()
}
