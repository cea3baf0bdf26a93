import type { SecurityProfile } from '#src/config.ts'

/** The rules of one security profile for passwords and sessions. */
export interface SecurityRules {
  lengthMin: number
  /** How many of these classes a password must contain: lower case, upper case, digits, other characters. */
  classesMin: number
  /** How many previous passwords may not be used again. */
  historyLength: number
  /** Days until a password expires; null: never. */
  expiryDays: number | null
  /** Minutes without a request until a session ends. */
  idleMinutes: number
  /** Hours until a session ends in any case. */
  sessionHours: number
  /** Failures for one login from one address before it must wait. */
  failuresFromAddress: number
  /** Failures for one login from all addresses before an alarm is raised and each address has only one attempt. */
  failuresFromAnywhere: number
  /** Failures allowed in a browser in which the user has signed in before. */
  failuresInKnownBrowser: number
  /** The first waiting time; it doubles with each further failure, up to the longest. */
  firstWaitSeconds: number
  longestWaitSeconds: number
}

/**
 * `default`: length instead of character classes, no expiry (NIST SP 800-63B). `djbh-2`: 等保 2.0 level 2 (GB/T
 * 22239-2019, 7.1.4.1): complexity, regular change, lock after failures, automatic sign-out when idle.
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
    failuresInKnownBrowser: 10,
    firstWaitSeconds: 30,
    longestWaitSeconds: 60,
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
    failuresInKnownBrowser: 5,
    firstWaitSeconds: 300,
    longestWaitSeconds: 300,
  },
}

/** Longer than any passphrase; limits the work of one request. */
export const passwordLengthMax = 128

export type PasswordProblem =
  | 'too_short'
  | 'too_long'
  | 'too_few_classes'
  | 'too_uniform'
  | 'common'
  | 'holds_login'
  | 'used_before'

/** The password in the form that is hashed: equal for every keyboard that types the same characters. */
export function normalizedPassword(password: string): string {
  return password.normalize('NFKC')
}

const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

/** What is wrong with the password itself; whether it is common or was used before is checked elsewhere. */
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

/** Fewer than five different characters, or only a rising or falling sequence: `aaaaaaaaaaaa`, `123456789012`. */
function isUniform(characters: readonly string[]): boolean {
  if (new Set(characters).size < 5) return true
  const steps = characters
    .slice(1)
    .map((character, at) => character.charCodeAt(0) - (characters[at] as string).charCodeAt(0))
  return steps.every((step) => step === 1 || step === -9) || steps.every((step) => step === -1 || step === 9)
}

/** Normalises a login for storage and comparison. */
export function normalizedLogin(login: string): string {
  return login.normalize('NFKC').replace(/\p{C}/gu, '').trim().toLowerCase()
}
