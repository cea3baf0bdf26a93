import { and, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Reach, reachesNothing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { assertMoves, type Move } from '../assert-move.ts'
import { teams } from '../schema.ts'
import { ChangeSet } from './change-set.ts'
import type { Outcome, Saved, TeamInput } from './changes.ts'
import { namesOf } from './save-units.ts'

export type TeamRow = typeof teams.$inferSelect

async function rowsById(db: Reader, ids: Iterable<string>): Promise<Map<string, TeamRow>> {
  const rows = new Map<string, TeamRow>()
  await inChunks([...new Set(ids)], 500, async (some) => {
    for (const row of await db.select().from(teams).where(inArray(teams.id, some))) rows.set(row.id, row)
  })
  return rows
}

/**
 * Creates teams and classes, and adds the stated values to teams with an `id`. Returns the changes, so that they can be
 * undone. Open teams of a unit have different names.
 * @param reach of the user; needed to move a known team to another unit. Without it no team is moved
 * @throws DomainError `team.missing`, `team.exists`, `name.missing`, and what `assertMoves` throws
 */
export async function saveTeams(
  tx: Writer,
  inputs: readonly TeamInput[],
  at: DateTime,
  reach: Reach = reachesNothing,
): Promise<Saved> {
  const rows = await rowsById(
    tx,
    inputs.flatMap(({ id }) => id ?? []),
  )
  await assertMoves(tx, reach, movesOf(rows, inputs))
  const changeSet = new ChangeSet('teams', teams)
  const ids: string[] = []
  const outcomes: Outcome[] = []
  for (const input of inputs) {
    const { id, name, ...stated } = input
    let row = id === undefined ? undefined : rows.get(id)
    if (id !== undefined && !row) {
      throw new DomainError('missing', 'team.missing', 'There is no such team.', { teamId: id })
    }
    if (row) {
      const names = name.trim() === row.name ? {} : namesOf(name)
      outcomes.push(changeSet.alter(row, { ...stated, ...names }) ? 'updated' : 'unchanged')
    } else {
      row = newTeam(input, at)
      rows.set(row.id, row)
      changeSet.create(row)
      outcomes.push('created')
    }
    ids.push(row.id)
  }
  await assertNamesFree(tx, [...changeSet.created, ...changeSet.altered])
  return { ids, outcomes, changes: await changeSet.write(tx) }
}

function movesOf(rows: Map<string, TeamRow>, inputs: readonly TeamInput[]): Move[] {
  return inputs.flatMap(({ id, unitId }) => {
    const row = id === undefined ? undefined : rows.get(id)
    return row && unitId !== undefined ? [{ unit: { from: row.unitId, to: unitId } }] : []
  })
}

/** Reports a duplicate name with a clear error. The unique index remains the guarantee. */
async function assertNamesFree(db: Reader, rows: readonly TeamRow[]): Promise<void> {
  const taken = new Map<string, string>()
  const keyOf = (row: Pick<TeamRow, 'unitId' | 'searchName'>) => `${row.unitId} ${row.searchName}`
  await inChunks([...new Set(rows.flatMap(({ unitId }) => unitId ?? []))], 500, async (unitIds) => {
    const open = await db
      .select({ id: teams.id, unitId: teams.unitId, searchName: teams.searchName })
      .from(teams)
      .where(and(inArray(teams.unitId, unitIds), isNull(teams.closedAt)))
    for (const row of open) taken.set(keyOf(row), row.id)
  })
  for (const row of rows) {
    if (row.unitId === null || row.closedAt) continue
    const holder = taken.get(keyOf(row))
    if (holder !== undefined && holder !== row.id) {
      throw new DomainError('conflict', 'team.exists', 'The unit has an open team of this name.', {
        teamId: holder,
      })
    }
    taken.set(keyOf(row), row.id)
  }
}

function newTeam(input: TeamInput, at: DateTime): TeamRow {
  return {
    id: newId(),
    unitId: input.unitId ?? null,
    ...namesOf(input.name),
    kind: input.kind ?? 'team',
    leaderPersonId: input.leaderPersonId ?? null,
    baseLatitude: input.baseLatitude ?? null,
    baseLongitude: input.baseLongitude ?? null,
    whole: input.whole ?? false,
    statedHeads: input.statedHeads ?? null,
    statedMinors: input.statedMinors ?? null,
    closedAt: null,
    version: 1,
    createdAt: at,
  }
}
