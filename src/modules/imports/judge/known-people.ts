/** Known people that rows may refer to. */
import { and, eq, isNull, type SQL } from 'drizzle-orm'
import { personsWithin, searchNameOf, teamsWithin } from '#modules/organisation/index.ts'
import { memberships, persons, teams, units } from '#modules/organisation/schema.ts'
import { maskName } from '#platform/crypto/index.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import type { Scene } from './scene.ts'
import type { Statement } from './statements.ts'
import type { Question } from './verdicts.ts'

/**
 * If the row gives no number, a name that equals the name of the present office holder means that person. `elsewhere`: the
 * holder is out of reach; the row then adds nothing.
 */
export async function officersByName(
  stated: readonly Statement[],
  reach: Reach,
  db: Reader,
): Promise<Map<Statement, string>> {
  const named = stated.filter(({ office, input }) => office?.holder && (input.contacts ?? []).length === 0)
  const ids = [...new Set(named.map(({ office }) => office?.holder as string))]
  const holders = await loadOfficers(db, undefined, ids)
  const within = reach.everything ? holders : await loadOfficers(db, personsWithin(db, reach), ids)
  const officers = new Map<Statement, string>()
  for (const statement of named) {
    const id = statement.office?.holder as string
    if (holders.get(id) !== searchNameOf(statement.input.name)) continue
    officers.set(statement, within.has(id) ? id : 'elsewhere')
  }
  return officers
}

async function loadOfficers(db: Reader, within: SQL | undefined, ids: readonly string[]) {
  const names = new Map<string, string>()
  await inChunks(ids, 500, async (some) => {
    const rows = await db
      .select({ id: persons.id, searchName: persons.searchName })
      .from(persons)
      .where(and(among(persons.id, some), isNull(persons.mergedIntoId), within))
    for (const { id, searchName } of rows) names.set(id, searchName)
  })
  return names
}

/** Proposals of people as shown with a question: masked name, and their teams within reach. */
export async function describe(
  ids: readonly string[],
  because: string,
  { db, gate }: Scene,
): Promise<Question['proposals']> {
  const some = ids.slice(0, 8)
  const rows = await db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(among(persons.id, some))
  const joined = await db
    .select({ personId: memberships.personId, team: teams.name, unit: units.name })
    .from(memberships)
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(and(among(memberships.personId, some), isNull(memberships.leftAt), teamsWithin(db, gate.sees)))
  return rows.map(({ id, name }) => {
    const places = joined.filter(({ personId }) => personId === id).map(({ unit, team }) => unit ?? team)
    return { id, name: [maskName(name), ...new Set(places)].join(' · '), likeness: null, because }
  })
}
