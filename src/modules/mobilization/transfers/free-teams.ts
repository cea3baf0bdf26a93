import { and, asc, eq, inArray } from 'drizzle-orm'
import type { EventRow } from '#modules/events/index.ts'
import { teamsWithin } from '#modules/organisation/index.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { seenPlaces } from '../notices/seen-places.ts'
import { poolOf } from '../pool/pool.ts'

/**
 * Teams of the event with members, or stated heads, that have no place yet, the most first. Whoever is in the pool of the
 * planner is counted here, by the same rule.
 */
export async function freeTeams(db: Reader, keys: KeyRing, event: EventRow, reach: Reach) {
  const pool = await poolOf(db, keys, event.id)
  const placed = new Set(pool.placed.map(({ personId }) => personId))
  const free = new Map<string, number>()
  for (const { personId, teamId, consented } of pool.people) {
    if (consented && !placed.has(personId)) free.set(teamId, (free.get(teamId) ?? 0) + 1)
  }
  const held = new Map<string, number>()
  for (const { teamId, heads } of pool.allotments) held.set(teamId, (held.get(teamId) ?? 0) + heads)
  const everything = (await seenPlaces(db, reach, event)) === undefined
  const found = []
  const ids = pool.teams.map(({ id }) => id)
  const names = new Map<string, { name: string; unit: string | null }>()
  await inChunks(ids, 500, async (some) => {
    const rows = await db
      .select({ id: teams.id, name: teams.name, unit: units.name })
      .from(teams)
      .leftJoin(units, eq(units.id, teams.unitId))
      .where(and(inArray(teams.id, [...some]), everything ? undefined : teamsWithin(db, reach)))
      .orderBy(asc(teams.id))
    for (const { id, ...named } of rows) names.set(id, named)
  })
  for (const { id, statedHeads } of pool.teams) {
    const named = names.get(id)
    const people = free.get(id) ?? 0
    const heads = Math.max(0, (statedHeads ?? 0) - (held.get(id) ?? 0))
    if (named && people + heads > 0) found.push({ id, ...named, people, heads })
  }
  return found.toSorted((a, b) => b.people + b.heads - (a.people + a.heads) || (a.id < b.id ? -1 : 1))
}
