import type { KindDefinition } from './kinds.ts'
import type { Capabilities } from './providers/provider.ts'
import type { templates } from './schema.ts'
import { type Template, variablesIn } from './template-text.ts'
import type { Channel } from './words.ts'

type Saved = typeof templates.$inferSelect

/**
 * The template to use: the saved one, or the kind's default texts. Providers that forbid links get the default texts
 * without links.
 */
export function templateOf(
  saved: Saved | undefined,
  kind: KindDefinition,
  channel: Channel,
  capabilities: Capabilities,
  signature: string,
): Template {
  if (saved) {
    return {
      signature: channel === 'sms' ? (saved.signature ?? signature) : null,
      subject: saved.subjectZh && saved.subjectEn ? { zh: saved.subjectZh, en: saved.subjectEn } : null,
      body: { zh: saved.bodyZh, en: saved.bodyEn },
      filedAs: saved.providerTemplate,
    }
  }
  const words = kind.words[channel]
  const hasLink = [words.body.zh, words.body.en].some((text) =>
    variablesIn(text).some((name) => kind.variables[name]?.link),
  )
  const body = hasLink && capabilities.links !== 'anywhere' ? (words.withoutLinks ?? words.body) : words.body
  return {
    signature: channel === 'sms' ? signature : null,
    subject: words.subject ?? null,
    body,
    filedAs: null,
  }
}
