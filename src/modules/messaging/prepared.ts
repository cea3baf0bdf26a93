import type { DateTime } from 'luxon'
import type { ContactMark } from '#modules/organisation/index.ts'
import type { contacts } from '#modules/organisation/schema.ts'
import type { Message } from './claim.ts'
import type { Outgoing, Provider } from './providers/provider.ts'
import type { MessageRequest } from './queue-messages.ts'
import type { templates } from './schema.ts'
import type { Reason } from './words.ts'

/** The decision about a claimed message: send it, postpone it, split it, or end it without sending. */
export type Prepared = Decided & {
  /** Messages to whoever holds an office now that the reader of this one held when it was written. */
  passOn?: MessageRequest[]
}

type Decided =
  | { message: Message; send: Outgoing; provider: Provider; segments: number }
  | { message: Message; postponeTo: DateTime }
  | { message: Message; apart: readonly string[] }
  | { message: Message; end: 'expired' | 'suppressed' | 'cancelled' | 'dead'; reason: Reason }

/** The data of a batch that is loaded before any kind is called. */
export interface Facts {
  contacts: Map<string, typeof contacts.$inferSelect>
  events: Map<string, { timeZone: string }>
  /** For each message its subjects, each with the marks of the contact that count for that person alone. */
  subjects: Map<string, Map<string, Set<ContactMark>>>
  templates: Map<string, typeof templates.$inferSelect>
}
