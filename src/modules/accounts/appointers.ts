import { and, inArray, isNotNull } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { officers } from './roles.ts'
import { roleGrants } from './schema.ts'

/** Everybody who appointed a user, directly or through others, now or before. */
export interface Appointers {
  /** Without the user. */
  all: ReadonlySet<string>
  /** Those of `all`, and the user, who never held an officer's role. */
  belowOfficers: ReadonlySet<string>
}

/** Two statements for each step up; there are few steps. */
export async function appointersOf(db: Reader, userId: string): Promise<Appointers> {
  const all = new Set<string>()
  let next = [userId]
  while (next.length > 0) {
    const rows = await db
      .selectDistinct({ by: roleGrants.grantedBy })
      .from(roleGrants)
      .where(and(inArray(roleGrants.userId, next), isNotNull(roleGrants.grantedBy)))
    next = rows.map(({ by }) => by as string).filter((by) => by !== userId && !all.has(by))
    for (const by of next) all.add(by)
  }
  const everybody = [userId, ...all]
  const held = await db
    .selectDistinct({ userId: roleGrants.userId })
    .from(roleGrants)
    .where(and(inArray(roleGrants.userId, everybody), inArray(roleGrants.role, [...officers])))
  const exempt = new Set(held.map((row) => row.userId))
  return { all, belowOfficers: new Set(everybody.filter((id) => !exempt.has(id))) }
}

/**
 * Whether two users act for themselves: neither appointed the other, also not through others, and nobody below an
 * officer appointed both. So nobody stands on both sides by the accounts they made.
 */
export async function areIndependent(db: Reader, one: string, other: string): Promise<boolean> {
  const [first, second] = [await appointersOf(db, one), await appointersOf(db, other)]
  if (one === other || first.all.has(other) || second.all.has(one)) return false
  return ![...first.belowOfficers].some((id) => second.belowOfficers.has(id))
}
