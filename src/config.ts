import path from 'node:path'
import type { DateTime } from 'luxon'
import { targetOf } from '#platform/database/url.ts'
import { instantFrom } from '#platform/time.ts'
import { ConfigError, type Env, Environment } from './config/environment.ts'
import { type MessageSettings, messages } from './config/messages.ts'

/** How strict passwords and session timeouts are. `djbh-2`: 等保 2.0 level 2 (China's classified protection). */
export type SecurityProfile = 'default' | 'djbh-2'
export interface RateLimits {
  /** Requests per minute of one signed-in session. */
  perSession: number
  /** Requests per minute to public routes from one address. */
  perAddress: number
  /** Requests per minute with one personal link. */
  perLink: number
  /** Unknown personal links per minute from one address; known ones are never counted by address. */
  missesPerAddress: number
}

/** 主办、牵头单位: the organisation named to people as responsible for their data (PIPL art. 17). */
export interface LeadBody {
  /** Undefined: the organiser of each event is named instead. */
  name: string | undefined
  phone: string | undefined
  /** Years for which attendance records are kept, as stated to people. */
  attendanceKeptYears: number
}

export type TrustProxy = boolean | number | string[]

export interface Config {
  databaseUrl: string
  /** PostgreSQL connections of this process. */
  databaseConnections: number
  /** The address people reach the service at; decides every link and whether cookies are Secure. */
  publicUrl: URL
  host: string
  port: number
  /** Trusted sources of `X-Forwarded-*`: none (false), all (true), a number of hops, or addresses and networks. */
  trustProxy: TrustProxy
  clock: 'system' | 'simulated'
  /** The start of a simulated clock; the present by default. */
  clockStart: DateTime | undefined
  /** IANA zone for events that name none. */
  timeZone: string
  /** Uploads, the message log and other files of the service. */
  dataDir: string
  /** The key file. It is never part of the database or its backups. */
  keysFile: string
  /** Where backups are written, and the key that opens them: neither beside the other, nor beside `keysFile`. */
  backups: { folder: string; keyFile: string; keyNamed: boolean }
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  security: {
    profile: SecurityProfile
    auditRetentionDays: number
    /** A second copy of the audit trail's head, on another disk than the database and the keys. */
    auditHeadCopy: string | undefined
  }
  /** Whether phones keep the roll page for times without network; if not, what they kept removes itself. */
  phoneOffline: boolean
  /** The bearer token for /metrics; without one the route does not exist. */
  metricsToken: string | undefined
  limits: RateLimits
  messages: MessageSettings
  /** The area code for landlines in lists that have none; if not set, such numbers are refused. */
  areaCode: string | undefined
  leadBody: LeadBody
  /** Path of LibreOffice's `soffice`, which converts .xls; without it such files are refused. */
  soffice: string | undefined
  /** Jobs this process runs concurrently; 0 leaves them to other processes. */
  workers: number
  /** With more people than this, reports, exports and the input of plans are read in a process of their own. */
  readBesideFrom: number
  /** /health/ready fails below this much free space under `dataDir`. */
  freeDiskMinMb: number
}

function areaCode(env: Environment): string | undefined {
  const value = env.optional('AREA_CODE')
  if (value !== undefined && !/^0\d{2,3}$/.test(value))
    env.refuse('AREA_CODE', 'expected an area code such as 024 or 0414')
  return value
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

function trustProxy(env: Environment): TrustProxy {
  const value = env.optional('TRUST_PROXY') ?? 'false'
  if (value === 'false') return false
  if (value === 'true') return true
  if (/^[1-9]$/.test(value)) return Number(value)
  const networks = value.split(',').map((network) => network.trim())
  if (
    !networks.every((network) => /^(loopback|linklocal|uniquelocal|[\da-fA-F:.]+(\/\d{1,3})?)$/.test(network))
  ) {
    env.refuse(
      'TRUST_PROXY',
      'expected false, true, how many proxies stand in front (1 to 9), or a list of addresses and networks such as 10.0.0.0/8,127.0.0.1',
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

function limits(env: Environment): RateLimits {
  return {
    perSession: env.whole('LIMIT_PER_SESSION', 6000, { min: 1 }),
    perAddress: env.whole('LIMIT_PER_ADDRESS', 600, { min: 1 }),
    perLink: env.whole('LIMIT_PER_LINK', 60, { min: 1 }),
    missesPerAddress: env.whole('LIMIT_MISSES_PER_ADDRESS', 60, { min: 1 }),
  }
}

function filePath(env: Environment, key: string): string | undefined {
  const given = env.optional(key)
  return given && path.resolve(given)
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
  const backupKeyFile = filePath(env, 'BACKUP_KEY_FILE')
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
    backups: {
      folder: filePath(env, 'BACKUP_DIR') ?? `${dataDir}-backups`,
      keyFile: backupKeyFile ?? path.join(`${dataDir}-backup-key`, 'backup-key.json'),
      keyNamed: backupKeyFile !== undefined,
    },
    logLevel: env.oneOf('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    security: {
      profile: env.oneOf('SECURITY_PROFILE', ['default', 'djbh-2'], 'default'),
      auditRetentionDays: env.whole('AUDIT_RETENTION_DAYS', 365, { min: 180, max: 36500 }),
      auditHeadCopy: filePath(env, 'AUDIT_HEAD_COPY'),
    },
    phoneOffline: env.oneOf('PHONE_OFFLINE', ['on', 'off'], 'on') === 'on',
    metricsToken: env.token('METRICS_TOKEN'),
    limits: limits(env),
    messages: messages(env, dataDir),
    areaCode: areaCode(env),
    leadBody: {
      name: env.optional('LEAD_BODY'),
      phone: env.optional('LEAD_BODY_PHONE'),
      attendanceKeptYears: env.whole('ATTENDANCE_KEPT_YEARS', 5, { min: 1, max: 100 }),
    },
    soffice: env.optional('SOFFICE'),
    workers: env.whole('WORKERS', 4, { min: 0, max: 64 }),
    readBesideFrom: env.whole('READ_BESIDE_FROM', 2000),
    freeDiskMinMb: env.whole('FREE_DISK_MIN_MB', 256),
  }
  if (env.problems.length > 0) throw new ConfigError(env.problems)
  return config
}
