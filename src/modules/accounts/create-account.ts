import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { activationToken, activationUrl, issueActivation } from './activations.ts'
import { createUser } from './create-user.ts'
import { normalizedLogin, passwordProblems, securityRules } from './password-rules.ts'
import { hashPassword, refuseUnfit } from './passwords.ts'
import type { Scope } from './scopes.ts'
import { writePassword } from './set-password.ts'
import type { RoleName } from './words.ts'

export interface NewAccount {
  login: string
  name: string
  /** Without one, a one-time link is issued. */
  password: string | undefined
  grants: ({ role: RoleName } & Scope)[]
}

/**
 * A user made at the command line, by whoever holds the machine.
 * @throws DomainError `password.unfit`, and everything `createUser` throws
 */
export async function createAccount(
  { db, keys, config, now }: Pick<AppContext, 'db' | 'keys' | 'config' | 'now'>,
  { login, name, password, grants }: NewAccount,
): Promise<{ login: string; link?: string; expiresAt?: string }> {
  const rules = securityRules[config.security.profile]
  if (password !== undefined) refuseUnfit(passwordProblems(rules, password, normalizedLogin(login)))
  const hash = password === undefined ? undefined : await hashPassword(password)
  return db.transaction(async (tx) => {
    const at = now()
    const user = await createUser(tx, { login, name, grants, by: 'command line', at })
    if (hash) {
      await writePassword(tx, user, hash, rules, at)
      return { login: user.login }
    }
    const activation = await issueActivation(tx, keys, { userId: user.id, by: 'system', at })
    const link = activationUrl(config.publicUrl, activationToken(keys, activation))
    return { login: user.login, link, expiresAt: isoOf(activation.expiresAt) }
  })
}
