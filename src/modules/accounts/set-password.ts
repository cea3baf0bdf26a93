import { desc, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { AppContext } from '#src/context.ts'
import { clearAttempts } from './attempts.ts'
import { openActivation, useActivation } from './invitations/activations.ts'
import { rememberBrowser } from './known-browsers.ts'
import { type PasswordProblem, type SecurityRules, securityRules } from './password-rules.ts'
import { assertPasswordFits, hashPassword, passwordMatches, problemsOf } from './passwords.ts'
import { pastPasswords, users } from './schema.ts'
import { endSessionsOf } from './session-rows.ts'
import { provePassword } from './sign-in.ts'
import { triesHere } from './slow-down.ts'

type Needs = Pick<AppContext, 'db' | 'keys' | 'config' | 'now' | 'metrics' | 'log'>
type User = typeof users.$inferSelect

/** @throws DomainError `password.unfit`, listing everything that is wrong */
async function assertPasswordFitsUser({ db, config }: Needs, user: User, password: string): Promise<void> {
  const rules = securityRules[config.security.profile]
  const problems: PasswordProblem[] = problemsOf(rules, password, user)
  if (problems.length === 0 && rules.historyLength > 0) {
    const past = await db.read
      .select({ hash: pastPasswords.hash })
      .from(pastPasswords)
      .where(eq(pastPasswords.userId, user.id))
      .orderBy(desc(pastPasswords.replacedAt), desc(pastPasswords.id))
      .limit(rules.historyLength)
    for (const hash of [user.passwordHash, ...past.map((each) => each.hash)]) {
      if (hash && (await passwordMatches(hash, password))) problems.push('used_before')
    }
  }
  assertPasswordFits([...new Set(problems)])
}

/** Writes a new password and ends everything opened with the old one. */
export async function writePassword(
  tx: Writer,
  user: Pick<User, 'id' | 'passwordHash'>,
  hash: string,
  rules: SecurityRules,
  at: DateTime,
): Promise<void> {
  if (user.passwordHash && rules.historyLength > 0) {
    await tx
      .insert(pastPasswords)
      .values({ id: newId(), userId: user.id, hash: user.passwordHash, replacedAt: at })
    await forgetOldPasswords(tx, user.id, rules.historyLength)
  }
  await tx.update(users).set({ passwordHash: hash, passwordChangedAt: at }).where(eq(users.id, user.id))
  await endSessionsOf(tx, user.id, 'password_changed', at)
}

async function forgetOldPasswords(tx: Writer, userId: string, kept: number): Promise<void> {
  const past = await tx
    .select({ id: pastPasswords.id })
    .from(pastPasswords)
    .where(eq(pastPasswords.userId, userId))
    .orderBy(desc(pastPasswords.replacedAt), desc(pastPasswords.id))
  const old = past.slice(kept).map((each) => each.id)
  if (old.length > 0) await tx.delete(pastPasswords).where(inArray(pastPasswords.id, old))
}

/**
 * Sets a password with a one-time link and uses the link up. Of several concurrent calls, one succeeds. All sessions of
 * the user end. The browser becomes a known browser, so that the user can sign in there even while others guess the
 * password elsewhere.
 * @throws DomainError `activation.missing`, gone `activation.used`, `activation.expired`, `activation.revoked`;
 *   `password.unfit`, after which the link can still be used
 */
export async function redeemActivation(
  needs: Needs,
  {
    token,
    password,
    address,
    browser,
  }: { token: string; password: string; address: string; browser: string },
): Promise<{ userId: string; login: string }> {
  const { db, keys, config, now } = needs
  const { id, userId } = await openActivation(db.read, keys, token, now())
  const [user] = (await db.read.select().from(users).where(eq(users.id, userId))) as [User]
  await assertPasswordFitsUser(needs, user, password)
  const hash = await hashPassword(password)
  return db.transaction(async (tx) => {
    const at = now()
    await openActivation(tx, keys, token, at)
    if (!(await useActivation(tx, id, at))) {
      throw new DomainError(
        'gone',
        'activation.used',
        'This link was used already. Sign in, or ask for a new link.',
      )
    }
    await writePassword(tx, user, hash, securityRules[config.security.profile], at)
    await rememberBrowser(tx, { userId, browser, at })
    await clearAttempts(tx, triesHere(keys, user.login, address))
    await record(tx, {
      action: 'password.set',
      subject: `user:${userId}`,
      by: { userId, address },
      at,
      details: { by: 'link' },
    })
    return { userId, login: user.login }
  })
}

/**
 * Changes the user's own password, after checking the current one. Also for a user whose password has expired.
 * @throws DomainError `attempts.wait`, `sign_in.failed`, `password.unfit`
 */
export async function changePassword(
  needs: Needs,
  {
    login,
    password,
    newPassword,
    address,
    browser,
  }: {
    login: string
    password: string
    newPassword: string
    address: string
    browser: string | undefined
  },
): Promise<void> {
  const { user, attempts } = await provePassword(needs, { login, password, address, browser })
  const { db, config, now } = needs
  if (await passwordMatches(user.passwordHash, newPassword)) assertPasswordFits(['used_before'])
  await assertPasswordFitsUser(needs, user, newPassword)
  const hash = await hashPassword(newPassword)
  await db.transaction(async (tx) => {
    const at = now()
    const [still] = await tx.select().from(users).where(eq(users.id, user.id))
    if (still?.passwordHash !== user.passwordHash || still.disabledAt) {
      throw new DomainError(
        'conflict',
        'password.changed',
        'The password was changed a moment ago. Start again.',
      )
    }
    await writePassword(tx, user, hash, securityRules[config.security.profile], at)
    await clearAttempts(tx, attempts)
    await record(tx, {
      action: 'password.set',
      subject: `user:${user.id}`,
      by: { userId: user.id, address },
      at,
      details: { by: 'password' },
    })
  })
}
