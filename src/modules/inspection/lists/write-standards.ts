/** Writes the standards of a list into their schemes as drafts. */
import { and, eq, inArray, max } from 'drizzle-orm'
import { ChangedMeanwhile, parts, type Slice, type Writing } from '#modules/imports/index.ts'
import { searchNameOf } from '#modules/organisation/index.ts'
import { record, recordAll } from '#platform/audit/index.ts'
import { insertAll } from '#platform/database/insert-all.ts'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { isoOf } from '#platform/time.ts'
import { schemes, standards, standardUnits } from '../schema.ts'
import type { StandardRow } from '../schemes/standard-queries.ts'
import type { Indicator } from '../schemes/tables.ts'
import type { StandardRole } from '../words.ts'
import type { PlannedScheme, PlannedStandard } from './judge-standards.ts'
import type { Answering } from './scheme-book.ts'

export interface StoredAnswering {
  id: string
  createdAt: string
  districtCode: string
  unitId: string
  role: StandardRole
}

/** What the row of a standard was before it changed. */
export interface FormerStandard {
  id: string
  /** After the change. */
  version: number
  columns: Omit<StandardRow, 'id' | 'schemeId' | 'position' | 'version' | 'createdAt'>
  units: StoredAnswering[]
}

/** What one slice wrote into a scheme. */
export interface WrittenStandards {
  schemeId: string
  /** The list began the scheme. */
  begun: boolean
  /** Its indicators before the list added some, and its version after. */
  indicators?: { before: Indicator[]; version: number }
  added: string[]
  changed: FormerStandard[]
}

/** Begins the schemes of a plan, then writes their standards. */
export function* standardSlices(plan: readonly PlannedScheme[], writing: Writing): Iterable<Slice> {
  for (const planned of plan) {
    const schemeId = planned.id ?? newId()
    const none = { schemeId, begun: false, added: [], changed: [] } satisfies WrittenStandards
    if (planned.id === undefined)
      yield async (tx) => {
        await beginScheme(tx, schemeId, planned, writing)
        return [{ ...none, begun: true } satisfies WrittenStandards]
      }
    else if (planned.indicatorsAdded)
      yield async (tx) => {
        const indicators = await addIndicators(tx, schemeId, planned, writing)
        return [{ ...none, indicators } satisfies WrittenStandards]
      }
    for (const some of parts(planned.standards.filter(({ id }) => id === undefined)))
      yield async (tx) => {
        const added = await addStandards(tx, schemeId, some, writing)
        return [{ ...none, added } satisfies WrittenStandards]
      }
    for (const some of parts(planned.standards.filter(({ id }) => id !== undefined)))
      yield async (tx) => {
        await assertDraft(tx, schemeId)
        const changed: FormerStandard[] = []
        for (const standard of some) changed.push(await changeStandard(tx, standard, writing))
        return [{ ...none, changed } satisfies WrittenStandards]
      }
  }
}

async function beginScheme(
  tx: Writer,
  id: string,
  { title, issuer, indicators }: PlannedScheme,
  writing: Writing,
): Promise<void> {
  const { at, by } = writing
  const [issuerUnitId, searchName] = [writing.idOf(issuer), searchNameOf(title)]
  const same = and(eq(schemes.issuerUnitId, issuerUnitId), eq(schemes.searchName, searchName))
  if ((await tx.$count(schemes, same)) > 0) throw new ChangedMeanwhile('somebody began the scheme')
  await tx.insert(schemes).values({
    ...{ id, seriesId: id, edition: 1, name: title, searchName, issuerUnitId, indicators },
    ...{ method: 'balanced', scale: 100, createdAt: at },
  })
  await record(tx, { action: 'scheme.created', subject: `scheme:${id}`, by: { userId: by }, at })
}

async function addIndicators(
  tx: Writer,
  schemeId: string,
  { version, indicators }: PlannedScheme,
  { at, by }: Writing,
): Promise<{ before: Indicator[]; version: number }> {
  const row = await assertDraft(tx, schemeId)
  if (row.version !== version) throw new ChangedMeanwhile('somebody changed the scheme')
  await tx
    .update(schemes)
    .set({ indicators, version: row.version + 1 })
    .where(eq(schemes.id, schemeId))
  const details = { fields: ['indicators'] }
  await record(tx, {
    action: 'scheme.changed',
    subject: `scheme:${schemeId}`,
    by: { userId: by },
    at,
    details,
  })
  return { before: row.indicators, version: row.version + 1 }
}

async function assertDraft(tx: Writer, schemeId: string) {
  const [row] = await tx.select().from(schemes).where(eq(schemes.id, schemeId))
  if (!row || row.publishedAt) throw new ChangedMeanwhile('somebody published the scheme')
  return row
}

async function addStandards(
  tx: Writer,
  schemeId: string,
  planned: readonly PlannedStandard[],
  writing: Writing,
): Promise<string[]> {
  await assertDraft(tx, schemeId)
  const { at, by } = writing
  const codes = planned.map(({ columns }) => columns.code)
  const taken = and(eq(standards.schemeId, schemeId), inArray(standards.code, codes))
  if ((await tx.$count(standards, taken)) > 0) throw new ChangedMeanwhile('somebody wrote a standard')
  const [last] = await tx
    .select({ position: max(standards.position) })
    .from(standards)
    .where(eq(standards.schemeId, schemeId))
  const rows = planned.map(({ columns }, n) => ({
    ...columns,
    ...{ id: newId(), schemeId, position: (last?.position ?? 0) + n + 1, createdAt: at },
  }))
  await insertAll(tx, standards, rows)
  const answering = planned.flatMap(({ units }, n) => answeringRows(rows[n]!.id, units, writing))
  if (answering.length > 0) await insertAll(tx, standardUnits, answering)
  const fact = { action: 'standard.written', by: { userId: by }, at } as const
  await recordAll(
    tx,
    rows.map(({ id }) => ({ ...fact, subject: `standard:${id}` })),
  )
  return rows.map(({ id }) => id)
}

const answeringRows = (standardId: string, units: readonly Answering[], writing: Writing) =>
  units.map(({ districtCode, unit, role }) => ({
    ...{ id: newId(), standardId, districtCode, role, createdAt: writing.at },
    unitId: writing.idOf(unit),
  }))

async function changeStandard(
  tx: Writer,
  { id = '', version, columns, units: answeringNow }: PlannedStandard,
  writing: Writing,
): Promise<FormerStandard> {
  const { at, by } = writing
  const [row] = await tx.select().from(standards).where(eq(standards.id, id))
  if (!row || row.version !== version) throw new ChangedMeanwhile('somebody changed a standard')
  const { id: _, schemeId: __, position: ___, version: ____, createdAt: _____, ...before } = row
  const former = await tx.select().from(standardUnits).where(eq(standardUnits.standardId, id))
  await tx
    .update(standards)
    .set({ ...columns, version: row.version + 1 })
    .where(eq(standards.id, id))
  await tx.delete(standardUnits).where(eq(standardUnits.standardId, id))
  const answering = answeringRows(id, answeringNow, writing)
  if (answering.length > 0) await tx.insert(standardUnits).values(answering)
  await record(tx, { action: 'standard.changed', subject: `standard:${id}`, by: { userId: by }, at })
  const units = former.map(({ id: of, createdAt, districtCode, unitId, role }) => {
    return { id: of, createdAt: isoOf(createdAt), districtCode, unitId, role }
  })
  return { id, version: row.version + 1, columns: before, units }
}
