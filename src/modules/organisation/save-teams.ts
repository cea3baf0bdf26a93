import { and, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Outcome, Saved, TeamInput } from './changes.ts'
import { Ledger } from './ledger.ts'
import { namesOf } from './save-units.ts'
import { teams } from './schema.ts'

export type TeamRow = typeof teams.$inferSelect

async function rowsById(db: Reader, ids: Iterable<string>): Promise<Map<string, TeamRow>> {
  const rows = new Map<string, TeamRow>()
  await inChunks([...new Set(ids)], 500, async (some) => {
    for (const row of await db.select().from(teams).where(inArray(teams.id, some))) rows.set(row.id, row)
  })
  return rows
}

/**
 * Creates teams and classes, and adds what is stated to those with an `id`; says what changed, so that it
 * can be undone. Open teams of one unit have different names.
 * @throws DomainError `team.missing`, `team.exists`, `name.missing`
 */
export async function saveTeams(tx: Writer, inputs: readonly TeamInput[], at: DateTime): Promise<Saved> {
  const rows = await rowsById(
    tx,
    inputs.flatMap(({ id }) => id ?? []),
  )
  const ledger = new Ledger('teams', teams)
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
      outcomes.push(ledger.alter(row, { ...stated, ...names }) ? 'updated' : 'unchanged')
    } else {
      row = newTeam(input, at)
      rows.set(row.id, row)
      ledger.create(row)
      outcomes.push('created')
    }
    ids.push(row.id)
  }
  await refuseNamesTaken(tx, [...ledger.created, ...ledger.altered])
  return { ids, outcomes, changes: await ledger.write(tx) }
}

/** The unique index decides; this only says it in words where it can. */
async function refuseNamesTaken(db: Reader, rows: readonly TeamRow[]): Promise<void> {
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
