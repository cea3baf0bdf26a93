import { and, asc, eq, max } from 'drizzle-orm'
import { assertUnitWithin, searchNameOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { schemes, standards, standardUnits } from '../schema.ts'
import type { SchemeChange, SchemeCreation } from './contract.ts'
import { draftScheme, ownScheme } from './scheme-queries.ts'
import type { Indicator } from './tables.ts'

/** Begins a scheme. @throws DomainError `unit.missing`; invalid `scheme.indicator_twice` */
export async function createScheme(
  tx: Writer,
  { input, by, at }: Doing & { input: SchemeCreation },
): Promise<string> {
  await assertUnitWithin(tx, reachOf(by, 'schemes.edit'), input.issuerUnitId)
  const { method = 'balanced', scale = 100, indicators = [] } = input
  assertIndicators(indicators)
  const id = newId()
  const first = { id, seriesId: id, edition: 1, searchName: searchNameOf(input.name), createdAt: at }
  await tx.insert(schemes).values({ ...input, ...first, method, scale, indicators })
  await record(tx, { action: 'scheme.created', subject: `scheme:${id}`, by, at })
  return id
}

/**
 * Changes a scheme that is not published.
 * @throws DomainError as `createScheme`; `scheme.missing`, `access.out_of_reach`, `version.stale`; conflict
 * `scheme.published`, `scheme.indicator_used`
 */
export async function changeScheme(
  tx: Writer,
  { schemeId, version, input, by, at }: Doing & { schemeId: string; version: number; input: SchemeChange },
): Promise<void> {
  const { scheme } = await draftScheme(tx, schemeId, by)
  assertVersion(scheme, version)
  if (input.indicators) {
    assertIndicators(input.indicators)
    await assertUsedStay(tx, schemeId, input.indicators)
  }
  const searchName = input.name ? { searchName: searchNameOf(input.name) } : {}
  await updateVersioned(tx, schemes, schemeId, version, { ...input, ...searchName })
  const details = { fields: Object.keys(input).sort() }
  await record(tx, { action: 'scheme.changed', subject: `scheme:${schemeId}`, by, at, details })
}

/**
 * Publishes a scheme: from now on it never changes.
 * @throws DomainError `scheme.missing`, `access.out_of_reach`, `version.stale`; conflict `scheme.empty`
 */
export async function publishScheme(
  tx: Writer,
  { schemeId, version, by, at }: Doing & { schemeId: string; version: number },
): Promise<void> {
  const { scheme } = await ownScheme(tx, schemeId, by)
  assertVersion(scheme, version)
  if (scheme.publishedAt) return
  const counted = await tx.$count(standards, eq(standards.schemeId, schemeId))
  if (counted === 0) throw new DomainError('conflict', 'scheme.empty', 'The scheme has no standards.')
  await updateVersioned(tx, schemes, schemeId, version, { publishedAt: at })
  const details = { standards: counted }
  await record(tx, { action: 'scheme.published', subject: `scheme:${schemeId}`, by, at, details })
}

/**
 * Takes a published scheme out of use, or back into it; what was measured with it stays.
 * @throws DomainError `scheme.missing`, `access.out_of_reach`, `version.stale`; conflict `scheme.not_published`
 */
export async function closeScheme(
  tx: Writer,
  { schemeId, version, closed, by, at }: Doing & { schemeId: string; version: number; closed: boolean },
): Promise<void> {
  const { scheme } = await ownScheme(tx, schemeId, by)
  assertVersion(scheme, version)
  if (!scheme.publishedAt)
    throw new DomainError('conflict', 'scheme.not_published', 'The scheme is not published.')
  if ((scheme.closedAt !== null) === closed) return
  await updateVersioned(tx, schemes, schemeId, version, { closedAt: closed ? at : null })
  const action = closed ? 'scheme.closed' : 'scheme.reopened'
  await record(tx, { action, subject: `scheme:${schemeId}`, by, at })
}

/**
 * Begins the next edition: a copy with all standards and who answers for them, to be changed and published.
 * @throws DomainError `scheme.missing`, `access.out_of_reach`; conflict `scheme.edition_open`
 */
export async function copyScheme(
  tx: Writer,
  { schemeId, by, at }: Doing & { schemeId: string },
): Promise<string> {
  const { scheme } = await ownScheme(tx, schemeId, by)
  const ofSeries = eq(schemes.seriesId, scheme.seriesId)
  const all = await tx.select({ publishedAt: schemes.publishedAt }).from(schemes).where(ofSeries)
  if (all.some(({ publishedAt }) => publishedAt === null))
    throw new DomainError('conflict', 'scheme.edition_open', 'An edition that is not published is there.')
  const [last] = await tx
    .select({ edition: max(schemes.edition) })
    .from(schemes)
    .where(ofSeries)
  const id = newId()
  const edition = (last?.edition ?? 0) + 1
  const fresh = { id, edition, supersedesId: schemeId, publishedAt: null, closedAt: null, version: 1 }
  await tx.insert(schemes).values({ ...scheme, ...fresh, createdAt: at })
  await copyStandards(tx, { from: schemeId, into: id, at })
  const details = { from: schemeId, edition }
  await record(tx, { action: 'scheme.copied', subject: `scheme:${id}`, by, at, details })
  return id
}

async function copyStandards(
  tx: Writer,
  { from, into, at }: { from: string; into: string; at: Doing['at'] },
): Promise<void> {
  const rows = await tx
    .select()
    .from(standards)
    .where(eq(standards.schemeId, from))
    .orderBy(asc(standards.position))
  const idOf = new Map(rows.map(({ id }) => [id, newId()]))
  const copies = rows.map((row) => ({
    ...row,
    ...{ id: idOf.get(row.id)!, schemeId: into, version: 1, createdAt: at },
  }))
  await inChunks(copies, 100, async (some) => {
    await tx.insert(standards).values([...some])
  })
  const matrix = await tx
    .select({ row: standardUnits })
    .from(standardUnits)
    .innerJoin(standards, eq(standards.id, standardUnits.standardId))
    .where(eq(standards.schemeId, from))
  const entries = matrix.map(({ row }) => ({ ...row, id: newId(), standardId: idOf.get(row.standardId)! }))
  await inChunks(entries, 200, async (some) => {
    await tx.insert(standardUnits).values([...some])
  })
}

function assertIndicators(indicators: readonly Indicator[]): void {
  const codes = indicators.map(({ code }) => code)
  const code = codes.find((each, n) => codes.indexOf(each) !== n)
  if (code)
    throw new DomainError('invalid', 'scheme.indicator_twice', 'Two indicators have one code.', { code })
}

/** An indicator that standards name is not taken away from under them. */
async function assertUsedStay(tx: Writer, schemeId: string, indicators: readonly Indicator[]): Promise<void> {
  const used = await tx
    .selectDistinct({ code: standards.indicator })
    .from(standards)
    .where(and(eq(standards.schemeId, schemeId)))
  const codes = new Set(indicators.map(({ code }) => code))
  const gone = used.find(({ code }) => code !== null && !codes.has(code))
  if (gone)
    throw new DomainError('conflict', 'scheme.indicator_used', 'Standards are of this indicator.', {
      code: gone.code,
    })
}
