import path from 'node:path'
import type { DateTime } from 'luxon'
import { targetOf } from '#platform/database/url.ts'
import { instantFrom } from '#platform/time.ts'

/** How strict passwords and idle sessions are. `djbh-2` is the classified protection of China, level 2. */
export type SecurityProfile = 'default' | 'djbh-2'
const channelNames = ['log', 'twilio', 'smtp'] as const
/** `log` carries everything into a file; `twilio` carries text messages, `smtp` carries mail. */
export type ChannelName = (typeof channelNames)[number]

export interface TwilioSettings {
  accountSid: string
  authToken: string
  /** A sender's number in E.164, or the SID of a messaging service. */
  from: string
  /** Another address of the API, for a gateway that speaks it. */
  baseUrl: string | undefined
}

export interface SmtpSettings {
  url: URL
  from: string
}

export interface MessageSettings {
  channels: readonly ChannelName[]
  /** One JSON line per message of the `log` channel. */
  logFile: string
  /** The filed signature that opens every text message, without its brackets: 【志愿本溪】. */
  signature: string
  /** Local times between which nothing is sent; `from` may be later than `to`, across midnight. */
  quietHours: { from: string; to: string } | undefined
  /** How many messages are handed to the channel at once. */
  concurrency: number
  twilio: TwilioSettings | undefined
  smtp: SmtpSettings | undefined
}

export interface RateLimits {
  /** Requests a minute of one signed-in session. */
  perSession: number
  /** Requests a minute to public routes from one address. */
  perAddress: number
  /** Requests a minute with one personal link. */
  perLink: number
  /** Unknown personal links a minute from one address; known ones are never counted by address. */
  missesPerAddress: number
}

export interface Config {
  databaseUrl: string
  /** PostgreSQL connections of this process. */
  databaseConnections: number
  /** The address people reach the service at; decides every link and whether cookies are Secure. */
  publicUrl: URL
  host: string
  port: number
  /** Whose `X-Forwarded-*` headers are believed: nobody, everybody, or these addresses and networks. */
  trustProxy: boolean | string[]
  clock: 'system' | 'simulated'
  /** Where a simulated clock begins; the present unless told. */
  clockStart: DateTime | undefined
  /** IANA zone for events that name none. */
  timeZone: string
  /** Uploads, the message log and other files of the service. */
  dataDir: string
  /** The key ring: a file that is never in the database nor in its backups. */
  keysFile: string
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  security: { profile: SecurityProfile; auditRetentionDays: number }
  limits: RateLimits
  messages: MessageSettings
  /** LibreOffice's `soffice`, which converts .xls; without it such files are refused. */
  soffice: string | undefined
  /** Jobs run side by side by this process; 0 leaves them to other processes. */
  workers: number
  /** /health/ready fails below this much free space under `dataDir`. */
  freeDiskMinMb: number
}

/** The environment cannot be used. Names every key that is wrong, and what is expected of it. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

type Env = Readonly<Record<string, string | undefined>>

/** Reads keys one by one and remembers what was wrong, so that one start names every mistake. */
class Environment {
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

function databaseUrl(env: Environment): string {
  const value = env.optional('DATABASE_URL') ?? 'sqlite:data/muster.sqlite'
  try {
    targetOf(value)
  } catch {
    env.refuse('DATABASE_URL', 'expected sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME')
  }
  return value
}

function publicUrl(env: Environment, port: number): URL {
  const url = env.url('PUBLIC_URL', ['http:', 'https:'], `http://localhost:${port}`)
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    env.refuse('PUBLIC_URL', 'expected only scheme, host and port, such as https://muster.example.cn')
  }
  return url
}

function trustProxy(env: Environment): boolean | string[] {
  const value = env.optional('TRUST_PROXY') ?? 'false'
  if (value === 'false') return false
  if (value === 'true') return true
  const networks = value.split(',').map((network) => network.trim())
  if (
    !networks.every((network) => /^(loopback|linklocal|uniquelocal|[\da-fA-F:.]+(\/\d{1,3})?)$/.test(network))
  ) {
    env.refuse(
      'TRUST_PROXY',
      'expected false, true, or a list of addresses and networks such as 10.0.0.0/8,127.0.0.1',
    )
  }
  return networks
}

function clock(env: Environment, url: URL): 'system' | 'simulated' {
  const choice = env.oneOf('CLOCK', ['system', 'simulated'], 'system')
  if (choice === 'simulated' && url.protocol === 'https:') {
    env.refuse('CLOCK', 'expected system, because PUBLIC_URL is https: a real service runs on real time')
  }
  return choice
}

function clockStart(env: Environment): DateTime | undefined {
  const value = env.optional('CLOCK_START')
  try {
    return value === undefined ? undefined : instantFrom(value)
  } catch {
    env.refuse('CLOCK_START', 'expected an instant such as 2026-02-20T09:00:00+08:00')
    return undefined
  }
}

