import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
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

/** @throws DomainError `message.kind_missing` */
export function kindOf({ kinds }: Pick<Messaging, 'kinds'>, kind: string): KindDefinition {
  const definition = kinds.get(kind)
  if (!definition) {
    throw new DomainError('missing', 'message.kind_missing', 'There is no such kind of message.', { kind })
  }
  return definition
}

/** The saved template of a kind and channel, if somebody saved one. */
export async function savedTemplate(reader: Reader, { kind, channel }: TemplateKey) {
  const [saved] = await reader
    .select()
    .from(templates)
    .where(and(eq(templates.kind, kind), eq(templates.channel, channel)))
  return saved
}

/** What somebody typed, as a template; without a signature of its own it opens with the one of the service. */
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
  /** The version last seen; 0 while nobody saved one. */
  version: number
  signature: string
  by: AuditActor
  at: DateTime
}

/**
 * Saves the words of a kind on a channel, if the provider in use could carry them.
 * @throws DomainError `message.kind_missing`, `template.unusable` (with what is wrong), `version.stale`
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
    version: version + 1,
    changedAt: at,
  }
  const saved =
    version === 0
      ? await tx
          .insert(templates)
          .values({ id: newId(), kind, channel, ...set, createdAt: at })
          .onConflictDoNothing()
          .returning({ id: templates.id })
      : await tx.update(templates).set(set).where(ofVersion(save)).returning({ id: templates.id })
  if (!saved[0]) throw stale()
  await record(tx, { action: 'template.saved', subject: `template:${kind}/${channel}`, by, at })
}

/**
 * Goes back to the words the kind comes with.
 * @throws DomainError `version.stale`
 */
export async function dropTemplate(
  tx: Writer,
  dropped: TemplateKey & { version: number; by: AuditActor; at: DateTime },
): Promise<void> {
  const gone = await tx.delete(templates).where(ofVersion(dropped)).returning({ id: templates.id })
  if (!gone[0]) throw stale()
  const { kind, channel, by, at } = dropped
  await record(tx, { action: 'template.dropped', subject: `template:${kind}/${channel}`, by, at })
}

function ofVersion({ kind, channel, version }: TemplateKey & { version: number }) {
  return and(eq(templates.kind, kind), eq(templates.channel, channel), eq(templates.version, version))
}

function stale(): DomainError {
  return new DomainError('stale', 'version.stale', 'Somebody changed this template meanwhile.')
}
