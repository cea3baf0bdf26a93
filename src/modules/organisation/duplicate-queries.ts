import { and, asc, desc, eq, inArray, isNull, lt } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { type Eyes, presentAll } from './person-queries.ts'
import { presentMerge } from './present.ts'
import { memberships, merges, personContacts, persons, teams } from './schema.ts'
import { personsWithin } from './scope.ts'

const others = alias(persons, 'others')
const theirLinks = alias(personContacts, 'their_links')
const theirMemberships = alias(memberships, 'their_memberships')
const theirTeams = alias(teams, 'their_teams')

export interface DuplicateFilter {
  /** The ground: the same name with the same contact, or in the same unit. */
  because?: 'contact' | 'unit'
  limit?: number
  cursor?: string
}

/** Pairs of namesakes who may be one person, for somebody to decide. */
export async function listDuplicates(eyes: Eyes, reach: Reach, filter: DuplicateFilter) {
  const { because = 'contact', limit = 50 } = filter
  const namesakes = and(
    eq(others.searchName, persons.searchName),
    lt(persons.id, others.id),
    isNull(persons.mergedIntoId),
    isNull(others.mergedIntoId),
    isNull(persons.erasedAt),
    isNull(others.erasedAt),
  )
  const within = and(personsWithin(eyes.db, reach), otherWithin(eyes.db, reach))
  const pairs = because === 'contact' ? sharingContact(eyes.db) : sharingUnit(eyes.db)
  const rows = await pairs
    .innerJoin(others, eq(others.id, because === 'contact' ? theirLinks.personId : theirMemberships.personId))
    .where(and(namesakes, within, after([persons.id, others.id], filter.cursor)))
    .orderBy(asc(persons.id), asc(others.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, (pair) => [pair.one, pair.other])
  const ids = [...new Set(page.items.flatMap(({ one, other }) => [one, other]))]
  const people = await presentAll(eyes, await eyes.db.select().from(persons).where(inArray(persons.id, ids)))
  const byId = new Map(people.map((person) => [person.id, person]))
  const items = page.items.map(({ one, other }) => ({ because, persons: [byId.get(one)!, byId.get(other)!] }))
  return { ...page, items }
}

function sharingContact(db: Reader) {
  return db
    .selectDistinct({ one: persons.id, other: others.id })
    .from(persons)
    .innerJoin(personContacts, eq(personContacts.personId, persons.id))
    .innerJoin(theirLinks, eq(theirLinks.contactId, personContacts.contactId))
    .$dynamic()
}

function sharingUnit(db: Reader) {
  return db
    .selectDistinct({ one: persons.id, other: others.id })
    .from(persons)
    .innerJoin(memberships, and(eq(memberships.personId, persons.id), isNull(memberships.leftAt)))
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .innerJoin(theirTeams, eq(theirTeams.unitId, teams.unitId))
    .innerJoin(
      theirMemberships,
      and(eq(theirMemberships.teamId, theirTeams.id), isNull(theirMemberships.leftAt)),
    )
    .$dynamic()
}

function otherWithin(db: Reader, reach: Reach) {
  if (reach.everything) return undefined
  return inArray(others.id, db.select({ id: persons.id }).from(persons).where(personsWithin(db, reach)))
}

/** Merges, the latest first. */
export async function listMerges(db: Reader, reach: Reach, filter: { limit?: number; cursor?: string }) {
  const { limit = 50 } = filter
  const rows = await db
    .select({ merge: merges })
    .from(merges)
    .innerJoin(persons, eq(persons.id, merges.keptId))
    .where(and(personsWithin(db, reach), after([merges.id], filter.cursor, 'desc')))
    .orderBy(desc(merges.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ merge }) => [merge.id])
  return { ...page, items: page.items.map(({ merge }) => presentMerge(merge)) }
}
