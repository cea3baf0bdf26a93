import twilio from 'twilio'
import { DomainError } from '#platform/errors.ts'
import { inParallel } from './in-parallel.ts'
import type { Callback, Outcome, Outgoing, Provider } from './provider.ts'
import { reachingPeople } from './reaching-people.ts'
import { TwilioBusy, TwilioClient } from './twilio-client.ts'
import { contactOf, refusalOf, stateOf } from './twilio-codes.ts'

export interface TwilioOptions {
  accountSid: string
  authToken: string
  /** A sender's number in E.164, or the SID of a messaging service (MG…). */
  from: string
  baseUrl?: string | undefined
  /** Where receipts are to be sent: the address of this service as the world sees it. */
  publicUrl: URL
  concurrency: number
  timeoutMs?: number
}

const timeoutMsDefault = 15_000

/** Text messages through Twilio. Signed receipts carry our own id, in the address they are sent to. */
export function createTwilioProvider(options: TwilioOptions): Provider {
  const { accountSid, authToken, concurrency } = options
  const httpClient = new TwilioClient({
    baseUrl: options.baseUrl,
    timeout: options.timeoutMs ?? timeoutMsDefault,
    maxSockets: concurrency,
  })
  // `env: {}`: the configuration decides, never TWILIO_… variables that the SDK would read by itself.
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
      // Its rules for China allow no links: a fixed address in the words is for the city to have filed.
      links: 'fixed',
      filedTemplatesOnly: false,
      billing: 'gsm',
      segmentsMax: 10,
      receipts: true,
    },
    send: (messages) => inParallel(messages, concurrency, sendOne),
    parseReceipts: (callback) => [receiptOf(verified(callback, authToken))],
    parseInbound: (callback) => {
      const { fields } = verified(callback, authToken)
      return [{ from: fields.From ?? '', text: fields.Body ?? '' }]
    },
    async close() {},
  })
}

/** A mainland number without its country, as it is stored, or one with `+`. Landlines get no text messages. */
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

/** Errors before anything was sent are tried again; without an answer nobody knows. */
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
