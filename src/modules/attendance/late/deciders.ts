import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { RoleName } from '#modules/accounts/index.ts'
import { roleGrants, users } from '#modules/accounts/schema.ts'
import { shifts } from '#modules/events/schema.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { districtHolds, recordsOf } from '#modules/organisation/index.ts'
import { memberships, personContacts, teams, units } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { lateEntries } from '../schema.ts'
import type { LateLevel, LateOrigin } from '../words.ts'
import { ladderOf } from './rules.ts'

/** The facts that decide who may be the second person (approver) of a late entry. */
export interface LateFacts {
  actId: string
  origin: LateOrigin
  askedByUserId: string | null
  /** The person the entry is about. */
  personId: string
  teamId: string | null
  unit: { path: string; districtCode: string | null } | null
  /** The person in charge of the shift and the deputy. */
  inCharge: string[]
  /** Who gave the person another link. */
  linkRenewedByUserId: string | null
}

interface Candidate {
  userId: string
  personId: string | null
}

/** @returns undefined when there is no such assignment */
export async function lateFactsOf(
  db: Reader,
  entry: Pick<LateFacts, 'actId' | 'origin' | 'askedByUserId'> & { assignmentId: string },
): Promise<LateFacts> {
  const [found] = await db
    .select({
      personId: assignments.personId,
      teamId: assignments.teamId,
      path: units.path,
      districtCode: units.districtCode,
      inCharge: shifts.inChargePersonId,
      deputy: shifts.deputyPersonId,
      linkRenewedByUserId: participations.linkRenewedByUserId,
    })
    .from(assignments)
    .innerJoin(participations, eq(participations.id, assignments.participationId))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(eq(assignments.id, entry.assignmentId))
  const { personId, teamId, path, districtCode, inCharge, deputy, linkRenewedByUserId } = found!
  return {
    ...entry,
    personId,
    teamId,
    unit: path === null ? null : { path, districtCode },
    inCharge: [inCharge, deputy].flatMap((id) => id ?? []),
    linkRenewedByUserId,
  }
}

/** The first level, from `step` on, that has an approver; the last level when none has one. */
export async function stepWithSomebody(db: Reader, facts: LateFacts, step: number): Promise<number> {
  const ladder = ladderOf(facts.origin)
  for (let at = step; at < ladder.length; at++) {
    if ((await decidersAt(db, facts, ladder[at] as LateLevel)).length > 0) return at
  }
  return ladder.length - 1
}

/** Whether a user may be the second person. Users of earlier levels keep this right after an escalation. */
export async function mayDecide(
  db: Reader,
  entry: { step: number } & Parameters<typeof lateFactsOf>[1],
  userId: string,
): Promise<boolean> {
  const facts = await lateFactsOf(db, entry)
  for (const level of ladderOf(entry.origin).slice(0, entry.step + 1)) {
    if ((await decidersAt(db, facts, level)).includes(userId)) return true
  }
  return false
}

/**
 * The users who are asked at one level by name; undefined at the levels of offices, which have their list.
 */
export async function askedAt(
  db: Reader,
  entry: Parameters<typeof lateFactsOf>[1],
  step: number,
): Promise<string[] | undefined> {
  const level = ladderOf(entry.origin)[step]
  if (!level || level === 'district' || level === 'city') return undefined
  return decidersAt(db, await lateFactsOf(db, entry), level)
}

/** The users who were asked by name so far and may still decide: those of the present level and of the ones before it. */
export async function askedSoFar(
  db: Reader,
  entry: { step: number } & Parameters<typeof lateFactsOf>[1],
): Promise<string[]> {
  const asked: string[] = []
  for (let step = 0; step <= entry.step; step++) asked.push(...((await askedAt(db, entry, step)) ?? []))
  return asked
}

/**
 * The users of one level, without: the first person and the people entered, by whichever record their account is known;
 * users who appointed the first person or were appointed by them; and, when somebody asked by a link, whoever may have that
 * link themselves.
 */
async function decidersAt(db: Reader, facts: LateFacts, level: LateLevel): Promise<string[]> {
  const candidates = await candidatesAt(db, facts, level)
  if (candidates.length === 0) return []
  const first = await firstOf(db, facts)
  const entered = await recordsOfAll(db, await enteredIn(db, facts))
  const firsts = await recordsOfAll(db, first.personId === null ? [] : [first.personId])
  const others = candidates.filter(
    ({ userId, personId }) =>
      userId !== first.userId && (personId === null || !(firsts.has(personId) || entered.has(personId))),
  )
  const tied = first.userId ? await appointedWith(db, first.userId, others) : new Set()
  const holds = facts.origin === 'own' ? await mayHoldLink(db, facts) : () => false
  return others.filter((each) => !tied.has(each.userId) && !holds(each)).map(({ userId }) => userId)
}

