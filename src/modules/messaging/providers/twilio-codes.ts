import type { Outcome, Receipt } from './provider.ts'

type Refusal = Exclude<Outcome, { outcome: 'accepted' | 'sent' | 'delivered' }>

/**
 * Twilio's error codes by the action they need (https://www.twilio.com/docs/api/errors). For a code that is not listed,
 * the HTTP status decides.
 */
const badContact = new Set([21211, 21214, 21217, 21219, 21401, 21421, 21614])
const optedOut = new Set([21610])
const misconfigured = new Set([
  20003, // authentication failed
  20005, // account not active
  20006, // access denied
  20008, // test credentials
  20404, // no such account or service
  21212, // invalid From
  21408, // region not enabled
  21603, // From missing
  21606, // From cannot send text messages
  21608, // trial account
  21659, // not a number of this account
  21660, // From does not belong to the account
  21701, // no such messaging service
  21703, // no numbers in the service
  63038, // daily limit of the account
])
const busy = new Set([14107, 20429, 21611, 30001, 30022])

/** Receipt codes that mean the number itself is invalid. */
const deadNumber = new Set([30005, 30006, 21211, 21614])

/** The outcome of a refused call. `status` 0: no answer. */
export function refusalOf(status: number, code: number | undefined, retryAfterMs?: number): Refusal {
  const shown = code === undefined ? (status ? { code: `http ${status}` } : {}) : { code: String(code) }
  if (code !== undefined) {
    if (optedOut.has(code)) return { outcome: 'refused', reason: 'opted_out', contact: 'opted_out', ...shown }
    if (badContact.has(code)) {
      return { outcome: 'refused', reason: 'contact_invalid', contact: 'invalid', ...shown }
    }
    if (misconfigured.has(code)) return { outcome: 'stopped', reason: 'provider_misconfigured', ...shown }
    if (busy.has(code)) return { outcome: 'later', reason: 'provider_busy', retryAfterMs, ...shown }
  }
  if (status === 429 || status === 503)
    return { outcome: 'later', reason: 'provider_busy', retryAfterMs, ...shown }
  if (status === 401 || status === 403)
    return { outcome: 'stopped', reason: 'provider_misconfigured', ...shown }
  if (status >= 400 && status < 500) return { outcome: 'refused', reason: 'provider_refused', ...shown }
  return { outcome: 'unknown', reason: 'no_answer', ...shown }
}

const states: Record<string, Receipt['state']> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'undelivered',
}

/** The message state of a receipt's status; null when the status says nothing about delivery. */
export function stateOf(status: string): Receipt['state'] {
  return states[status] ?? null
}

/** The mark that a receipt's error code puts on the contact. */
export function contactOf(code: string | null): Receipt['contact'] {
  const number = Number(code)
  if (optedOut.has(number)) return 'opted_out'
  return deadNumber.has(number) ? 'invalid' : undefined
}
