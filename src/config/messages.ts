import path from 'node:path'
import type { Environment } from './environment.ts'

const channelNames = ['log', 'twilio', 'smtp'] as const
/** `log` writes every message to a file; `twilio` sends text messages; `smtp` sends mail. */
export type ChannelName = (typeof channelNames)[number]

export interface TwilioSettings {
  accountSid: string
  authToken: string
  /** A sender's number in E.164, or the SID of a messaging service. */
  from: string
  /** Another base URL, for a gateway with the same API. */
  baseUrl: string | undefined
}

export interface SmtpSettings {
  url: URL
  from: string
  /** The bearer token of whoever hands in mails that came back; without one nobody does. */
  bounceToken: string | undefined
}

export interface MessageSettings {
  channels: readonly ChannelName[]
  /** One JSON line per message of the `log` channel. */
  logFile: string
  /** The registered signature at the start of every text message, without its brackets: 【志愿本溪】. */
  signature: string
  /** Local times between which nothing is sent; `from` may be later than `to`, across midnight. */
  quietHours: { from: string; to: string } | undefined
  /** How many messages are sent to the channel concurrently. */
  concurrency: number
  twilio: TwilioSettings | undefined
  smtp: SmtpSettings | undefined
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
    bounceToken: env.token('MAIL_BOUNCE_TOKEN'),
  }
}

function channelsOf(env: Environment): ChannelName[] {
  const names = (env.optional('MESSAGE_CHANNEL') ?? 'log').split(',').map((name) => name.trim())
  const known = names.every((name): name is ChannelName => (channelNames as readonly string[]).includes(name))
  // `log` handles every message, so a second channel would never be used.
  if (known && (names.length === 1 || !names.includes('log'))) return names
  env.refuse('MESSAGE_CHANNEL', 'expected log, twilio, smtp, or twilio,smtp')
  return ['log']
}

/** The signature, given with or without its brackets. */
function signature(env: Environment): string {
  const value = env.optional('SMS_SIGNATURE') ?? '集结'
  const bare = (/^【(.*)】$/u.exec(value)?.[1] ?? value).trim()
  if (!/^[^【】\p{Cc}]{2,12}$/u.test(bare))
    env.refuse('SMS_SIGNATURE', 'expected 2 to 12 characters, such as 本溪文明办')
  return bare
}

/** What carries messages, from where and when. */
export function messages(env: Environment, dataDir: string): MessageSettings {
  const channels = channelsOf(env)
  return {
    channels,
    logFile: path.resolve(env.optional('MESSAGE_LOG_FILE') ?? path.join(dataDir, 'messages.jsonl')),
    signature: signature(env),
    quietHours: quietHours(env),
    concurrency: env.whole('MESSAGE_CONCURRENCY', 16, { min: 1, max: 256 }),
    twilio: channels.includes('twilio') ? twilio(env) : undefined,
    smtp: channels.includes('smtp') ? smtp(env) : undefined,
  }
}
