import { and, asc, desc, eq, exists, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf, readCursor } from '#platform/http/page.ts'
import type { PersonReading } from '../person-conditions.ts'
import { presentAll } from '../person-queries.ts'
import { presentMerge } from '../present.ts'
import { personsWithin } from '../reach-conditions.ts'
import { memberships, merges, personContacts, persons, teams, units } from '../schema.ts'

const others = alias(persons, 'others')
const theirMemberships = alias(memberships, 'their_memberships')
const theirTeams = alias(teams, 'their_teams')
const theirLinks = alias(personContacts, 'their_links')

/** Why two people may be one: the same name and a shared contact, or the same name in one unit. */
export type DuplicateGround = 'contact' | 'unit'

export interface DuplicateFilter {
  /** Only pairs with this ground. */
  because?: DuplicateGround
  limit?: number
  cursor?: string
}

interface Pair {
  one: string
  other: string
}

/** Pairs of people of the same name who may be one person, each with all its grounds; a user decides. */
export async function listDuplicates(reading: PersonReading, reach: Reach, filter: DuplicateFilter) {
  const { limit = 50, because, cursor } = filter
  const { db } = reading
  const alive = [persons, others].flatMap((each) => [isNull(each.mergedIntoId), isNull(each.erasedAt)])
  const namesakes = and(eq(others.searchName, persons.searchName), ...alive)
  const within = and(personsWithin(db, reach), otherWithin(db, reach))
  // Namesakes first, who are few for each; all pairs of a unit are the square of its people.
  const firstOf = (shared: SQL): Promise<Pair[]> =>
    db
      .select({ one: persons.id, other: others.id })
      .from(persons)
      .innerJoin(others, eq(others.searchName, persons.searchName))
      .where(
        and(namesakes, lt(persons.id, others.id), within, shared, after([persons.id, others.id], cursor)),
      )
      .orderBy(asc(persons.id), asc(others.id))
      .limit(limit + 1)
  // Each query gives its first pairs in one order, so that the first of all together have all their grounds.
  const grounds = new Map<string, Pair & { because: DuplicateGround[] }>()
  const add = (ground: DuplicateGround, pairs: readonly Pair[]) => {
    for (const pair of pairs) {
      const known = grounds.get(`${pair.one} ${pair.other}`) ?? { ...pair, because: [] }
      grounds.set(`${pair.one} ${pair.other}`, known)
      if (!known.because.includes(ground)) known.because.push(ground)
    }
  }
  if (because !== 'unit') add('contact', await firstOf(shareContact(db)))
  if (because !== 'contact') {
    add('unit', await firstOf(shareUnit(db)))
    const last = cursor === undefined ? '' : readCursor(cursor, 2).join(' ')
    const officers = await withOfficers(db, and(namesakes, within))
    add(
      'unit',
      officers.filter(({ one, other }) => `${one} ${other}` > last),
    )
  }
  const ordered = [...grounds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair)
  const page = pageOf(ordered, limit, (pair) => [pair.one, pair.other])
  const ids = [...new Set(page.items.flatMap(({ one, other }) => [one, other]))]
  const people = await presentAll(
    reading,
    reach,
    await db.select().from(persons).where(inArray(persons.id, ids)),
  )
  const byId = new Map(people.map((person) => [person.id, person]))
  const items = page.items.map((pair) => ({
    because: pair.because,
    persons: [byId.get(pair.one)!, byId.get(pair.other)!],
  }))
  return { ...page, items }
}

/** A condition on two people: they have a contact in common. */
function shareContact(db: Reader): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(personContacts)
      .innerJoin(theirLinks, eq(theirLinks.contactId, personContacts.contactId))
      .where(and(eq(personContacts.personId, persons.id), eq(theirLinks.personId, others.id))),
  )
}

/** A condition on two people: they are members of teams of one unit. */
function shareUnit(db: Reader): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(memberships)
      .innerJoin(teams, eq(teams.id, memberships.teamId))
      .innerJoin(theirTeams, eq(theirTeams.unitId, teams.unitId))
      .innerJoin(theirMemberships, eq(theirMemberships.teamId, theirTeams.id))
      .where(
        and(
          eq(memberships.personId, persons.id),
          isNull(memberships.leftAt),
          eq(theirMemberships.personId, others.id),
          isNull(theirMemberships.leftAt),
        ),
      ),
  )
}

/** The pairs of a liaison or leader with a namesake in that unit: all of them, because they are few. */
async function withOfficers(db: Reader, condition: SQL | undefined): Promise<Pair[]> {
  const inTeam = db
    .select({ one: sql`1` })
    .from(memberships)
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .where(and(eq(memberships.personId, others.id), isNull(memberships.leftAt), eq(teams.unitId, units.id)))
  const { liaisonPersonId, leaderPersonId } = units
  const pairs = await db
    .selectDistinct({ one: persons.id, other: others.id })
    .from(units)
    .innerJoin(persons, or(eq(persons.id, liaisonPersonId), eq(persons.id, leaderPersonId)))
    .innerJoin(others, and(eq(others.searchName, persons.searchName), ne(others.id, persons.id)))
    .where(and(condition, or(eq(others.id, liaisonPersonId), eq(others.id, leaderPersonId), exists(inTeam))))
  return pairs.map(({ one, other }) => (one < other ? { one, other } : { one: other, other: one }))
}

function otherWithin(db: Reader, reach: Reach) {
  if (reach.everything) return undefined
  return inArray(others.id, db.select({ id: persons.id }).from(persons).where(personsWithin(db, reach)))
}

/** Merges, newest first. */
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
