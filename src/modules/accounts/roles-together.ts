/** Roles that two humans must hold, held by one under two accounts: what nobody could refuse is told to the officers. */
import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { persons } from '#modules/organisation/schema.ts'
import { raiseAttention } from '#platform/attention/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { holdersOf, type Reachable } from './holders.ts'
import { isHumanAmong } from './one-human.ts'
import { officers, roles } from './roles.ts'
import { roleGrants, users } from './schema.ts'
import type { RoleName } from './words.ts'

interface Holding {
  humanId: string
  userId: string
  role: RoleName
}

/** Two accounts of one human with roles that must be apart. */
interface Together {
  /** Whose role the others are apart from: it is they whom the alarm is about, and who does not acknowledge it. */
  userId: string
  otherUserId: string
  roles: [RoleName, RoleName]
}

/** The officers of the machine and of the trail are apart from most others: an alarm is about them rather than about the rest. */
const first = (role: RoleName) => ['auditor', 'system_administrator'].indexOf(role)

/**
 * Raises an alarm for every human among these people, or behind these accounts, who holds, by accounts of several records, roles that must be apart, and
 * has the other officers told. Neither the roles nor the link of the records are taken back: a person decides which of them is wrong.
 */
export async function alarmOfRolesTogether(
  tx: Writer,
  { at, ...of }: { at: DateTime } & ({ personIds: readonly string[] } | { userIds: readonly string[] }),
): Promise<void> {
  const personIds = 'personIds' in of ? of.personIds : await peopleOf(tx, of.userIds)
  for (const { userId, otherUserId, roles } of await rolesTogether(tx, personIds)) {
    const subject = `user:${userId}`
    const details = { roles, otherUserId }
    await raiseAttention(tx, [{ action: 'roles.together', subject, by: 'system', at, details }])
    await enqueue(tx, 'accounts.roles_together', { userId })
  }
}

/** The officers with a number who are told of it: not the human whom it is about, by none of their accounts. */
export async function officersBeside(db: Reader, keys: KeyRing, userId: string): Promise<Reachable[]> {
  const told = new Map<string, Reachable>()
  for (const role of officers)
    for (const holder of await holdersOf(db, keys, { role })) told.set(holder.userId, holder)
  const others: Reachable[] = []
  for (const holder of told.values())
    if (!(await isHumanAmong(db, holder.userId, [userId]))) others.push(holder)
  return others
}

async function peopleOf(db: Reader, userIds: readonly string[]): Promise<string[]> {
  const found: string[] = []
  await inChunks([...userIds], 500, async (some) => {
    const rows = await db.select({ personId: users.personId }).from(users).where(inArray(users.id, some))
    found.push(...rows.flatMap(({ personId }) => personId ?? []))
  })
  return found
}

async function rolesTogether(db: Reader, personIds: readonly string[]): Promise<Together[]> {
  const held: Holding[] = []
  await inChunks([...personIds], 500, async (some) => {
    const humans = db
      .selectDistinct({ id: persons.humanId })
      .from(persons)
      .where(and(inArray(persons.id, some), isNotNull(persons.humanId)))
    const rows = await db
      .select({ humanId: persons.humanId, userId: users.id, role: roleGrants.role })
      .from(persons)
      .innerJoin(users, and(eq(users.personId, persons.id), isNull(users.disabledAt)))
      .innerJoin(roleGrants, and(eq(roleGrants.userId, users.id), isNull(roleGrants.revokedAt)))
      .where(inArray(persons.humanId, humans))
    held.push(...rows.map((row) => ({ ...row, humanId: row.humanId as string })))
  })
  return [...Map.groupBy(held, ({ humanId }) => humanId).values()].flatMap((own) => togetherOf(own) ?? [])
}

function togetherOf(held: readonly Holding[]): Together | undefined {
  const pairs = held.flatMap((one) =>
    held
      .filter((other) => other.userId !== one.userId && roles[one.role].apartFrom.includes(other.role))
      .map((other): Together => {
        return { userId: one.userId, otherUserId: other.userId, roles: [one.role, other.role] }
      }),
  )
  const officer = (each: Together) => {
    const at = first(each.roles[0])
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }
  return pairs.toSorted((a, b) => officer(a) - officer(b))[0]
}
