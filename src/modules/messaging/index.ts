/** Front door: the outbox, who provides the content of its messages, and who carries them. */
export { type Cancellation, cancelMessages } from './cancel-messages.ts'
export { type KindDefinition, MessageKinds, type Values, type Variable, type Words } from './kinds.ts'
export { createMessaging, type Messaging } from './messaging.ts'
export type { Outcome, Outgoing, Provider } from './providers/provider.ts'
export { type MessageRequest, type Queued, queueMessages } from './queue-messages.ts'
export * from './words.ts'
