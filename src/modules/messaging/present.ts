import { openContact } from '#modules/organisation/index.ts'
import { type KeyRing, maskEmail, maskPhone } from '#platform/crypto/index.ts'
import { isoOf } from '#platform/time.ts'
import { checkTemplate } from './check-template.ts'
import type { HoldView, MessageView, ReceiptView, TemplateView } from './contract.ts'
import type { Hold } from './holds.ts'
import type { KindDefinition } from './kinds.ts'
import type { FullMessage } from './message-queries.ts'
import type { Provider } from './providers/provider.ts'
import type { messageReceipts, templates } from './schema.ts'
import { templateOf } from './templates.ts'
import { type Channel, lanes, messageStates, reasons } from './words.ts'

/** A message as clients see it: the number is masked, the text is not included. */
export function presentMessage(keys: KeyRing, { message, contact, subjects }: FullMessage): MessageView {
  const { state, reason } = message
  return {
    id: message.id,
    kind: message.kind,
    channel: message.channel,
    eventId: message.eventId,
    contactId: message.contactId,
    to: masked(keys, contact),
    subjects,
    state,
    stateName: messageStates[state],
    stateAt: isoOf(message.stateAt),
    reason,
    reasonText: reason && reasons[reason],
    providerCode: message.providerCode,
    provider: message.provider,
    providerId: message.providerId,
    lane: lanes[message.lane] ?? 'newsletter',
    generation: message.generation,
    part: message.part,
    attempts: message.attempts,
    segments: message.segments,
    notBefore: isoOf(message.notBefore),
    expiresAt: message.expiresAt && isoOf(message.expiresAt),
    createdAt: isoOf(message.createdAt),
  }
}

function masked(keys: KeyRing, contact: FullMessage['contact']): string {
  try {
    const value = openContact(keys, contact)
    return contact.kind === 'phone' ? maskPhone(value) : maskEmail(value)
  } catch {
    return '****'
  }
}

/** A delivery receipt of a provider as the API shows it. */
export function presentReceipt(receipt: typeof messageReceipts.$inferSelect): ReceiptView {
  const { id, provider, status, providerCode, moved, receivedAt } = receipt
  return { id, provider, status, providerCode, moved, receivedAt: isoOf(receivedAt) }
}

/** A stop of sending as the API shows it, with the text of its reason in both languages. */
export function presentHold({ id, eventId, provider, reason, providerCode, heldAt }: Hold): HoldView {
  const reasonText = reason && reasons[reason]
  return { id, eventId, provider, reason, reasonText, providerCode, heldAt: isoOf(heldAt) }
}

export interface TemplateParts {
  kind: string
  channel: Channel
  definition: KindDefinition
  saved: typeof templates.$inferSelect | undefined
  provider: Provider
  signature: string
}

/** The template of one kind and channel as the API shows it: the saved text, or else the built-in one. */
export function presentTemplate({
  kind,
  channel,
  definition,
  saved,
  provider,
  signature,
}: TemplateParts): TemplateView {
  const template = templateOf(saved, definition, channel, provider.capabilities, signature)
  return {
    kind,
    kindName: { zh: definition.zh, en: definition.en },
    channel,
    own: saved !== undefined,
    version: saved?.version ?? 0,
    ...template,
    variables: Object.entries(definition.variables).map(([name, variable]) => ({
      name,
      text: { zh: variable.zh, en: variable.en },
      sample: variable.sample,
      link: variable.link ?? false,
      required: variable.required ?? false,
    })),
    check: checkTemplate(template, channel, definition, provider.capabilities),
  }
}
