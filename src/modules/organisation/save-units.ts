import { inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Outcome, Saved, UnitInput } from './changes.ts'
import { Ledger } from './ledger.ts'
import { pinyinOf, searchNameOf } from './names.ts'
import { units } from './schema.ts'

export type UnitRow = typeof units.$inferSelect

/** More levels than any organisation has; keeps a path short. */
export const unitDepthMax = 12

/** A name in its three forms. @throws DomainError `name.missing` when nothing of it can be compared */
export function namesOf(name: string): { name: string; searchName: string; pinyin: string } {
  const searchName = searchNameOf(name)
  if (searchName === '') throw new DomainError('invalid', 'name.missing', 'A name is needed.')
  return { name: name.trim(), searchName, pinyin: pinyinOf(name) }
}

/** The path of something below `parent`. @throws DomainError `unit.too-deep` */
export function pathUnder(parent: { path: string } | undefined, id: string): string {
  const path = `${parent?.path ?? '/'}${id}/`
  if (path.split('/').length - 2 > unitDepthMax) {
    throw new DomainError('invalid', 'unit.too-deep', `Units go at most ${unitDepthMax} levels deep.`, {
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
 * Creates units, and adds what is stated to those with an `id`; says what changed, so that it can be undone.
 * An existing unit keeps its parent: moving is `changeUnit`. A new parent stands before its new children.
 * @throws DomainError `unit.missing`, `parent.missing`, `name.missing`, `unit.too-deep`
 */
export async function saveUnits(tx: Writer, inputs: readonly UnitInput[], at: DateTime): Promise<Saved> {
  const rows = await rowsById(
    tx,
    inputs.flatMap(({ id, parentId }) => [id, parentId].filter((each) => each != null)),
  )
  const ledger = new Ledger('units', units)
  const ids: string[] = []
  const outcomes: Outcome[] = []
  for (const input of inputs) {
    const { id, parentId, name, ...stated } = input
    let row = id === undefined ? undefined : rows.get(id)
    if (id !== undefined && !row) throw missing('unit.missing', id)
    if (row) {
      const names = name.trim() === row.name ? {} : namesOf(name)
      outcomes.push(ledger.alter(row, { ...stated, ...names }) ? 'updated' : 'unchanged')
    } else {
      row = newUnit(input, parentId == null ? undefined : parentOf(rows, parentId), at)
      rows.set(row.id, row)
      ledger.create(row)
      outcomes.push('created')
    }
    ids.push(row.id)
  }
  return { ids, outcomes, changes: await ledger.write(tx) }
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
