import { hash } from 'node:crypto'
import { DateTime } from 'luxon'
import type { MemberRole, Relation, TeamKind, UnitKind } from '../words.ts'

/** The tables a bulk change may write. */
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
 * One row that a bulk change created (`before` is null) or updated (`before`: the old values of the changed columns).
 * Plain JSON. The old values of a person are personal data, so store them encrypted.
 */
export interface Change {
  table: ChangedTable
  id: string
  before: Record<string, Plain> | null
  /**
   * Digest of the row after the change: see `digestOf`. Without it, undo does not check whether the row was edited
   * later.
   */
  digest?: string
}

export type Outcome = 'created' | 'updated' | 'unchanged'

export interface Saved {
  /** The row id for each input, in the order of the inputs. */
  ids: string[]
  /** The outcome for each input. */
  outcomes: Outcome[]
  /** Every change, in order: the input of `undoChanges`. */
  changes: Change[]
}

/** A unit as a list states it. An undefined field was not stated. `parentId` is used for new units only. */
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

/** A team as a list states it. An undefined field was not stated. */
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

/** The new values that `stated` changes in `row`, and their old values; undefined when nothing differs. */
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

/**
 * Columns left out of the digest: they change with every edit, with key rotation, or are derived from decrypted values,
 * and say nothing more about the content of the row.
 */
const undigested = new Set([
  'version',
  // What is known of other records must not show in the undoing of a list.
  'humanId',
  'linkedVersion',
  'particulars',
  'birthYear',
  'adult',
  // Derived from the memberships, which have their own digests.
  'pupilAt',
  'identityNumber',
  'identityIndex',
  'value',
  'valueIndex',
  'last4Index',
])

/** The digested columns of rows with these columns, sorted, each as it stands before its value. Kept: nearly all rows of a table have the same. */
const shapes = new Map<string, [column: string, before: string][]>()

function shapeOf(row: Record<string, unknown>): [column: string, before: string][] {
  const columns = Object.keys(row)
  const key = columns.join()
  let shape = shapes.get(key)
  if (!shape) {
    const digested = columns.filter((column) => !undigested.has(column)).sort()
    shape = digested.map((column) => [column, `[${JSON.stringify(column)},`])
    shapes.set(key, shape)
  }
  return shape
}

/** Digest of a row's content. It is the same again after an edit was made and undone. */
export function digestOf(row: Record<string, unknown>): string {
  const columns = shapeOf(row).map(([column, before]) => `${before}${JSON.stringify(plainOf(row[column]))}]`)
  return hash('sha256', `[${columns.join()}]`, 'base64url').slice(0, 22)
}
