import { and, eq, inArray, isNull, max } from 'drizzle-orm'
import { coversUnit } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { standards, standardUnits } from '../schema.ts'
import type { StandardChange, StandardCreation, StandardUnits } from './contract.ts'
import { draftScheme } from './scheme-queries.ts'
import { type StandardRow, standardRow } from './standard-queries.ts'
import { thresholdsFit } from './standard-rules.ts'
import type { Indicator } from './tables.ts'

/**
 * Writes a standard into a scheme, as its last.
 * @throws DomainError `scheme.missing`, `access.out_of_reach`; conflict `scheme.published`, `standard.code_taken`; invalid
 * `standard.indicator_unknown`, `standard.thresholds_unfit`
 */
export async function createStandard(
  tx: Writer,
  { schemeId, input, by, at }: Doing & { schemeId: string; input: StandardCreation },
): Promise<string> {
  const { scheme } = await draftScheme(tx, schemeId, by)
  const values = { ...withDefaults(input), schemeId, createdAt: at }
  assertScored(values, scheme.indicators)
  const [last] = await tx
    .select({ position: max(standards.position) })
    .from(standards)
    .where(eq(standards.schemeId, schemeId))
  const id = newId()
  const added = await tx
    .insert(standards)
    .values({ ...values, id, position: (last?.position ?? 0) + 1 })
    .onConflictDoNothing()
    .returning({ id: standards.id })
  if (added.length === 0) throw codeTaken(input.code)
  await record(tx, { action: 'standard.written', subject: `standard:${id}`, by, at })
  return id
}

/** What a list or a form leaves out. */
export function withDefaults(input: StandardCreation) {
  return {
    ...{ indicator: null, weight: 1, observations: 1, answer: 'met', thresholds: null },
    ...{ mayNotApply: false, photo: 'on_failure', dueClass: null, severity: 'ordinary' },
    ...input,
  } as Required<StandardCreation>
}

/** Changes a standard of a scheme that is not published. @throws DomainError as `createStandard`; `standard.missing`, `version.stale` */
export async function changeStandard(
  tx: Writer,
  request: Doing & { standardId: string; version: number; input: StandardChange },
): Promise<void> {
  const { standardId, version, input, by, at } = request
  const row = await standardRow(tx, standardId)
  const { scheme } = await draftScheme(tx, row.schemeId, by)
  assertVersion(row, version)
  assertScored({ ...row, ...input }, scheme.indicators)
  if (input.code !== undefined && input.code !== row.code) await assertCodeFree(tx, row.schemeId, input.code)
  await updateVersioned(tx, standards, standardId, version, input)
  const details = { fields: Object.keys(input).sort() }
  await record(tx, { action: 'standard.changed', subject: `standard:${standardId}`, by, at, details })
}

/** Takes a standard out of a scheme that is not published. @throws DomainError as `changeStandard` */
export async function deleteStandard(
  tx: Writer,
  { standardId, version, by, at }: Doing & { standardId: string; version: number },
): Promise<void> {
  const row = await standardRow(tx, standardId)
  await draftScheme(tx, row.schemeId, by)
  assertVersion(row, version)
  await tx.delete(standardUnits).where(eq(standardUnits.standardId, standardId))
  await tx.delete(standards).where(eq(standards.id, standardId))
  await record(tx, { action: 'standard.deleted', subject: `standard:${standardId}`, by, at })
}

/**
 * Says who leads and supports a standard, and where: the whole list, in the order in which the first of a place answers.
 * @throws DomainError as `changeStandard`; `unit.missing`; invalid `standard.unit_twice`
 */
export async function assignStandard(
  tx: Writer,
  {
    standardId,
    version,
    input,
    by,
    at,
  }: Doing & { standardId: string; version: number; input: StandardUnits },
): Promise<void> {
  const row = await standardRow(tx, standardId)
  await draftScheme(tx, row.schemeId, by)
  assertVersion(row, version)
  await assertUnits(tx, [...new Set(input.units.map(({ unitId }) => unitId))], by)
  await tx.delete(standardUnits).where(eq(standardUnits.standardId, standardId))
  const entries = input.units.map(({ districtCode, unitId, role }) => ({
    ...{ id: newId(), standardId, unitId, role, createdAt: at },
    districtCode: districtCode ?? '',
  }))
  const once = new Set(entries.map(({ districtCode, unitId }) => `${districtCode} ${unitId}`))
  if (once.size < entries.length)
    throw new DomainError('invalid', 'standard.unit_twice', 'A unit stands twice for one place.')
  if (entries.length > 0) await tx.insert(standardUnits).values(entries)
  await updateVersioned(tx, standards, standardId, version, {})
  const details = { units: entries.length }
  await record(tx, { action: 'standard.assigned', subject: `standard:${standardId}`, by, at, details })
}

/** Whoever answers for a standard owes what is found: units within reach alone, as where a task is written. */
async function assertUnits(tx: Writer, unitIds: readonly string[], by: Actor): Promise<void> {
  const reach = reachOf(by, 'schemes.edit')
  const rows = await tx
    .select({ id: units.id, path: units.path, districtCode: units.districtCode })
    .from(units)
    .where(and(inArray(units.id, [...unitIds]), isNull(units.closedAt)))
  const there = new Set(rows.flatMap((unit) => (coversUnit(reach, unit) ? unit.id : [])))
  const unitId = unitIds.find((id) => !there.has(id))
  if (unitId) throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
}

function assertScored(
  row: Pick<StandardRow, 'indicator' | 'answer' | 'thresholds'>,
  indicators: readonly Indicator[],
): void {
  const { indicator, answer, thresholds } = row
  if (indicator !== null && !indicators.some(({ code }) => code === indicator))
    throw new DomainError('invalid', 'standard.indicator_unknown', 'The scheme has no such indicator.', {
      indicator,
    })
  const fits = answer === 'count' ? thresholds !== null && thresholdsFit(thresholds) : thresholds === null
  if (!fits)
    throw new DomainError('invalid', 'standard.thresholds_unfit', 'The thresholds do not score every count.')
}

const codeTaken = (code: string) =>
  new DomainError('conflict', 'standard.code_taken', 'Another standard of the scheme has this code.', {
    code,
  })

async function assertCodeFree(tx: Writer, schemeId: string, code: string): Promise<void> {
  const taken = await tx.$count(standards, and(eq(standards.schemeId, schemeId), eq(standards.code, code)))
  if (taken > 0) throw codeTaken(code)
}
