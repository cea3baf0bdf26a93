import type { DateTime } from 'luxon'
import type { Locale, MessageState, ProviderName, Reason } from '../words.ts'

/** What a provider can send. Templates are checked against it when they are saved. */
export interface Capabilities {
  /** Maximum number of messages in one call. */
  batch: number
  /** Whether the text must start with 【signature】. */
  signature: boolean
  /** Where a URL may be: anywhere, only in the fixed text of the template, or nowhere. */
  links: 'anywhere' | 'fixed' | 'nowhere'
  /** Sends only templates that were filed with the provider, by name and values. */
  filedTemplatesOnly: boolean
  /** Billing of parts. `china`: 70 characters, or 67 per part; `gsm`: 160/153, or 70/67 outside GSM-7. */
  billing: 'china' | 'gsm' | 'none'
  /** Maximum number of parts. */
  segmentsMax: number
  /** Whether delivery receipts arrive later. */
  receipts: boolean
}

/** A message at the moment it is handed to a provider. `text` is the template filled with the values. */
export interface Outgoing {
  messageId: string
  kind: string
  /** The number or address. Never logged. */
  to: string
  locale: Locale
  template: { filedAs: string | null; values: Record<string, string> }
  subject: string | null
  text: string
  /** One-click unsubscribe URL; null for text messages and for mails that cannot be declined. */
  unsubscribeUrl: string | null
}

/**
 * The outcome of a call. `refused`: not sent, permanent failure. `later`: not sent, retry. `kept`: not sent, the
 * message goes back to the queue. `stopped`: not sent, the provider is wrongly configured and is held. `unknown`:
 * nobody can tell.
 */
export type Outcome =
  | { outcome: 'accepted' | 'sent' | 'delivered'; providerId: string | null }
  | { outcome: 'refused'; reason: Reason; code?: string; contact?: 'invalid' | 'opted_out' }
  | { outcome: 'later'; reason: Reason; code?: string; retryAfterMs?: number }
  | { outcome: 'stopped'; reason: Reason; code?: string }
  | { outcome: 'unknown'; reason: Reason; code?: string }
  /** Not handed over: another process has the message now, or the service is stopping. */
  | { outcome: 'kept' }

/**
 * What a provider calls around each hand-over, so that after a crash it is known which messages were never handed over.
 */
export interface HandOver {
  /**
   * Stamps these messages durably before the call. Returns those that may be handed over: not those that another
   * process has claimed in the meantime, and none while the service stops.
   */
  begin(messageIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Resolves when the service stops and cannot wait longer for the provider's answer. */
  readonly cut: Promise<Outcome>
}

/** A delivery receipt for one message. */
export interface Receipt {
  /** Our message id, if the provider returns it. */
  messageId: string | null
  providerId: string | null
  status: string
  state: Extract<MessageState, 'accepted' | 'sent' | 'delivered' | 'undelivered'> | null
  code: string | null
  contact?: 'invalid' | 'opted_out'
}

/** A reply of a receiver. */
export interface Inbound {
  from: string
  text: string
  /** The opt-out or opt-in that the provider itself recognised. */
  wish?: 'opt_out' | 'opt_in'
}

/** A webhook request. `url` is built from PUBLIC_URL, never from headers of the request. */
export interface Callback {
  url: string
  signature: string | undefined
  fields: Record<string, string>
}

/** A message with an unknown outcome: the provider may or may not have taken it. */
export interface Unknown {
  messageId: string
  /** When it was handed over, or when it became unknown at the latest. */
  since: DateTime
  to: string
  /** The provider's ids of other messages to the same contact, as far as known. */
  otherIds: readonly string[]
}

/** An adapter for one way to send messages. Stateless: everything durable is in the outbox. */
export interface Provider {
  readonly name: ProviderName
  readonly capabilities: Capabilities
  /**
   * Whether a message that is handed over twice reaches the receiver once, so that an unknown one may be sent again.
   */
  readonly repeatable?: boolean
  /** Hands over at most `capabilities.batch` messages; one outcome for each, in order. Must not throw. */
  send(messages: readonly Outgoing[], handOver: HandOver): Promise<Outcome[]>
  /**
   * Minutes after a hand-over from which `absent` of `lookup` is final: before that, a call may still be in progress.
   */
  readonly settlesAfterMinutes?: number
  /**
   * For messages with unknown outcome: `sent` for those it took, `absent` for those it certainly never received.
   * Without this function only receipts settle them.
   */
  lookup?(messages: readonly Unknown[]): Promise<Map<string, 'sent' | 'absent'>>
  /** @throws DomainError forbidden `callback.forged` */
  parseReceipts?(callback: Callback): Receipt[]
  /** @throws DomainError forbidden `callback.forged` */
  parseInbound?(callback: Callback): Inbound[]
  /** What a mail that came back says of ours; undefined when it is none, or about a mail that is not ours. */
  parseBounce?(mail: Uint8Array): Promise<Receipt | undefined>
  close(): Promise<void>
}
