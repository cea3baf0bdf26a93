import { openContact } from '#modules/organisation/index.ts'
import type { contacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Message } from './claim.ts'
import type { MessagingContext } from './context.ts'
import type { KindDefinition, Values } from './kinds.ts'
import type { Facts, Prepared } from './prepare.ts'
import type { Capabilities } from './providers/provider.ts'
import { segmentsOf } from './segments.ts'
import { filled, onOneLine, signed, type Template } from './template-text.ts'
import { templateOf } from './templates.ts'
import type { Channel, Locale } from './words.ts'

/** What a message is to tell: the people who are still due, and the values about them. */
export interface Told {
  subjects: readonly string[]
  values: Values
}

/**
 * The text and the number: they exist from here until the provider has them. A number that stands for more people than
 * one message can name gets several: those who do not fit are told apart.
 */
export function compose(
  { config, messaging, keys }: MessagingContext,
  message: Message,
  facts: Facts,
  told: Told | undefined,
): Prepared {
  if (!told) return { message, end: 'cancelled', reason: 'not_due' }
  const { subjects, values } = told
  const kind = messaging.kinds.get(message.kind) as KindDefinition
  const provider = messaging.providers[message.channel]
  const saved = facts.templates.get(`${message.kind} ${message.channel}`)
  const template = templateOf(saved, kind, message.channel, provider.capabilities, config.messages.signature)
  const words = wordsOf(template, message.channel, message.locale, values, provider.capabilities)
  if (words === 'too_long' && subjects.length > 1) {
    return { message, apart: subjects.slice(Math.ceil(subjects.length / 2)) }
  }
  if (words === 'too_long' || !words) return { message, end: 'dead', reason: 'template_unusable' }
  const to = numberOf(keys, facts.contacts.get(message.contactId))
  if (!to) return { message, end: 'dead', reason: 'contact_erased' }
  const { segments, ...text } = words
  const { id: messageId, kind: name, locale } = message
  const send = { messageId, kind: name, to, locale, template: { filedAs: template.filedAs, values }, ...text }
  return { message, send, provider, segments }
}

function numberOf(keys: KeyRing, contact: typeof contacts.$inferSelect | undefined): string | undefined {
  try {
    return contact && openContact(keys, contact)
  } catch {
    return undefined
  }
}

/** Undefined where the template cannot be carried: not filed, no subject, a variable without a value. */
function wordsOf(
  template: Template,
  channel: Channel,
  locale: Locale,
  values: Values,
  { billing, segmentsMax, filedTemplatesOnly }: Capabilities,
): { text: string; subject: string | null; segments: number } | 'too_long' | undefined {
  if (filedTemplatesOnly && !template.filedAs) return undefined
  try {
    const body = filled(template.body[locale], values)
    if (channel === 'email') {
      const subject = onOneLine(filled(template.subject?.[locale] ?? '', values))
      return subject ? { text: body, subject, segments: 0 } : undefined
    }
    const text = signed(onOneLine(body), template.signature)
    const segments = segmentsOf(text, billing)
    return segments <= segmentsMax ? { text, subject: null, segments } : 'too_long'
  } catch {
    return undefined
  }
}
