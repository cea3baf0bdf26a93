/** What of a zone is edited in the form. */
import type { ZoneKind } from '#modules/grid/words.ts'
import type { changeZone, createZone, Zone, ZoneDetail } from '../api/operations.ts'
import { changedFields } from '../core/draft.ts'
import type { InputOf } from '../core/operation.ts'
import type { Refused } from '../core/refused.ts'
import type { Named } from '../ui/office/remote-select.tsx'
import type { GridWords } from '../words/grid-zh.ts'
import type { Words } from '../words/index.ts'
import { boundaryOf, ringsIn, ringsOf, textOf } from './boundary.ts'

export interface ZoneFields extends Record<string, unknown> {
  name: string
  kind: ZoneKind | null
  code: string
  parent: Named | null
  minorsSuitable: boolean
  /** Corners, a line each: see `boundary.ts`. */
  boundary: string
  /** Latitude and longitude, where there is no outline. */
  centre: string
}
export type ZoneField = 'name' | 'kind' | 'code' | 'parent' | 'minorsSuitable' | 'boundary' | 'centre'

export const newZoneFields = (parent: Zone | ZoneDetail | undefined): ZoneFields => ({
  name: '',
  kind: null,
  code: '',
  parent: parent ? { id: parent.id, name: parent.name } : null,
  minorsSuitable: parent?.minorsSuitable ?? false,
  boundary: '',
  centre: '',
})

export function fieldsOf(zone: ZoneDetail): ZoneFields {
  const { name, kind, parent, minorsSuitable, centre } = zone
  return {
    ...{ name, kind, parent, minorsSuitable },
    code: zone.code ?? '',
    boundary: textOf(ringsOf(zone.boundary)),
    // A computed centre follows the outline.
    centre: zone.boundary === null && centre ? `${centre.latitude}, ${centre.longitude}` : '',
  }
}

/** A place as it was typed; null: none; undefined: not a place. */
function centreIn(text: string): { latitude: number; longitude: number } | null | undefined {
  if (text.trim() === '') return null
  const rings = ringsIn(text.trim())
  const [position, ...more] = Array.isArray(rings) ? rings.flat() : []
  return position && more.length === 0 ? { latitude: position[1], longitude: position[0] } : undefined
}

export function problemsOf(fields: ZoneFields, w: Words, r: GridWords): Partial<Record<ZoneField, string>> {
  const rings = ringsIn(fields.boundary)
  const short = Array.isArray(rings) && rings.some((ring) => ring.length < 3)
  return {
    ...(fields.name.trim() === '' ? { name: w.field.missing } : {}),
    ...(fields.kind === null ? { kind: w.field.missing } : {}),
    ...(Array.isArray(rings) ? {} : { boundary: r.wrongCorner(rings.wrongLine) }),
    ...(short ? { boundary: r.fewCorners } : {}),
    ...(centreIn(fields.centre) === undefined ? { centre: w.field.invalid } : {}),
  }
}

type Creation = InputOf<typeof createZone>['body']
type Change = InputOf<typeof changeZone>['body']

export function bodyOf(fields: ZoneFields): Creation {
  const rings = ringsIn(fields.boundary)
  const centre = centreIn(fields.centre) ?? null
  return {
    name: fields.name.trim(),
    kind: fields.kind ?? 'other',
    code: fields.code.trim() || null,
    parentId: fields.parent?.id ?? null,
    minorsSuitable: fields.minorsSuitable,
    boundary: Array.isArray(rings) ? boundaryOf(rings) : null,
    ...(centre ? { centre } : {}),
  }
}

/** Only what differs from `base`. */
export function changeOf(base: ZoneFields, fields: ZoneFields): Change {
  const body: Change = { ...bodyOf(fields), centre: centreIn(fields.centre) ?? null }
  return Object.fromEntries(
    changedFields(base, fields).map((field) => {
      const name = field === 'parent' ? 'parentId' : (field as keyof Change)
      return [name, body[name]]
    }),
  ) as Change
}

/** The field a refusal is about, where it is about one. */
export function fieldOf({ problem: { code, violations } }: Refused): ZoneField | undefined {
  const at = violations?.[0]?.at.split('/')[2] ?? ''
  const named = (['name', 'kind', 'code', 'boundary', 'centre'] as const).find((field) => field === at)
  if (named) return named
  const byCode = {
    'boundary.invalid': 'boundary',
    'zone.code_taken': 'code',
    'zone.cycle': 'parent',
    'zone.closed': 'parent',
  } as const
  return byCode[code as keyof typeof byCode]
}
