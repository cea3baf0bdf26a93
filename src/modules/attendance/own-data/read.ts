import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { childOf, type LinkedParticipation } from '#modules/mobilization/index.ts'
import { consentsOf, openContact } from '#modules/organisation/index.ts'
import {
  contacts,
  memberships,
  personContacts,
  personSkills,
  persons,
  teams,
  units,
} from '#modules/organisation/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { type KeyRing, maskEmail, maskName, maskPhone } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { dayIn, isoOf } from '#platform/time.ts'
import type { OwnData } from './contract.ts'

/** The texts of the acts by which somebody's full data is shown, by action of the audit trail. */
export type AccessTexts = Readonly<Record<string, { zh: string; en: string }>>

const accessesMax = 50
const mask = (kind: 'phone' | 'email', value: string) => (kind === 'phone' ? maskPhone : maskEmail)(value)

interface Asked {
  link: LinkedParticipation
  accessTexts: AccessTexts
  now: DateTime
}

/**
 * What is held about the person of a link: of this record alone. That other units list the same human is told to nobody by a
 * link, because the link is not the human.
 */
export async function ownDataOf(
  db: Reader,
  keys: KeyRing,
  { link, accessTexts, now }: Asked,
): Promise<OwnData> {
  const { person, participationId, event } = link
  const [row] = await db.select().from(persons).where(eq(persons.id, person.id))
  const minor = (await childOf(db, participationId)) !== undefined
  return {
    person: {
      maskedName: maskName(row!.name),
      held: {
        sex: row!.sex !== null,
        birthYear: row!.birthYear !== null,
        birthDateOrResidence: row!.particulars !== null,
        identityNumber: row!.identityNumber !== null,
        serviceCategory: row!.serviceCategory !== null,
        skills: await db.$count(personSkills, eq(personSkills.personId, person.id)),
      },
    },
    contacts: await contactsOf(db, keys, person.id),
    listedBy: (await listedBy(db, person.id)).map((place) =>
      minor ? { ...place, unit: null, team: null } : place,
    ),
    consents: await standing(db, person.id, dayIn(now, event.timeZone)),
    accesses: await accessesTo(db, person.id, accessTexts),
  }
}

async function contactsOf(db: Reader, keys: KeyRing, personId: string): Promise<OwnData['contacts']> {
  const rows = await db
    .select({
      id: contacts.id,
      value: contacts.value,
      kind: contacts.kind,
      relation: personContacts.relation,
    })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(eq(personContacts.personId, personId))
    .orderBy(asc(personContacts.rank), asc(personContacts.id))
  return rows.map(({ kind, relation, ...contact }) => ({
    kind,
    masked: mask(kind, openContact(keys, contact)),
    relation,
  }))
}

async function listedBy(db: Reader, personId: string): Promise<OwnData['listedBy']> {
  return db
    .select({ unit: units.name, team: teams.name, role: memberships.role })
    .from(memberships)
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(and(eq(memberships.personId, personId), isNull(memberships.leftAt)))
    .orderBy(asc(memberships.id))
}

async function standing(db: Reader, personId: string, today: string): Promise<OwnData['consents']> {
  const all = await consentsOf(db, personId)
  return all
    .filter(
      ({ withdrawnAt, validUntil }) => withdrawnAt === null && (validUntil === null || validUntil >= today),
    )
    .map(({ says, via, scope, givenAt, validUntil }) => ({
      says,
      via,
      scope,
      givenAt: isoOf(givenAt),
      validUntil,
    }))
}

/** Of this record, and of those merged into it. */
async function accessesTo(db: Reader, personId: string, texts: AccessTexts): Promise<OwnData['accesses']> {
  const merged = await db.select({ id: persons.id }).from(persons).where(eq(persons.mergedIntoId, personId))
  const subjects = [personId, ...merged.map(({ id }) => id)].map((id) => `person:${id}`)
  const entries = await db
    .select({ at: auditEntries.at, what: auditEntries.action })
    .from(auditEntries)
    .where(and(inArray(auditEntries.subject, subjects), inArray(auditEntries.action, Object.keys(texts))))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(accessesMax)
  return entries.map(({ at, what }) => ({ at: isoOf(at), what, text: texts[what]! }))
}
