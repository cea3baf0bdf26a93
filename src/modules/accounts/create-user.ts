import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Identifiable } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { addGrant, grantAtCommandLine } from './grant-role.ts'
import { makerPermit } from './manage.ts'
import { normalizedLogin } from './password-rules.ts'
import { firstPhoneOf } from './phones/phones.ts'
import { users } from './schema.ts'
import type { Scope } from './scopes.ts'
import { sealPhone } from './sealed.ts'
import type { RoleName } from './words.ts'

export interface CreateUser {
  login: string
  name: string
  /**
   * The person the account is for. The creator may be shown its link, so the creator must be allowed to identify the
   * person.
   */
  person?: { id: string; permit: Identifiable } | null
  grants: readonly ({ role: RoleName } & Scope)[]
  by: Actor | 'command line'
  at: DateTime
}

/**
 * Creates a user with roles and without a password; the user sets it with a one-time link. If it is a person's account,
 * it gets the person's phone number.
 * @throws DomainError `login.malformed`; conflict `login.taken`, `person.has_account`; everything `addGrant` throws
 */
export async function createUser(
  tx: Writer,
  keys: KeyRing,
  input: CreateUser,
): Promise<typeof users.$inferSelect> {
  const { name, grants, by, at } = input
  const personId = input.person?.id ?? null
  if (personId) input.person?.permit.assertCovers(personId)
  const login = readLogin(input.login)
  const id = newId()
  const phone = sealPhone(keys, id, await firstPhoneOf(tx, keys, personId))
  const [user] = await tx
    .insert(users)
    .values({ id, login, name, personId, ...phone, createdAt: at })
    .onConflictDoNothing()
    .returning()
  if (!user) throw await whyNot(tx, login)
  const recorder = by === 'command line' ? 'system' : by
  await record(tx, { action: 'user.created', subject: `user:${user.id}`, by: recorder, at })
  for (const grant of grants) {
    if (by === 'command line') await grantAtCommandLine(tx, { ...grant, userId: user.id, at })
    else await addGrant(tx, keys, makerPermit(user.id), { ...grant, by, at })
  }
  return user
}

async function whyNot(db: Reader, login: string): Promise<DomainError> {
  const [taken] = await db.select({ id: users.id }).from(users).where(eq(users.login, login))
  return taken
    ? new DomainError('conflict', 'login.taken', 'Somebody has this login already.')
    : new DomainError('conflict', 'person.has_account', 'This person has an account already.')
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
