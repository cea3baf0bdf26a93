import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '#platform/errors.ts'
import { normalizedPassword, type PasswordProblem } from './password-rules.ts'
import { passwordProblemWords } from './words.ts'

/** `Algorithm.Argon2id`, a const enum that type stripping cannot read. */
const argon2id = 2

/** argon2id with OWASP's first choice: 19 MiB, two passes, one lane (about 20 ms). */
const options = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash to store, in PHC form. Runs on the thread pool. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalizedPassword(password), options)
}

let decoy: Promise<string> | undefined

/**
 * Whether the password belongs to the stored hash. Without a hash (nobody has this login, or they never set a
 * password) it does the same work against a decoy, so that the time of the answer tells nothing.
 */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('no password is this one')
  const matches = await verify(stored ?? (await decoy), normalizedPassword(password))
  return matches && stored != null
}

/** @throws DomainError `password.unfit`, naming every problem, unless there is none */
export function refuseUnfit(problems: readonly PasswordProblem[]): void {
  if (problems.length === 0) return
  const text = problems.map((problem) => passwordProblemWords[problem].en).join(' ')
  throw new DomainError('invalid', 'password.unfit', text, { problems })
}
