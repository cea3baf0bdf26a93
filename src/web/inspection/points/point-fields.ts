/** What of a point is edited in the form. */
import type { PointClass } from '#modules/inspection/words.ts'
import type { changePoint, createPoint, Point } from '../../api/operations.ts'
import { changedFields } from '../../core/draft.ts'
import type { InputOf } from '../../core/operation.ts'
import type { Refused } from '../../core/refused.ts'
import type { Named } from '../../ui/office/remote-select.tsx'
import type { Words } from '../../words/index.ts'

export interface PointFields extends Record<string, unknown> {
  code: string
  name: string
  pointClass: PointClass | null
  zone: Named | null
  unit: Named | null
  /** Latitude and longitude as they are typed. */
  place: string
}
export type PointField = 'code' | 'name' | 'pointClass' | 'zone' | 'unit' | 'place'

export const newPointFields: PointFields = {
  ...{ code: '', name: '', pointClass: null, zone: null, unit: null, place: '' },
}

export const fieldsOf = (point: Point): PointFields => ({
  ...{ code: point.code, name: point.name, pointClass: point.pointClass },
  ...{ zone: point.zone, unit: point.unit },
  place: placeText(point) ?? '',
})

const rounded = (degrees: number) => Number(degrees.toFixed(6))

/** Where a point is, as people write it: a tenth of a metre is enough. */
export const placeText = ({ latitude, longitude }: Place): string | null =>
  latitude === null || longitude === null ? null : `${rounded(latitude)}, ${rounded(longitude)}`

interface Place {
  latitude: number | null
  longitude: number | null
}

/** A place as it was typed; empty: none; undefined: not a place. */
export function placeIn(text: string): Place | undefined {
  if (text.trim() === '') return { latitude: null, longitude: null }
  const [latitude, longitude, ...more] = text
    .trim()
    .split(/[,，;；\s]+/)
    .map(Number)
  const numbers = latitude !== undefined && longitude !== undefined && more.length === 0
  if (!numbers || !(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) return undefined
  return { latitude, longitude }
}

export function problemsOf(fields: PointFields, w: Words): Partial<Record<PointField, string>> {
  const missing = (['code', 'name', 'pointClass', 'zone'] as const).filter((field) => {
    const value = fields[field]
    return value === null || (typeof value === 'string' && value.trim() === '')
  })
  return {
    ...Object.fromEntries(missing.map((field) => [field, w.field.missing])),
    ...(placeIn(fields.place) === undefined ? { place: w.field.invalid } : {}),
  }
}

type Creation = InputOf<typeof createPoint>['body']
type Change = InputOf<typeof changePoint>['body']

export const bodyOf = (fields: PointFields): Creation => ({
  code: fields.code.trim(),
  name: fields.name.trim(),
  pointClass: fields.pointClass ?? 'other',
  zoneId: fields.zone?.id ?? '',
  unitId: fields.unit?.id ?? null,
  ...placeIn(fields.place),
})

/** Only what differs from `base`; both numbers of a place go together. */
export function changeOf(base: PointFields, fields: PointFields): Change {
  const { code, name, pointClass, zoneId, unitId, latitude = null, longitude = null } = bodyOf(fields)
  const parts: Record<PointField, Change> = {
    ...{ code: { code }, name: { name }, pointClass: { pointClass } },
    ...{ zone: { zoneId }, unit: { unitId: unitId ?? null }, place: { latitude, longitude } },
  }
  return Object.assign({}, ...changedFields(base, fields).map((field) => parts[field as PointField]))
}

const byCode: Readonly<Record<string, PointField>> = {
  'point.code_taken': 'code',
  'point.place_unclear': 'place',
  'point.outside_city': 'place',
  'point.outside_zone': 'place',
  'zone.missing': 'zone',
  'unit.missing': 'unit',
}

/** The field a refusal is about, where it is about one. */
export const fieldOf = ({ problem: { code } }: Refused): PointField | undefined => byCode[code]
