/** The configuration is not valid. Names every wrong key and what is expected of it. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/** The variables of a process. */
export type Env = Readonly<Record<string, string | undefined>>

/** Reads environment variables and collects the problems, so that one start reports all of them. */
export class Environment {
  readonly problems: string[] = []
  readonly #env: Env

  constructor(env: Env) {
    this.#env = env
  }

  /** The trimmed value; an empty one counts as absent. */
  optional(key: string): string | undefined {
    return this.#env[key]?.trim() || undefined
  }

  refuse(key: string, expected: string): void {
    this.problems.push(`${key}: ${expected}`)
  }

  required(key: string, expected: string): string {
    const value = this.optional(key)
    if (value === undefined) this.refuse(key, `expected ${expected}, but it is not set`)
    return value ?? ''
  }

  oneOf<const T extends string>(key: string, choices: readonly T[], fallback: T): T {
    const value = this.optional(key) ?? fallback
    if (!choices.includes(value as T)) this.refuse(key, `expected one of ${choices.join(', ')}`)
    return value as T
  }

  /** A bearer token for callers without a session; undefined when it is not set. */
  token(key: string): string | undefined {
    const value = this.optional(key)
    if (value !== undefined && value.length < 20) this.refuse(key, 'expected at least 20 characters')
    return value
  }

  whole(key: string, fallback: number, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}): number {
    const value = this.optional(key) ?? String(fallback)
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= min && number <= max) return number
    this.refuse(key, `expected a whole number from ${min} to ${max}`)
    return fallback
  }

  url(key: string, protocols: readonly string[], fallback?: string): URL {
    const expected = `a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`
    const value = fallback === undefined ? this.required(key, expected) : (this.optional(key) ?? fallback)
    const url = URL.parse(value)
    if (value && !(url && protocols.includes(url.protocol))) this.refuse(key, `expected ${expected}`)
    return url ?? new URL('http://invalid')
  }
}
