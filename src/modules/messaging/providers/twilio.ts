import twilio, { type Twilio } from 'twilio'
import { DomainError } from '#platform/errors.ts'
import { handOverEach } from './in-parallel.ts'
import type { Callback, Outcome, Outgoing, Provider, Unknown } from './provider.ts'
import { reachingPeople } from './reaching-people.ts'
import { TwilioBusy, TwilioClient } from './twilio-client.ts'
import { contactOf, refusalOf, stateOf } from './twilio-codes.ts'

export interface TwilioOptions {
  accountSid: string
  authToken: string
  /** Sender: a number in E.164, or the SID of a messaging service (MG…). */
  from: string
  baseUrl?: string | undefined
  /** Public address of this service, for the receipt webhook. */
  publicUrl: URL
  concurrency: number
  timeoutMs?: number
}

/** Twilio's `OptOutType`: how Twilio itself classified a reply, in any language. */
const wishes: Readonly<Record<string, 'opt_out' | 'opt_in'>> = { STOP: 'opt_out', START: 'opt_in' }

const timeoutMsDefault = 15_000

/**
 * Creates a provider that sends text messages through Twilio. Our id is in the signed address of the receipt webhook.
 */
export function createTwilioProvider(options: TwilioOptions): Provider {
  const { accountSid, authToken, concurrency } = options
  const httpClient = new TwilioClient({
    baseUrl: options.baseUrl,
    timeout: options.timeoutMs ?? timeoutMsDefault,
    maxSockets: concurrency,
  })
  // `env: {}` stops the SDK from reading TWILIO_… variables; only the configuration counts.
  const client = twilio(accountSid, authToken, { httpClient, env: {}, autoRetry: false })

  async function sendOne(message: Outgoing): Promise<Outcome> {
    const to = e164(message.to)
    if (!to) return { outcome: 'refused', reason: 'contact_invalid' }
    try {
      const { sid } = await client.messages.create({
        to,
        ...senderOf(options.from),
        ...contentOf(message),
        ...callbackOf(options, message),
      })
      return { outcome: 'accepted', providerId: sid }
    } catch (error) {
      return outcomeOf(error)
    }
  }

  return reachingPeople({
    name: 'twilio',
    capabilities: {
      batch: concurrency * 4,
      signature: true,
      // Twilio's rules for China forbid links. A fixed address is part of the template that the city files.
      links: 'fixed',
      filedTemplatesOnly: false,
      billing: 'gsm',
      segmentsMax: 10,
      receipts: true,
    },
    send: (messages, handOver) => handOverEach(messages, handOver, concurrency, sendOne),
    settlesAfterMinutes: 5,
    lookup: (unknown) => lookUp(client, unknown),
    parseReceipts: (callback) => [receiptOf(verified(callback, authToken))],
    parseInbound: (callback) => {
      const { fields } = verified(callback, authToken)
      const wish = wishes[fields.OptOutType?.toUpperCase() ?? '']
      return [{ from: fields.From ?? '', text: fields.Body ?? '', ...(wish && { wish }) }]
    },
    async close() {},
  })
}

/** Search window of `lookUp` in minutes around our stamp: clock difference before it, delay of Twilio after it. */
const lookupMinutes = { before: 2, after: 10 }

/**
 * Twilio does not store our id, so a message is found by exclusion: a message to its number in that time window which
 * is none of the messages with a known id is this one. If there is none, it was never taken.
 */
async function lookUp(client: Twilio, unknown: readonly Unknown[]): Promise<Map<string, 'sent' | 'absent'>> {
  const found = new Map<string, 'sent' | 'absent'>()
  for (const { messageId, since, to, otherIds } of unknown) {
    const number = e164(to)
    if (!number) continue
    try {
      const sent = await client.messages.list({
        to: number,
        dateSentAfter: since.minus({ minutes: lookupMinutes.before }).toJSDate(),
        dateSentBefore: since.plus({ minutes: lookupMinutes.after }).toJSDate(),
        limit: 50,
      })
      const others = sent.filter(({ sid }) => !otherIds.includes(sid))
      found.set(messageId, others.some(({ direction }) => direction !== 'inbound') ? 'sent' : 'absent')
    } catch {
      // No answer now; the next run asks again.
    }
  }
  return found
}

/**
 * E.164 of a stored number: a mainland mobile number without country code, or one with `+`. Undefined for landlines.
 */
function e164(stored: string): string | undefined {
  if (/^1[3-9]\d{9}$/.test(stored)) return `+86${stored}`
  return /^\+[1-9]\d{6,14}$/.test(stored) ? stored : undefined
}

function senderOf(from: string) {
  return from.startsWith('MG') ? { messagingServiceSid: from } : { from }
}

function contentOf({ template, text }: Outgoing) {
  if (!template.filedAs) return { body: text }
  return { contentSid: template.filedAs, contentVariables: JSON.stringify(template.values) }
}

function callbackOf({ publicUrl }: TwilioOptions, { messageId }: Outgoing) {
  const url = new URL(`/api/callbacks/twilio/receipts?message=${messageId}`, publicUrl)
  return { statusCallback: url.href }
}

/** Errors before anything was sent are retried. Without an answer the outcome is unknown. */
function outcomeOf(error: unknown): Outcome {
  if (error instanceof TwilioBusy) return refusalOf(error.status, error.code, error.retryAfterMs)
  const { status, code, syscall } = error as { status?: number; code?: unknown; syscall?: string }
  if (typeof status === 'number') return refusalOf(status, typeof code === 'number' ? code : undefined)
  const neverLeft =
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(String(code))
  if (neverLeft) return { outcome: 'later', reason: 'provider_busy', code: String(code) }
  return { outcome: 'unknown', reason: 'no_answer', ...(typeof code === 'string' ? { code } : {}) }
}

function verified(callback: Callback, authToken: string): Callback {
  const { url, signature, fields } = callback
  if (!signature || !twilio.validateRequest(authToken, signature, url, fields)) {
    throw new DomainError('forbidden', 'callback.forged', 'The signature does not fit.')
  }
  return callback
}

function receiptOf({ url, fields }: Callback) {
  const status = (fields.MessageStatus ?? fields.SmsStatus ?? '').toLowerCase()
  const code = fields.ErrorCode || null
  return {
    messageId: new URL(url).searchParams.get('message'),
    providerId: fields.MessageSid ?? fields.SmsSid ?? null,
    status: status.slice(0, 40),
    state: stateOf(status),
    code: code?.slice(0, 20) ?? null,
    contact: contactOf(code),
  }
}