/** Who may have the link of the person who asked: whoever gave it out anew, and whoever is reached at the same number. */
async function mayHoldLink(db: Reader, { linkRenewedByUserId, personId }: LateFacts) {
  const theirs = alias(personContacts, 'theirs')
  const rows = await db
    .select({ personId: theirs.personId })
    .from(personContacts)
    .innerJoin(theirs, eq(theirs.contactId, personContacts.contactId))
    .where(eq(personContacts.personId, personId))
  const shares = new Set(rows.map((row) => row.personId))
  return (each: Candidate) =>
    each.userId === linkRenewedByUserId || (each.personId !== null && shares.has(each.personId))
}

/**
 * The first person: the user who made the entry, or the person who asked by link, with their account if they have
 * one.
 */
async function firstOf(db: Reader, { askedByUserId, personId }: LateFacts) {
  const [user] = await db
    .select({ userId: users.id, personId: users.personId })
    .from(users)
    .where(
      askedByUserId
        ? eq(users.id, askedByUserId)
        : and(eq(users.personId, personId), isNull(users.disabledAt)),
    )
  return user ?? { userId: askedByUserId, personId: askedByUserId ? null : personId }
}

async function enteredIn(db: Reader, { actId, personId }: LateFacts): Promise<Set<string>> {
  const rows = await db
    .select({ personId: assignments.personId })
    .from(lateEntries)
    .innerJoin(assignments, eq(assignments.id, lateEntries.assignmentId))
    .where(eq(lateEntries.actId, actId))
  return new Set([personId, ...rows.map((row) => row.personId)])
}

/** These records and all others of the same humans. */
async function recordsOfAll(db: Reader, personIds: Iterable<string>): Promise<Set<string>> {
  const found = new Set<string>()
  for (const personId of personIds) for (const { id } of await recordsOf(db, personId)) found.add(id)
  return found
}

/** Who ever appointed the first person, or was appointed by them: to revoke the role before does not make two of one. */
async function appointedWith(db: Reader, first: string, others: readonly Candidate[]): Promise<Set<string>> {
  const ids = others.map(({ userId }) => userId)
  if (ids.length === 0) return new Set()
  const rows = await db
    .select({ userId: roleGrants.userId, grantedBy: roleGrants.grantedBy })
    .from(roleGrants)
    .where(
      or(
        and(eq(roleGrants.userId, first), inArray(roleGrants.grantedBy, ids)),
        and(eq(roleGrants.grantedBy, first), inArray(roleGrants.userId, ids)),
      ),
    )
  return new Set(rows.map(({ userId, grantedBy }) => (userId === first ? (grantedBy as string) : userId)))
}

async function candidatesAt(db: Reader, facts: LateFacts, level: LateLevel): Promise<Candidate[]> {
  const { teamId, unit } = facts
  if (level === 'in_charge') return inChargeOf(db, facts, 'of another team')
  if (level === 'nearby') {
    const leaders = teamId ? await holders(db, 'team_leader', [`team:${teamId}`]) : []
    return [...leaders, ...(await inChargeOf(db, facts, 'of any team'))]
  }
  if (level === 'liaison') {
    const above = unit?.path.split('/').filter(Boolean) ?? []
    return holders(
      db,
      'unit_administrator',
      above.map((id) => `unit:${id}`),
    )
  }
  if (level === 'city') return holders(db, 'city_office', ['everything'])
  const code = unit?.districtCode
  if (!code) return []
  const offices = await holders(db, 'district_office')
  return offices.filter(({ districtCode }) => districtCode !== null && districtHolds(districtCode, code))
}

/**
 * The accounts of the person in charge and the deputy. For a leader's entry, only those who are not in the leader's
 * team.
 */
async function inChargeOf(
  db: Reader,
  { inCharge, teamId }: LateFacts,
  which: 'of any team' | 'of another team',
): Promise<Candidate[]> {
  if (inCharge.length === 0) return []
  const accounts = await db
    .select({ userId: users.id, personId: users.personId })
    .from(users)
    .where(and(inArray(users.personId, inCharge), isNull(users.disabledAt)))
  if (which === 'of any team' || !teamId || accounts.length === 0) return accounts
  const members = await db
    .select({ personId: memberships.personId })
    .from(memberships)
    .where(
      and(
        eq(memberships.teamId, teamId),
        inArray(memberships.personId, inCharge),
        isNull(memberships.leftAt),
      ),
    )
  const own = new Set(members.map(({ personId }) => personId))
  return accounts.filter(({ personId }) => personId !== null && !own.has(personId))
}

function holders(db: Reader, role: RoleName, scopes?: readonly string[]) {
  if (scopes?.length === 0) return Promise.resolve([])
  return db
    .select({ userId: users.id, personId: users.personId, districtCode: roleGrants.districtCode })
    .from(roleGrants)
    .innerJoin(users, eq(users.id, roleGrants.userId))
    .where(
      and(
        eq(roleGrants.role, role),
        scopes && inArray(roleGrants.scope, [...scopes]),
        isNull(roleGrants.revokedAt),
        isNull(users.disabledAt),
      ),
    )
}
