/** What of a scheme is edited in the form. */
import type { SchemeMethod } from '#modules/inspection/words.ts'
import type { changeScheme, Scheme } from '../../api/operations.ts'
import type { InputOf } from '../../core/operation.ts'
import type { Refused } from '../../core/refused.ts'
import type { Words } from '../../words/index.ts'
import type { SchemeWords } from '../words/schemes-zh.ts'
import { indicatorsIn, textOfIndicators } from './indicators.ts'

export interface SchemeFields extends Record<string, unknown> {
  name: string
  method: SchemeMethod
  scale: number | null
  /** A line each. */
  indicators: string
}
export type SchemeField = 'name' | 'method' | 'scale' | 'indicators'

export const newScheme: SchemeFields = { name: '', method: 'balanced', scale: 100, indicators: '' }

export const fieldsOf = ({ name, method, scale, indicators }: Scheme): SchemeFields => ({
  ...{ name, method, scale },
  indicators: textOfIndicators(indicators),
})

export function problemsOf(
  { name, scale, indicators }: SchemeFields,
  w: Words,
  r: SchemeWords,
): Partial<Record<SchemeField, string>> {
  const read = indicatorsIn(indicators)
  return {
    ...(name.trim() === '' ? { name: w.field.missing } : {}),
    ...(scale === null ? { scale: w.field.missing } : {}),
    ...(Array.isArray(read) ? {} : { indicators: r.wrongIndicator(read.wrongLine) }),
  }
}

/** What is sent of fields with which nothing is wrong. */
export function bodyOf({ name, method, scale, indicators }: SchemeFields) {
  const read = indicatorsIn(indicators)
  const body = { name: name.trim(), method, scale: scale ?? 100, indicators: Array.isArray(read) ? read : [] }
  return body satisfies InputOf<typeof changeScheme>['body']
}

const byCode: Readonly<Record<string, SchemeField>> = {
  'scheme.indicator_twice': 'indicators',
  'scheme.indicator_used': 'indicators',
}

/** The field a refusal is about, where it is about one. */
export const fieldOf = ({ problem: { code } }: Refused): SchemeField | undefined => byCode[code]
