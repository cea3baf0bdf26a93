import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import type { MemberRole, Relation, TeamKind, UnitKind } from './words.ts'

/** The tables a bulk change may touch. */
export type ChangedTable =
  | 'units'
  | 'unitAliases'
  | 'teams'
  | 'persons'
  | 'personSkills'
  | 'contacts'
  | 'personContacts'
  | 'memberships'

export type Plain = string | number | boolean | null

/**
 * One row that a bulk change created (`before` null) or altered (`before`: the former values of the columns
 * that changed). Plain JSON; a person's former values are personal data, so keep them sealed.
 */
export interface Change {
  table: ChangedTable
  id: string
  before: Record<string, Plain> | null
  /** What the row was afterwards: see `digestOf`. Without it nobody looks whether it was edited since. */
  digest?: string
}

export type Outcome = 'created' | 'updated' | 'unchanged'

export interface Saved {
  /** The row of each input, in the order of the inputs. */
  ids: string[]
  /** What became of each input. */
  outcomes: Outcome[]
  /** Everything that changed, in order: what `undoChanges` takes. */
  changes: Change[]
}

/** A unit as a list states it. What is undefined was not said. `parentId` counts for new units only. */
export interface UnitInput {
  id?: string
  name: string
  kind?: UnitKind
  parentId?: string | null
  districtCode?: string | null
  system?: string | null
  honourTitle?: string | null
  staffCount?: number | null
  liaisonPersonId?: string | null
  leaderPersonId?: string | null
}

/** A team as a list states it. What is undefined was not said. */
export interface TeamInput {
  id?: string
  name: string
  kind?: TeamKind
  unitId?: string | null
  leaderPersonId?: string | null
  baseLatitude?: number | null
  baseLongitude?: number | null
  whole?: boolean
  statedHeads?: number | null
  statedMinors?: number | null
}

export type { MemberRole, Relation }

/** The values of `row` that `stated` alters, and their former values; undefined when it alters nothing. */
export function alter<Row extends Record<string, unknown>, Stated extends Partial<Row>>(
  row: Row,
  stated: Stated,
): { after: Partial<Row>; before: Record<string, Plain> } | undefined {
  const after: Partial<Row> = {}
  const before: Record<string, Plain> = {}
  for (const [column, value] of Object.entries(stated)) {
    if (value === undefined || same(value, row[column])) continue
    Object.assign(after, { [column]: value })
    before[column] = plainOf(row[column])
  }
  return Object.keys(before).length > 0 ? { after, before } : undefined
}

function same(a: unknown, b: unknown): boolean {
  return plainOf(a) === plainOf(b)
}

/** A column's value as plain JSON: instants become milliseconds since 1970. */
export function plainOf(value: unknown): Plain {
  if (DateTime.isDateTime(value)) return value.toMillis()
  return (value ?? null) as Plain
}

/** Counts up with every edit, or is written anew when keys rotate: says nothing about what a row means. */
const undigested = new Set([
  'version',
  'identityNumber',
  'identityIndex',
  'value',
  'valueIndex',
  'last4Index',
])

/** A fingerprint of what a row says, the same before and after it was edited and the edit taken back. */
export function digestOf(row: Record<string, unknown>): string {
  const columns = Object.keys(row).filter((column) => !undigested.has(column))
  const text = JSON.stringify(columns.sort().map((column) => [column, plainOf(row[column])]))
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
