import type { SecurityProfile } from '#src/config.ts'

/** What one profile asks of passwords and sessions. */
export interface SecurityRules {
  lengthMin: number
  /** Of lower case, upper case, digits and everything else: how many kinds must occur. */
  classesMin: number
  /** How many earlier passwords may not come back. */
  historyLength: number
  /** Days after which a password must be replaced; null for never. */
  expiryDays: number | null
  /** Minutes without a request after which a session is over. */
  idleMinutes: number
  /** Hours after which a session is over whatever happens. */
  sessionHours: number
  /** Failures for one login from one address before it must wait, and for one login from anywhere. */
  failuresFromAddress: number
  failuresFromAnywhere: number
  /** The first wait; every further failure doubles it, up to the longest. */
  firstWaitSeconds: number
  longestWaitSeconds: number
}

/**
 * `default`: length before classes and no expiry (NIST SP 800-63B). `djbh-2`: 等保 2.0 level 2
 * (GB/T 22239-2019, 7.1.4.1): complexity, regular change, ending after failures, automatic exit when idle.
 */
export const securityRules: Record<SecurityProfile, SecurityRules> = {
  default: {
    lengthMin: 12,
    classesMin: 1,
    historyLength: 0,
    expiryDays: null,
    idleMinutes: 120,
    sessionHours: 12,
    failuresFromAddress: 5,
    failuresFromAnywhere: 20,
    firstWaitSeconds: 30,
    longestWaitSeconds: 3600,
  },
  'djbh-2': {
    lengthMin: 12,
    classesMin: 3,
    historyLength: 5,
    expiryDays: 90,
    idleMinutes: 15,
    sessionHours: 10,
    failuresFromAddress: 5,
    failuresFromAnywhere: 5,
    firstWaitSeconds: 900,
    longestWaitSeconds: 14_400,
  },
}

/** Longer than any passphrase; a bound on the work a request can cause. */
export const passwordLengthMax = 128

export type PasswordProblem =
  | 'too_short'
  | 'too_long'
  | 'too_few_classes'
  | 'too_uniform'
  | 'holds_login'
  | 'used_before'

/** The password as it is hashed: the same for every keyboard that writes the same characters. */
export function normalizedPassword(password: string): string {
  return password.normalize('NFKC')
}

const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

/** Everything that is wrong with a password at once, but whether it was used before, which needs the database. */
export function passwordProblems(rules: SecurityRules, password: string, login: string): PasswordProblem[] {
  const text = normalizedPassword(password)
  const characters = [...text]
  const problems: PasswordProblem[] = []
  if (characters.length < rules.lengthMin) problems.push('too_short')
  if (characters.length > passwordLengthMax) problems.push('too_long')
  if (classes.filter((kind) => kind.test(text)).length < rules.classesMin) problems.push('too_few_classes')
  if (isUniform(characters)) problems.push('too_uniform')
  if (login.length >= 3 && text.toLowerCase().includes(login.toLowerCase())) problems.push('holds_login')
  return problems
}

/** Fewer than five different characters, or nothing but a run up or down: `aaaaaaaaaaaa`, `123456789012`. */
function isUniform(characters: readonly string[]): boolean {
  if (new Set(characters).size < 5) return true
  const steps = characters
    .slice(1)
    .map((character, at) => character.charCodeAt(0) - (characters[at] as string).charCodeAt(0))
  return steps.every((step) => step === 1 || step === -9) || steps.every((step) => step === -1 || step === 9)
}

/** A login as it is stored and compared. */
export function normalizedLogin(login: string): string {
  return login.normalize('NFKC').replace(/\p{C}/gu, '').trim().toLowerCase()
}
