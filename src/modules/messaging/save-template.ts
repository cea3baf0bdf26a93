import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { checkTemplate } from './check-template.ts'
import type { TemplateChange } from './contract.ts'
import type { KindDefinition } from './kinds.ts'
import type { Messaging } from './messaging.ts'
import { templates } from './schema.ts'
import type { Template } from './template-text.ts'
import type { Channel } from './words.ts'

export interface TemplateKey {
  kind: string
  channel: Channel
}

/** The definition of a kind. @throws DomainError `message.kind_missing` */
export function kindOf({ kinds }: Pick<Messaging, 'kinds'>, kind: string): KindDefinition {
  const definition = kinds.get(kind)
  if (!definition) {
    throw new DomainError('missing', 'message.kind_missing', 'There is no such kind of message.', { kind })
  }
  return definition
}

/** The saved template of a kind and channel, if there is one. */
export async function savedTemplate(reader: Reader, { kind, channel }: TemplateKey) {
  const [saved] = await reader
    .select()
    .from(templates)
    .where(and(eq(templates.kind, kind), eq(templates.channel, channel)))
  return saved
}

/** The submitted change as a template. Without its own signature it gets the service's signature. */
export function proposedTemplate(change: TemplateChange, channel: Channel, signature: string): Template {
  return {
    signature: channel === 'sms' ? (change.signature ?? signature) : null,
    subject: change.subject ?? null,
    body: change.body,
    filedAs: change.filedAs ?? null,
  }
}

export interface SaveTemplate extends TemplateKey {
  change: TemplateChange
  /** The version the client has seen; 0 when there is no saved template. */
  version: number
  signature: string
  by: AuditActor
  at: DateTime
}

/**
 * Saves the template of a kind and channel, if the current provider can send it.
 * @throws DomainError `message.kind_missing`, `template.unusable` (with the problems), `version.stale`
 */
export async function saveTemplate(tx: Writer, messaging: Messaging, save: SaveTemplate): Promise<void> {
  const { kind, channel, change, version, signature, by, at } = save
  const proposed = proposedTemplate(change, channel, signature)
  const { capabilities } = messaging.providers[channel]
  const { usable, problems } = checkTemplate(proposed, channel, kindOf(messaging, kind), capabilities)
  if (!usable) {
    throw new DomainError('invalid', 'template.unusable', 'The provider could not carry this template.', {
      problems,
    })
  }
  const set = {
    signature: change.signature ?? null,
    subjectZh: change.subject?.zh ?? null,
    subjectEn: change.subject?.en ?? null,
    bodyZh: change.body.zh,
    bodyEn: change.body.en,
    providerTemplate: change.filedAs ?? null,
    changedAt: at,
  }
  const saved = await savedTemplate(tx, save)
  assertVersion(saved ?? { version: 0 }, version)
  if (saved) await updateVersioned(tx, templates, saved.id, version, set)
  else {
    const row = { id: newId(), kind, channel, ...set, createdAt: at }
    const [made] = await tx.insert(templates).values(row).onConflictDoNothing().returning()
    // Another request created the first version at the same time.
    if (!made) assertVersion({ version: 1 }, version)
  }
  await record(tx, { action: 'template.saved', subject: `template:${kind}/${channel}`, by, at })
}

/**
 * Deletes the saved template, so that the default texts of the kind are used again.
 * @throws DomainError `version.stale`
 */
export async function dropTemplate(
  tx: Writer,
  dropped: TemplateKey & { version: number; by: AuditActor; at: DateTime },
): Promise<void> {
  const { kind, channel, version, by, at } = dropped
  const saved = await savedTemplate(tx, dropped)
  assertVersion(saved ?? { version: 0 }, version)
  if (!saved) return
  await tx.delete(templates).where(eq(templates.id, saved.id))
  await record(tx, { action: 'template.dropped', subject: `template:${kind}/${channel}`, by, at })
}
