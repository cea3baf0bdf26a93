/** What of a template is edited in the form. */
import type { MessageTemplate, saveMessageTemplate } from '../api/operations.ts'
import type { InputOf } from '../core/operation.ts'
import type { Refused } from '../core/refused.ts'
import type { Words } from '../words/index.ts'

export interface TemplateFields extends Record<string, unknown> {
  signature: string
  subjectZh: string
  subjectEn: string
  bodyZh: string
  bodyEn: string
  filedAs: string
}
export type TemplateField = 'signature' | 'subjectZh' | 'subjectEn' | 'bodyZh' | 'bodyEn' | 'filedAs'

export const fieldsOf = (template: MessageTemplate): TemplateFields => ({
  signature: template.signature ?? '',
  subjectZh: template.subject?.zh ?? '',
  subjectEn: template.subject?.en ?? '',
  bodyZh: template.body.zh,
  bodyEn: template.body.en,
  filedAs: template.filedAs ?? '',
})

export function problemsOf(fields: TemplateFields, w: Words): Partial<Record<TemplateField, string>> {
  return {
    ...(fields.bodyZh.trim() === '' ? { bodyZh: w.field.missing } : {}),
    ...(fields.bodyEn.trim() === '' ? { bodyEn: w.field.missing } : {}),
  }
}

/** All of it: a template is saved as a whole. */
export function bodyOf(
  fields: TemplateFields,
  channel: 'sms' | 'email',
): InputOf<typeof saveMessageTemplate>['body'] {
  return {
    body: { zh: fields.bodyZh.trim(), en: fields.bodyEn.trim() },
    filedAs: fields.filedAs.trim() || null,
    ...(channel === 'sms'
      ? { signature: fields.signature.trim() || null }
      : { subject: { zh: fields.subjectZh.trim(), en: fields.subjectEn.trim() } }),
  }
}

/** The field a refusal is about, where it is about one. */
export function fieldOf({ problem: { violations } }: Refused): TemplateField | undefined {
  const [, , thing, language] = violations?.[0]?.at.split('/') ?? []
  if (thing === 'signature' || thing === 'filedAs') return thing
  if (thing === 'body') return language === 'en' ? 'bodyEn' : 'bodyZh'
  if (thing === 'subject') return language === 'en' ? 'subjectEn' : 'subjectZh'
  return undefined
}
