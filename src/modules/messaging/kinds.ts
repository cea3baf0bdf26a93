import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'
import type { Channel, Locale } from './words.ts'

/** A variable that templates of a kind may use. */
export interface Variable {
  zh: string
  en: string
  /** A typical value, for previews. */
  sample: string
  /** The longest realistic value, to measure texts with. `sample` when absent. */
  longest?: string
  /** The value is a URL. Providers that forbid links in variables cannot send it. */
  link?: boolean
  /** A template must contain it, because people need the information. */
  required?: boolean
}

export interface Words {
  subject?: { zh: string; en: string }
  body: { zh: string; en: string }
  /** The same text for providers that forbid links: a code and a fixed address instead of a link. */
  withoutLinks?: { zh: string; en: string }
}

/** The values of a kind's variables for one set. */
export type Values = Record<string, string>

/** Where whoever holds an office is written to, and the person whom a subject is about in a message to them. */
export interface OfficeReader {
  contactId: string
  personId: string | null
}

/**
 * What a slice registers for a kind of message. Every function is called right before sending, for many messages at
 * once, with a reader of committed data.
 */
export interface KindDefinition {
  zh: string
  en: string
  variables: Record<string, Variable>
  /** The default texts, used while no template is saved. For text messages without the 【signature】. */
  words: Record<Channel, Words>
  /**
   * The billed parts of the default text message at most, filled with the longest realistic values, for an address and a
   * signature as long as a city's. Held by a test: whoever makes a text longer sees what it costs.
   */
  smsParts: number
  /** Ignores quiet hours: only for messages that the receiver waits for now, such as a sign-in code. */
  atAnyHour?: boolean
  /**
   * Sent to an account's number even if the contact is marked invalid: only a manager of the account decides about its
   * number. An opt-out is respected, except by kinds with `atAnyHour`.
   */
  toAccounts?: boolean
  /**
   * The subjects that still have something to be told. Subjects that are not in the set are left out of the message.
   */
  stillDue(reader: Reader, subjects: readonly string[], now: DateTime): Promise<ReadonlySet<string>>
  /**
   * Only for messages to whoever holds an office (a liaison, a leader, an officer): who holds it now, by subject. Whoever held
   * it when the message was written and does not any more is not told; whoever does is told in their place. A subject
   * without an entry has nobody.
   */
  readersOf?(
    reader: Reader,
    subjects: readonly string[],
  ): Promise<ReadonlyMap<string, readonly OfficeReader[]>>
  /**
   * The values of the variables: one entry for each entry of `messages`, in the same order. An entry holds the subjects
   * of one message that are still due, at least one. Several sets of values (people who share a number) fill the text
   * once each, one after the other. `undefined`: the message can no longer be rendered.
   */
  render(
    reader: Reader,
    messages: readonly (readonly string[])[],
    options: { locale: Locale; now: DateTime },
  ): Promise<(Values | readonly Values[] | undefined)[]>
}

/** The registry of kinds. Each slice registers its own, from `app.ts`. */
export class MessageKinds {
  readonly #kinds = new Map<string, KindDefinition>()

  /** @throws Error when the kind is already registered */
  registerKind(kind: string, definition: KindDefinition): void {
    if (this.#kinds.has(kind)) throw new Error(`two slices provide messages of kind ${kind}`)
    this.#kinds.set(kind, definition)
  }

  get(kind: string): KindDefinition | undefined {
    return this.#kinds.get(kind)
  }

  names(): string[] {
    return [...this.#kinds.keys()].sort()
  }
}
