import type { DateTime } from 'luxon'
import type { Locale, MessageState, ProviderName, Reason } from '../words.ts'

/** What a provider can carry. Templates are checked against it when they are saved. */
export interface Capabilities {
  /** Messages taken by one call. */
  batch: number
  /** Whether the text must open with 【signature】. */
  signature: boolean
  /** Where an address may stand: anywhere, only as fixed words of the template, or nowhere. */
  links: 'anywhere' | 'fixed' | 'nowhere'
  /** Sends only templates that were filed with it, by their name and values. */
  filedTemplatesOnly: boolean
  /** `china`: 70 characters, or 67 a part; `gsm`: 160/153, or 70/67 outside GSM-7. */
  billing: 'china' | 'gsm' | 'none'
  /** Parts at most. */
  segmentsMax: number
  /** Reports later what became of a message. */
  receipts: boolean
}

/** A message at the moment it is handed over. Template and values come first; `text` is what they make. */
export interface Outgoing {
  messageId: string
  kind: string
  /** The number as stored, or an address. Never logged. */
  to: string
  locale: Locale
  template: { filedAs: string | null; values: Record<string, string> }
  subject: string | null
  text: string
}

/**
 * What became of it, as far as the call tells. `refused`: certainly not sent, and never will be. `later`: certainly
 * not sent, try again. `stopped`: certainly not sent, and nothing will be until somebody mends the set-up.
 * `unknown`: nobody can say.
 */
export type Outcome =
  | { outcome: 'accepted' | 'sent' | 'delivered'; providerId: string | null }
  | { outcome: 'refused'; reason: Reason; code?: string; contact?: 'invalid' | 'opted_out' }
  | { outcome: 'later'; reason: Reason; code?: string; retryAfterMs?: number }
  | { outcome: 'stopped'; reason: Reason; code?: string }
  | { outcome: 'unknown'; reason: Reason; code?: string }

/** A provider's later report on one message. */
export interface Receipt {
  /** Our id, where the provider hands it back. */
  messageId: string | null
  providerId: string | null
  status: string
  state: Extract<MessageState, 'accepted' | 'sent' | 'delivered' | 'undelivered'> | null
  code: string | null
  contact?: 'invalid' | 'opted_out'
}

/** Something that a receiver wrote back. */
export interface Inbound {
  from: string
  text: string
}

/** A callback as it came in. `url` is the public one, made from PUBLIC_URL and never from the request's headers. */
export interface Callback {
  url: string
  signature: string | undefined
  fields: Record<string, string>
}

/** One way to carry messages. Holds no state of ours: everything that must last is in the outbox. */
export interface Provider {
  readonly name: ProviderName
  readonly capabilities: Capabilities
  /** Hands over at most `capabilities.batch` messages; one outcome for each, in order. Never throws. */
  send(messages: readonly Outgoing[]): Promise<Outcome[]>
  /**
   * Of messages whose outcome is unknown: those it certainly took, and, where it can be sure, those it never saw.
   * Without it only receipts can settle them.
   */
  lookup?(
    messages: readonly { messageId: string; since: DateTime }[],
  ): Promise<Map<string, 'sent' | 'absent'>>
  /** @throws DomainError forbidden `callback.forged` */
  parseReceipts?(callback: Callback): Receipt[]
  /** @throws DomainError forbidden `callback.forged` */
  parseInbound?(callback: Callback): Inbound[]
  close(): Promise<void>
}
