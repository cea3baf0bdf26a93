import { asc, eq, or } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { contacts, memberships, personContacts, personSkills, persons, teams, units } from '../schema.ts'
import { openOwner, openParticulars } from '../sealed.ts'
import type { PersonFacts } from './person-facts.ts'

/** Loads the facts of many people, with a bounded number of statements for every 500. */
export async function loadFacts(
  db: Reader,
  keys: KeyRing,
  ids: Iterable<string>,
): Promise<Map<string, PersonFacts>> {
  const facts = new Map<string, PersonFacts>()
  await inChunks([...new Set(ids)], 500, async (some) => {
    for (const row of await db.select().from(persons).where(among(persons.id, some))) {
      const person = { ...row, ...openParticulars(keys, row) }
      facts.set(person.id, {
        person,
        contacts: [],
        memberships: [],
        officeUnits: new Set(),
        skills: new Set(),
      })
    }
    const known = await db
      .select({ link: personContacts, kind: contacts.kind, valueIndex: contacts.valueIndex })
      .from(personContacts)
      .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
      .where(among(personContacts.personId, some))
      .orderBy(asc(personContacts.rank), asc(personContacts.id))
    for (const { link, ...contact } of known) {
      const opened = { ...link, ownerName: openOwner(keys, link) }
      facts.get(link.personId)?.contacts.push({ ...contact, link: opened })
    }
    const joined = await db
      .select({ row: memberships, unitId: teams.unitId })
      .from(memberships)
      .innerJoin(teams, eq(teams.id, memberships.teamId))
      .where(among(memberships.personId, some))
    for (const membership of joined) facts.get(membership.row.personId)?.memberships.push(membership)
    for (const { personId, unitId } of await officesOf(db, some)) facts.get(personId)?.officeUnits.add(unitId)
    const skills = await db.select().from(personSkills).where(among(personSkills.personId, some))
    for (const { personId, skill } of skills) facts.get(personId)?.skills.add(skill)
  })
  return facts
}

/** The units in which these people hold an office. */
async function officesOf(
  db: Reader,
  ids: readonly string[],
): Promise<{ personId: string; unitId: string }[]> {
  const { id, liaisonPersonId, leaderPersonId } = units
  const held = await db
    .select({ id, liaisonPersonId, leaderPersonId })
    .from(units)
    .where(or(among(liaisonPersonId, ids), among(leaderPersonId, ids)))
  const led = await db
    .select({ unitId: teams.unitId, personId: teams.leaderPersonId })
    .from(teams)
    .where(among(teams.leaderPersonId, ids))
  return [
    ...held.flatMap((unit) =>
      [unit.liaisonPersonId, unit.leaderPersonId].map((personId) => ({ personId, unitId: unit.id })),
    ),
    ...led,
  ].flatMap(({ personId, unitId }) => (personId && unitId ? [{ personId, unitId }] : []))
}
