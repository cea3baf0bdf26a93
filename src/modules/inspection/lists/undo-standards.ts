/** Takes back what a list wrote into schemes: exactly, or not at all. */
import { and, eq, inArray } from 'drizzle-orm'
import type { Piece, Undoing } from '#modules/imports/index.ts'
import { unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { instantFrom } from '#platform/time.ts'
import { schemes, standards, standardUnits } from '../schema.ts'
import type { FormerStandard, WrittenStandards } from './write-standards.ts'

const idsIn = ({ added, changed }: WrittenStandards) => [...added, ...changed.map(({ id }) => id)]

/** Its schemes and who answers may refer to units that the same list brought. */
export function rowsOfStandards(piece: Piece): Record<string, string[]> {
  const written = piece as WrittenStandards
  return { standards: idsIn(written), ...(written.begun ? { schemes: [written.schemeId] } : {}) }
}

/** @throws DomainError forbidden `changes.out_of_reach` when the scheme is now out of the reach of who undoes */
export async function assertStandardsWithin(db: Reader, piece: Piece, reach: Reach): Promise<void> {
  const { schemeId } = piece as WrittenStandards
  const [found] = await db
    .select({ id: schemes.id })
    .from(schemes)
    .innerJoin(units, eq(units.id, schemes.issuerUnitId))
    .where(and(eq(schemes.id, schemeId), unitsWithin(reach)))
  if (!found)
    throw new DomainError('forbidden', 'changes.out_of_reach', 'The scheme is out of your reach now.', {
      schemeId,
    })
}

/** @throws DomainError conflict `changes.edited_since`, `changes.in_use` */
export async function assertStandardsUntouched(db: Reader, piece: Piece): Promise<void> {
  const written = piece as WrittenStandards
  const { schemeId, changed } = written
  const [scheme] = await db.select().from(schemes).where(eq(schemes.id, schemeId))
  if (!scheme) throw editedSince(schemeId)
  if (scheme.publishedAt) throw inUse(schemeId)
  if (written.indicators && scheme.version !== written.indicators.version) throw editedSince(schemeId)
  if (written.begun && scheme.version !== 1) throw editedSince(schemeId)
  const versions = new Map(changed.map(({ id, version }) => [id, version]))
  await inChunks(idsIn(written), 200, async (ids) => {
    const there = await db
      .select({ id: standards.id, version: standards.version })
      .from(standards)
      .where(inArray(standards.id, [...ids]))
    const same = there.every(({ id, version }) => version === (versions.get(id) ?? 1))
    if (there.length < ids.length || !same) throw editedSince(schemeId)
  })
}

/** @throws DomainError as `assertStandardsUntouched` */
export async function undoStandards(tx: Writer, piece: Piece, _: Undoing): Promise<void> {
  const written = piece as WrittenStandards
  await assertStandardsUntouched(tx, written)
  const { schemeId, added, changed, indicators, begun } = written
  await inChunks(added, 200, async (ids) => {
    await tx.delete(standardUnits).where(inArray(standardUnits.standardId, [...ids]))
    await tx.delete(standards).where(inArray(standards.id, [...ids]))
  })
  for (const former of changed) await putBack(tx, former)
  if (indicators)
    await tx
      .update(schemes)
      .set({ indicators: indicators.before, version: indicators.version + 1 })
      .where(eq(schemes.id, schemeId))
  if (!begun) return
  if ((await tx.$count(standards, eq(standards.schemeId, schemeId))) > 0) throw inUse(schemeId)
  await tx.delete(schemes).where(eq(schemes.id, schemeId))
}

async function putBack(tx: Writer, { id, version, columns, units: before }: FormerStandard): Promise<void> {
  await tx
    .update(standards)
    .set({ ...columns, version: version + 1 })
    .where(eq(standards.id, id))
  await tx.delete(standardUnits).where(eq(standardUnits.standardId, id))
  if (before.length > 0)
    await tx
      .insert(standardUnits)
      .values(before.map((row) => ({ ...row, standardId: id, createdAt: instantFrom(row.createdAt) })))
}

const inUse = (schemeId: string) =>
  new DomainError('conflict', 'changes.in_use', 'The scheme of the list was published or built upon.', {
    schemeId,
  })
const editedSince = (schemeId: string) =>
  new DomainError('conflict', 'changes.edited_since', 'The scheme or a standard was edited since.', {
    schemeId,
  })
