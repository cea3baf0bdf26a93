import { openContact } from '#modules/organisation/index.ts'
import type { contacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { tellsAll } from './check-template.ts'
import type { Message } from './claim.ts'
import type { MessagingContext } from './context.ts'
import type { KindDefinition, Values } from './kinds.ts'
import type { Facts, Prepared } from './prepared.ts'
import type { Capabilities } from './providers/provider.ts'
import { segmentsOf } from './segments.ts'
import { filled, onOneLine, signed, type Template } from './template-text.ts'
import { templateOf } from './templates.ts'
import { unsubscribeUrlOf } from './unsubscribe.ts'
import type { Channel, Locale } from './words.ts'

/** The content of a message: the subjects that are still due, and the values for them. */
export interface Told {
  subjects: readonly string[]
  /** The template is filled once with each set of values. */
  values: readonly [Values, ...Values[]]
}

/**
 * Makes text and number, which from here on exist in memory only. If one text cannot name all people of a shared
 * number, the message is split.
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
  // Words that lack something are shown to the office and not sent: the built-in ones tell it meanwhile.
  const own = saved && tellsAll(saved, kind) ? saved : undefined
  const signature = saved?.signature ?? config.messages.signature
  const template = templateOf(own, kind, message.channel, provider.capabilities, signature)
  const words = wordsOf(template, message.channel, message.locale, values, provider.capabilities)
  // A template filed with the provider takes only one set of values.
  const tooMany = template.filedAs !== null && values.length > 1
  if ((words === 'too_long' || tooMany) && subjects.length > 1) {
    return { message, apart: subjects.slice(Math.ceil(subjects.length / 2)) }
  }
  if (words === 'too_long' || !words) return { message, end: 'dead', reason: 'template_unusable' }
  const to = numberOf(keys, facts.contacts.get(message.contactId))
  if (!to) return { message, end: 'dead', reason: 'contact_erased' }
  const { segments, ...text } = words
  const { id: messageId, kind: name, locale } = message
  const unsubscribeUrl =
    message.channel === 'email' && !kind.atAnyHour
      ? unsubscribeUrlOf(keys, config.publicUrl, message.contactId)
      : null
  const filedAs = template.filedAs
  const send = {
    messageId,
    kind: name,
    to,
    locale,
    template: { filedAs, values: values[0] },
    ...text,
    unsubscribeUrl,
  }
  return { message, send, provider, segments }
}

/** Decrypts the number or address of a contact; undefined when that fails. */
export function numberOf(
  keys: KeyRing,
  contact: typeof contacts.$inferSelect | undefined,
): string | undefined {
  try {
    return contact && openContact(keys, contact)
  } catch {
    return undefined
  }
}

/**
 * Fills the template. Undefined when it cannot be sent: not filed, without a subject, or a variable without a value.
 */
function wordsOf(
  template: Template,
  channel: Channel,
  locale: Locale,
  values: Told['values'],
  { billing, segmentsMax, filedTemplatesOnly }: Capabilities,
): { text: string; subject: string | null; segments: number } | 'too_long' | undefined {
  if (filedTemplatesOnly && !template.filedAs) return undefined
  try {
    const body = joined(
      values.map((each) => filled(template.body[locale], each)),
      { channel, locale },
    )
    if (channel === 'email') {
      const subject = onOneLine(filled(template.subject?.[locale] ?? '', values[0]))
      return subject ? { text: body, subject, segments: 0 } : undefined
    }
    const text = signed(onOneLine(body), template.signature)
    const segments = segmentsOf(text, billing)
    return segments <= segmentsMax ? { text, subject: null, segments } : 'too_long'
  } catch {
    return undefined
  }
}

/** Joins the texts for people who share a contact. */
function joined(texts: readonly string[], { channel, locale }: { channel: Channel; locale: Locale }): string {
  if (channel === 'email') return texts.join('\n')
  return texts.join(locale === 'zh' ? '；' : '; ')
}
