import type { AnswerKind, PhotoRule, Severity, StandardClass } from '#modules/inspection/words.ts'
import type { createStandard, Standard } from '../../api/operations.ts'
import type { InputOf } from '../../core/operation.ts'
import type { Refused } from '../../core/refused.ts'
import type { Words } from '../../words/index.ts'
import type { SchemeWords } from '../words/schemes-zh.ts'

export type Threshold = NonNullable<Standard['thresholds']>[number]
export type DueKey = keyof SchemeWords['dues']

/** A limit as people read it; one that the list does not have stands as it is. */
export function dueText(dueClass: string | null, r: SchemeWords): string {
  if (dueClass === null) return r.noDue
  return r.dues[dueClass as DueKey] ?? dueClass
}

const percent = (score: number) => `${Math.round(score * 1000) / 10}%`

/** What each count scores, in one line. */
export const thresholdsText = (thresholds: readonly Threshold[], r: SchemeWords): string =>
  thresholds
    .map(({ upTo, score }) =>
      upTo === null ? r.scoredMore(percent(score)) : r.scored(String(upTo), percent(score)),
    )
    .join(' · ')

/** With what the thresholds of a standard begin that is counted. */
export const firstThresholds: readonly Threshold[] = [
  { upTo: 0, score: 1 },
  { upTo: null, score: 0 },
]

/** Whether they score every count: ascending, scores not rising, the last without an end. The service has the last word. */
export function thresholdsFit(thresholds: readonly Threshold[]): boolean {
  return thresholds.every(({ upTo, score }, at) => {
    const last = at === thresholds.length - 1
    const next = thresholds[at + 1]
    if (last !== (upTo === null)) return false
    return !next || ((next.upTo === null || next.upTo > upTo!) && next.score <= score)
  })
}

/** What the form holds: a standard, whose numbers may be empty while they are typed. */
export interface StandardFields extends Record<string, unknown> {
  code: string
  pointClass: StandardClass
  indicator: string | null
  text: string
  weight: number | null
  observations: number | null
  answer: AnswerKind
  thresholds: readonly Threshold[]
  mayNotApply: boolean
  photo: PhotoRule
  dueClass: string | null
  severity: Severity
}
export const standardFields = [
  ...(['code', 'text', 'pointClass', 'indicator', 'weight', 'observations'] as const),
  ...(['answer', 'thresholds', 'mayNotApply', 'photo', 'dueClass', 'severity'] as const),
] as const
export type StandardField = (typeof standardFields)[number]

export const newStandard: StandardFields = {
  ...{ code: '', pointClass: 'common', indicator: null, text: '', weight: 1, observations: 1, answer: 'met' },
  ...{ thresholds: firstThresholds, mayNotApply: false, photo: 'on_failure', dueClass: 'workdays:7' },
  severity: 'ordinary',
}

export function fieldsOf(standard: Standard): StandardFields {
  const { code, pointClass, indicator, text, weight, observations, answer, thresholds } = standard
  const { mayNotApply, photo, dueClass, severity } = standard
  return {
    ...{ code, text, pointClass, indicator, weight, observations, answer },
    ...{ thresholds: thresholds ?? firstThresholds, mayNotApply, photo, dueClass, severity },
  }
}

export function problemsOf(fields: StandardFields, w: Words): Partial<Record<StandardField, string>> {
  const missing = (['code', 'text', 'weight', 'observations'] as const).filter((field) => {
    const value = fields[field]
    return value === null || (typeof value === 'string' && value.trim() === '')
  })
  const unfit = fields.answer === 'count' && !thresholdsFit(fields.thresholds)
  return {
    ...Object.fromEntries(missing.map((field) => [field, w.field.missing])),
    ...(unfit ? { thresholds: w.field.invalid } : {}),
  }
}

/** What is sent of fields with which nothing is wrong. */
export function bodyOf(fields: StandardFields): InputOf<typeof createStandard>['body'] {
  const { code, pointClass, indicator, text, weight, observations, answer, thresholds } = fields
  const { mayNotApply, photo, dueClass, severity } = fields
  return {
    ...{ code: code.trim(), text: text.trim(), pointClass, indicator, answer },
    ...{ weight: weight ?? 1, observations: observations ?? 1 },
    ...{ mayNotApply, photo, dueClass, severity },
    thresholds: answer === 'count' ? [...thresholds] : null,
  }
}

const byCode: Readonly<Record<string, StandardField>> = {
  'standard.code_taken': 'code',
  'standard.indicator_unknown': 'indicator',
  'standard.thresholds_unfit': 'thresholds',
}

/** The field a refusal is about, where it is about one. */
export const fieldOf = ({ problem: { code } }: Refused): StandardField | undefined => byCode[code]