function timeZone(env: Environment): string {
  const zone = env.optional('TIME_ZONE') ?? 'Asia/Shanghai'
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    env.refuse('TIME_ZONE', 'expected an IANA zone of time such as Asia/Shanghai')
  }
  return zone
}

function quietHours(env: Environment): MessageSettings['quietHours'] {
  const value = env.optional('QUIET_HOURS') ?? '21:00-08:00'
  if (value === 'none') return undefined
  const match = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(value)
  if (!match) env.refuse('QUIET_HOURS', 'expected HH:MM-HH:MM in the time of the event, or none')
  return { from: match?.[1] ?? '', to: match?.[2] ?? '' }
}

function twilio(env: Environment): TwilioSettings {
  return {
    accountSid: env.required('TWILIO_ACCOUNT_SID', 'the account SID, AC…'),
    authToken: env.required('TWILIO_AUTH_TOKEN', 'the auth token of the account'),
    from: env.required('TWILIO_FROM', 'a sender as +8613800000000 or a messaging service MG…'),
    baseUrl: env.optional('TWILIO_BASE_URL'),
  }
}

function smtp(env: Environment): SmtpSettings {
  return {
    url: env.url('SMTP_URL', ['smtp:', 'smtps:']),
    from: env.required('SMTP_FROM', 'a sender such as "Muster <muster@example.cn>"'),
  }
}

function channelsOf(env: Environment): ChannelName[] {
  const names = (env.optional('MESSAGE_CHANNEL') ?? 'log').split(',').map((name) => name.trim())
  const known = names.every((name): name is ChannelName => (channelNames as readonly string[]).includes(name))
  // `log` takes every message, so nothing would be left for another.
  if (known && (names.length === 1 || !names.includes('log'))) return names
  env.refuse('MESSAGE_CHANNEL', 'expected log, twilio, smtp, or twilio,smtp')
  return ['log']
}

function messages(env: Environment, dataDir: string): MessageSettings {
  const channels = channelsOf(env)
  return {
    channels,
    logFile: path.resolve(env.optional('MESSAGE_LOG_FILE') ?? path.join(dataDir, 'messages.jsonl')),
    signature: env.optional('SMS_SIGNATURE') ?? '集结',
    quietHours: quietHours(env),
    concurrency: env.whole('MESSAGE_CONCURRENCY', 16, { min: 1, max: 256 }),
    twilio: channels.includes('twilio') ? twilio(env) : undefined,
    smtp: channels.includes('smtp') ? smtp(env) : undefined,
  }
}

function limits(env: Environment): RateLimits {
  return {
    perSession: env.whole('LIMIT_PER_SESSION', 6000, { min: 1 }),
    perAddress: env.whole('LIMIT_PER_ADDRESS', 600, { min: 1 }),
    perLink: env.whole('LIMIT_PER_LINK', 60, { min: 1 }),
    missesPerAddress: env.whole('LIMIT_MISSES_PER_ADDRESS', 60, { min: 1 }),
  }
}

/**
 * The configuration of the service, from the environment.
 * @throws ConfigError naming every key that is wrong and what is expected of it
 */
export function loadConfig(source: Env = process.env): Config {
  const env = new Environment(source)
  const port = env.whole('PORT', 3000, { min: 0, max: 65535 })
  const url = publicUrl(env, port)
  const dataDir = path.resolve(env.optional('DATA_DIR') ?? 'data')
  const config: Config = {
    databaseUrl: databaseUrl(env),
    databaseConnections: env.whole('DATABASE_CONNECTIONS', 12, { min: 2, max: 200 }),
    publicUrl: url,
    host: env.optional('HOST') ?? '127.0.0.1',
    port,
    trustProxy: trustProxy(env),
    clock: clock(env, url),
    clockStart: clockStart(env),
    timeZone: timeZone(env),
    dataDir,
    keysFile: path.resolve(env.optional('KEYS_FILE') ?? path.join(dataDir, 'keys.json')),
    logLevel: env.oneOf('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    security: {
      profile: env.oneOf('SECURITY_PROFILE', ['default', 'djbh-2'], 'default'),
      auditRetentionDays: env.whole('AUDIT_RETENTION_DAYS', 365, { min: 180, max: 36500 }),
    },
    limits: limits(env),
    messages: messages(env, dataDir),
    soffice: env.optional('SOFFICE'),
    workers: env.whole('WORKERS', 4, { min: 0, max: 64 }),
    freeDiskMinMb: env.whole('FREE_DISK_MIN_MB', 256),
  }
  if (env.problems.length > 0) throw new ConfigError(env.problems)
  return config
}
