import type { Boundary, Position } from './geometry.ts'
import type { ZoneKind } from './words.ts'

/** What a file or a client states about one zone. An undefined field is not stated and changes nothing. */
export interface ZoneRecord {
  /** Row number in its file, starting at 1. */
  row: number
  code: string
  name?: string
  kind?: ZoneKind
  /** Null: stated to have no parent. An unknown code makes the zone a root, too. */
  parentCode?: string | null
  level?: number
  boundary?: Boundary
  centre?: Position
  minorsSuitable?: boolean
}

/** A stored zone, with the fields that a file can change. */
export interface KnownZone {
  id: string
  code: string
  name: string
  kind: ZoneKind
  level: number | null
  parentId: string | null
  parentCode: string | null
  boundary: Boundary | null
  centreLatitude: number | null
  centreLongitude: number | null
  minorsSuitable: boolean
}

export type ZoneField = 'name' | 'kind' | 'level' | 'parent' | 'boundary' | 'centre' | 'minorsSuitable'

export type ZonePlan =
  | { record: ZoneRecord; outcome: 'new' }
  | { record: ZoneRecord; outcome: 'update'; zone: KnownZone; fields: ZoneField[] }
  | { record: ZoneRecord; outcome: 'unchanged'; zone: KnownZone }
