/** Writes the points of a list, and takes them back. */
import { eq, inArray } from 'drizzle-orm'
import {
  ChangedMeanwhile,
  type Piece,
  parts,
  type Slice,
  type Undoing,
  type Writing,
} from '#modules/imports/index.ts'
import { searchNameOf } from '#modules/organisation/index.ts'
import { recordAll } from '#platform/audit/index.ts'
import { insertAll } from '#platform/database/insert-all.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { cases, points, roundPoints, visits } from '../schema.ts'
import type { PlannedPoint } from './judge-points.ts'

type Columns = Pick<
  typeof points.$inferSelect,
  'name' | 'searchName' | 'pointClass' | 'zoneId' | 'unitId' | 'latitude' | 'longitude'
>

/** What one slice wrote. */
interface Written {
  added: string[]
  /** What the points were before, and their version after. */
  changed: { id: string; version: number; columns: Columns }[]
}

/** Two hundred points a slice. */
export function* pointSlices(plan: readonly PlannedPoint[], writing: Writing): Iterable<Slice> {
  for (const some of parts(plan.filter(({ id }) => id === undefined)))
    yield async (tx) => [{ added: await addPoints(tx, some, writing), changed: [] } satisfies Written]
  for (const some of parts(plan.filter(({ id }) => id !== undefined)))
    yield async (tx) => [{ added: [], changed: await changePoints(tx, some, writing) } satisfies Written]
}

function columnsOf({ id: _, version: __, unit, code: ___, ...columns }: PlannedPoint, writing: Writing) {
  const unitId = unit === null ? null : writing.idOf(unit)
  return { ...columns, unitId, searchName: searchNameOf(columns.name) } satisfies Columns
}

async function addPoints(tx: Writer, planned: readonly PlannedPoint[], writing: Writing): Promise<string[]> {
  const { at, by } = writing
  const codes = planned.map(({ code }) => code)
  if ((await tx.$count(points, inArray(points.code, codes))) > 0)
    throw new ChangedMeanwhile('somebody entered a point of this code')
  const rows = planned.map((point) => ({
    ...columnsOf(point, writing),
    ...{ id: newId(), code: point.code, createdAt: at },
  }))
  await insertAll(tx, points, rows)
  const fact = { action: 'point.created', by: { userId: by }, at } as const
  await recordAll(
    tx,
    rows.map(({ id }) => ({ ...fact, subject: `point:${id}` })),
  )
  return rows.map(({ id }) => id)
}

async function changePoints(
  tx: Writer,
  planned: readonly PlannedPoint[],
  writing: Writing,
): Promise<Written['changed']> {
  const changed: Written['changed'] = []
  const { at, by } = writing
  for (const point of planned) {
    const { id = '', version = 0 } = point
    const [row] = await tx.select().from(points).where(eq(points.id, id))
    if (!row || row.version !== version || row.closedAt)
      throw new ChangedMeanwhile('somebody changed a point')
    await tx
      .update(points)
      .set({ ...columnsOf(point, writing), version: version + 1 })
      .where(eq(points.id, id))
    const { name, searchName, pointClass, zoneId, unitId, latitude, longitude } = row
    const columns = { name, searchName, pointClass, zoneId, unitId, latitude, longitude }
    changed.push({ id, version: version + 1, columns })
  }
  const fact = { action: 'point.changed', by: { userId: by }, at } as const
  await recordAll(
    tx,
    changed.map(({ id }) => ({ ...fact, subject: `point:${id}` })),
  )
  return changed
}

const idsIn = ({ added, changed }: Written) => [...added, ...changed.map(({ id }) => id)]

/** Its points may refer to units that the same list brought. */
export const rowsOfPoints = (piece: Piece) => ({ points: idsIn(piece as Written) })

/**
 * Asked where somebody does not reach everything. Whether points can be taken back depends on whether they were drawn, and
 * nobody below the city office learns that before a round is shown: they close or correct their points instead.
 * @throws DomainError forbidden `changes.out_of_reach`
 */
export async function assertPointsWithin(): Promise<void> {
  throw new DomainError('forbidden', 'changes.out_of_reach', 'Points are taken back by the city office.')
}

/** @throws DomainError conflict `changes.edited_since`, `changes.in_use` */
export async function assertPointsUntouched(db: Reader, piece: Piece): Promise<void> {
  const { added, changed } = piece as Written
  const versions = new Map(changed.map(({ id, version }) => [id, version]))
  await inChunks(idsIn(piece as Written), 200, async (ids) => {
    const there = await db
      .select({ id: points.id, version: points.version, closedAt: points.closedAt })
      .from(points)
      .where(inArray(points.id, [...ids]))
    const same = there.every(({ id, version }) => version === (versions.get(id) ?? 1))
    if (there.length < ids.length || !same) throw editedSince()
  })
  await inChunks(added, 200, async (some) => {
    const ids = [...some]
    const used =
      (await db.$count(roundPoints, inArray(roundPoints.pointId, ids))) +
      (await db.$count(visits, inArray(visits.pointId, ids))) +
      (await db.$count(cases, inArray(cases.pointId, ids)))
    if (used > 0)
      throw new DomainError('conflict', 'changes.in_use', 'A point of the list was drawn or visited.')
  })
}

/** @throws DomainError as `assertPointsUntouched` */
export async function undoPoints(tx: Writer, piece: Piece, _: Undoing): Promise<void> {
  await assertPointsUntouched(tx, piece)
  const { added, changed } = piece as Written
  await inChunks(added, 200, async (ids) => {
    await tx.delete(points).where(inArray(points.id, [...ids]))
  })
  for (const { id, version, columns } of changed)
    await tx
      .update(points)
      .set({ ...columns, version: version + 1 })
      .where(eq(points.id, id))
}

const editedSince = () =>
  new DomainError('conflict', 'changes.edited_since', 'A point of the list was edited since.')
