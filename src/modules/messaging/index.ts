/** Public interface: the outbox, the kinds of messages and the providers. */
export { type Cancellation, cancelMessages } from './cancel-messages.ts'
export {
  type KindDefinition,
  MessageKinds,
  type OfficeReader,
  type Values,
  type Variable,
  type Words,
} from './kinds.ts'
export { messagingMerge } from './merge.ts'
export { createMessaging, type Messaging } from './messaging.ts'
export type { Outcome, Outgoing, Provider } from './providers/provider.ts'
export { type MessageRequest, type Queued, queueMessages } from './queue-messages.ts'
export { afterQuietHours, beforeQuietHours, type QuietHours } from './rules.ts'
export { type AboutPerson, type Subject, subjectKinds } from './subjects.ts'
export { byStateOf, type KindTotals, messageTotals } from './totals.ts'
export * from './words.ts'
