import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '#platform/errors.ts'
import { isCommon } from './common/is-common.ts'
import {
  normalizedPassword,
  type PasswordProblem,
  passwordProblems,
  type SecurityRules,
} from './password-rules.ts'
import { passwordProblemWords } from './words.ts'

/** The value of `Algorithm.Argon2id`: a const enum, which Node's type stripping does not support. */
const argon2id = 2

/** argon2id with OWASP's first recommendation: 19 MiB, two passes, one lane (about 20 ms). */
const options = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash to store, in PHC format. Runs in the thread pool. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalizedPassword(password), options)
}

/** Computed at startup, so that the first unknown login does not take longer. */
const decoy = hashPassword('no password is this one')

/**
 * Whether the password matches the stored hash. Without a hash (unknown login, or no password set) it does the same
 * work with a dummy hash, so that the response time reveals nothing.
 */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await decoy), normalizedPassword(password))
  return matches && stored != null
}

/**
 * Everything that is wrong with a password, except whether it was used before (that needs the database). Whether it is
 * common is checked only if length and variety are right.
 * @param owner names of the account's holder, which count as common words
 */
export function problemsOf(
  rules: SecurityRules,
  password: string,
  { login, name }: { login: string; name: string },
): PasswordProblem[] {
  const problems = passwordProblems(rules, password, login)
  const judged = problems.every((each) => each === 'too_few_classes' || each === 'holds_login')
  return judged && isCommon(password, [name]) ? [...problems, 'common'] : problems
}

/** @throws DomainError `password.unfit`, listing every problem, if there is any */
export function assertPasswordFits(problems: readonly PasswordProblem[]): void {
  if (problems.length === 0) return
  const text = problems.map((problem) => passwordProblemWords[problem].en).join(' ')
  throw new DomainError('invalid', 'password.unfit', text, { problems })
}
