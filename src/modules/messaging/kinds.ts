import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'
import type { Channel, Locale } from './words.ts'

/** A variable of a kind: what it is called in a template, and what it may look like. */
export interface Variable {
  zh: string
  en: string
  /** An ordinary value, for previews. */
  sample: string
  /** The longest value to reckon with; texts are measured with it. `sample` when absent. */
  longest?: string
  /** Holds an address: providers that forbid links in variables cannot carry it. */
  link?: boolean
  /** A template without it would leave out what people must know. */
  required?: boolean
}

export interface Words {
  subject?: { zh: string; en: string }
  body: { zh: string; en: string }
  /** Its equal twin for providers that allow no link: a code to be entered at an address people know. */
  withoutLinks?: { zh: string; en: string }
}

/** Values of a kind's variables for one message. */
export type Values = Record<string, string>

/**
 * What the slice that causes a kind of message provides. Everything is asked at the moment of sending and for many
 * messages at once; the reader sees committed data.
 */
export interface KindDefinition {
  zh: string
  en: string
  variables: Record<string, Variable>
  /** Its own words, used until somebody saves a template. For a text message without the 【signature】. */
  words: Record<Channel, Words>
  /** Sent at any hour: only for what somebody is waiting for this minute, such as a sign-in code. */
  atAnyHour?: boolean
  /** Which of the subjects still have something to be told. Whoever is not among them is left out. */
  stillDue(reader: Reader, subjects: readonly string[], now: DateTime): Promise<ReadonlySet<string>>
  /**
   * The values of the variables, one entry for each entry of `messages`, in the same order. An entry lists the
   * subjects of one message that are still due, at least one. `undefined`: it cannot be told (any more).
   */
  render(
    reader: Reader,
    messages: readonly (readonly string[])[],
    options: { locale: Locale; now: DateTime },
  ): Promise<(Values | undefined)[]>
}

/** Who provides the content of which kind of message; filled in `app.ts`. */
export class MessageKinds {
  readonly #kinds = new Map<string, KindDefinition>()

  /** @throws Error when the kind has an owner already */
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
