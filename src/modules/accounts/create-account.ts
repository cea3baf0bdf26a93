import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { createUser } from './create-user.ts'
import { activationToken, activationUrl, issueActivation } from './invitations/activations.ts'
import { commandLinePermit } from './manage.ts'
import { normalizedLogin, securityRules } from './password-rules.ts'
import { assertPasswordFits, hashPassword, problemsOf } from './passwords.ts'
import type { Scope } from './scopes.ts'
import { writePassword } from './set-password.ts'
import type { RoleName } from './words.ts'

export interface NewAccount {
  login: string
  name: string
  /** Without a password, a one-time link is issued. */
  password: string | undefined
  grants: ({ role: RoleName } & Scope)[]
}

/**
 * Creates a user at the command line; run by the operator of the server.
 * @throws DomainError `password.unfit`, and everything `createUser` throws
 */
export async function createAccount(
  { db, keys, config, now }: Pick<AppContext, 'db' | 'keys' | 'config' | 'now'>,
  { login, name, password, grants }: NewAccount,
): Promise<{ login: string; link?: string; expiresAt?: string }> {
  const rules = securityRules[config.security.profile]
  const owner = { login: normalizedLogin(login), name }
  if (password !== undefined) assertPasswordFits(problemsOf(rules, password, owner))
  const hash = password === undefined ? undefined : await hashPassword(password)
  return db.transaction(async (tx) => {
    const at = now()
    const user = await createUser(tx, keys, { login, name, grants, by: 'command line', at })
    if (hash) {
      await writePassword(tx, user, hash, rules, at)
      return { login: user.login }
    }
    const activation = await issueActivation(tx, keys, commandLinePermit(user.id), { by: 'system', at })
    const link = activationUrl(config.publicUrl, activationToken(keys, activation))
    return { login: user.login, link, expiresAt: isoOf(activation.expiresAt) }
  })
}
