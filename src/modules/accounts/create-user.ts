import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { persons } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { grantRole } from './grant-role.ts'
import { normalizedLogin } from './password-rules.ts'
import { users } from './schema.ts'
import type { Scope } from './scopes.ts'
import type { RoleName } from './words.ts'

export interface CreateUser {
  login: string
  name: string
  personId?: string | null
  grants: readonly ({ role: RoleName } & Scope)[]
  by: Actor | 'command line'
  at: DateTime
}

/**
 * A user with roles and without a password: they set it themselves by a one-time link.
 * @throws DomainError `login.malformed`; conflict `login.taken`, `person.has-account`; `person.missing`; everything `grantRole` throws
 */
export async function createUser(tx: Writer, input: CreateUser): Promise<typeof users.$inferSelect> {
  const { name, personId = null, grants, by, at } = input
  const login = readLogin(input.login)
  if (personId) await requirePerson(tx, personId)
  const [user] = await tx
    .insert(users)
    .values({ id: newId(), login, name, personId, createdAt: at })
    .onConflictDoNothing()
    .returning()
  if (!user) throw await whyNot(tx, login)
  const recorder = by === 'command line' ? 'system' : by
  await record(tx, { action: 'user.created', subject: `user:${user.id}`, by: recorder, at })
  for (const grant of grants) await grantRole(tx, { ...grant, userId: user.id, by, at })
  return user
}

async function whyNot(db: Reader, login: string): Promise<DomainError> {
  const [taken] = await db.select({ id: users.id }).from(users).where(eq(users.login, login))
  return taken
    ? new DomainError('conflict', 'login.taken', 'Somebody has this login already.')
    : new DomainError('conflict', 'person.has-account', 'This person has an account already.')
}

/** @throws DomainError `login.malformed` */
export function readLogin(typed: string): string {
  const login = normalizedLogin(typed)
  if (/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u.test(login)) return login
  throw new DomainError(
    'invalid',
    'login.malformed',
    'A login has 2 to 64 letters, digits and . _ @ - and begins with a letter or digit.',
  )
}

/** @throws DomainError `person.missing` */
async function requirePerson(db: Reader, personId: string): Promise<void> {
  const [person] = await db.select({ id: persons.id }).from(persons).where(eq(persons.id, personId))
  if (!person) throw new DomainError('missing', 'person.missing', 'There is no such person.')
}
