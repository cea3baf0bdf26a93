import { inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Reach, reachesNothing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { assertMoves, type Move } from '../assert-move.ts'
import { searchNameOf } from '../names.ts'
import { pinyinOf } from '../pinyin.ts'
import { units } from '../schema.ts'
import { ChangeSet } from './change-set.ts'
import type { Outcome, Saved, UnitInput } from './changes.ts'

export type UnitRow = typeof units.$inferSelect

/** A limit on the length of a path; no real organisation has as many levels. */
export const unitDepthMax = 12

/** The three stored forms of a name. @throws DomainError `name.missing` when nothing is left to compare */
export function namesOf(name: string): { name: string; searchName: string; pinyin: string } {
  const searchName = searchNameOf(name)
  if (searchName === '') throw new DomainError('invalid', 'name.missing', 'A name is needed.')
  return { name: name.trim(), searchName, pinyin: pinyinOf(name) }
}

/** The path of a unit below `parent`. @throws DomainError `unit.too_deep` */
export function pathUnder(parent: { path: string } | undefined, id: string): string {
  const path = `${parent?.path ?? '/'}${id}/`
  if (path.split('/').length - 2 > unitDepthMax) {
    throw new DomainError('invalid', 'unit.too_deep', `Units go at most ${unitDepthMax} levels deep.`, {
      levels: unitDepthMax,
    })
  }
  return path
}

async function rowsById(db: Reader, ids: Iterable<string>): Promise<Map<string, UnitRow>> {
  const rows = new Map<string, UnitRow>()
  await inChunks([...new Set(ids)], 500, async (some) => {
    for (const row of await db.select().from(units).where(inArray(units.id, some))) rows.set(row.id, row)
  })
  return rows
}

/**
 * Creates units, and adds the stated values to units with an `id`. Returns the changes, so that they can be undone. An
 * existing unit keeps its parent: use `changeUnit` to move it. In `inputs`, a new parent comes before its new children.
 * @param reach of the user; needed to move a known unit to another district. Without it no unit is moved
 * @throws DomainError `unit.missing`, `parent.missing`, `name.missing`, `unit.too_deep`, and what `assertMoves`
 *   throws
 */
export async function saveUnits(
  tx: Writer,
  inputs: readonly UnitInput[],
  at: DateTime,
  reach: Reach = reachesNothing,
): Promise<Saved> {
  const rows = await rowsById(
    tx,
    inputs.flatMap(({ id, parentId }) => [id, parentId].filter((each) => each != null)),
  )
  await assertMoves(tx, reach, movesOf(rows, inputs))
  const changeSet = new ChangeSet('units', units)
  const ids: string[] = []
  const outcomes: Outcome[] = []
  for (const input of inputs) {
    const { id, parentId, name, ...stated } = input
    let row = id === undefined ? undefined : rows.get(id)
    if (id !== undefined && !row) throw missing('unit.missing', id)
    if (row) {
      const names = name.trim() === row.name ? {} : namesOf(name)
      outcomes.push(changeSet.alter(row, { ...stated, ...names }) ? 'updated' : 'unchanged')
    } else {
      row = newUnit(input, parentId == null ? undefined : parentOf(rows, parentId), at)
      rows.set(row.id, row)
      changeSet.create(row)
      outcomes.push('created')
    }
    ids.push(row.id)
  }
  return { ids, outcomes, changes: await changeSet.write(tx) }
}

function movesOf(rows: Map<string, UnitRow>, inputs: readonly UnitInput[]): Move[] {
  return inputs.flatMap(({ id, districtCode }) => {
    const row = id === undefined ? undefined : rows.get(id)
    return row && districtCode !== undefined
      ? [{ district: { from: row.districtCode, to: districtCode } }]
      : []
  })
}

function newUnit(input: UnitInput, parent: UnitRow | undefined, at: DateTime): UnitRow {
  const id = newId()
  return {
    id,
    ...namesOf(input.name),
    kind: input.kind ?? 'other',
    parentId: parent?.id ?? null,
    path: pathUnder(parent, id),
    districtCode: input.districtCode ?? null,
    system: input.system ?? null,
    honourTitle: input.honourTitle ?? null,
    staffCount: input.staffCount ?? null,
    liaisonPersonId: input.liaisonPersonId ?? null,
    leaderPersonId: input.leaderPersonId ?? null,
    closedAt: null,
    version: 1,
    createdAt: at,
  }
}

function parentOf(rows: Map<string, UnitRow>, parentId: string): UnitRow {
  const parent = rows.get(parentId)
  if (!parent) throw missing('parent.missing', parentId)
  if (parent.closedAt)
    throw new DomainError('conflict', 'parent.closed', 'The parent unit is closed.', { parentId })
  return parent
}

function missing(code: string, id: string): DomainError {
  return new DomainError('missing', code, 'There is no such unit.', { id })
}
