import { and, eq, exists, inArray, not, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { DateTime } from 'luxon'
import type { AnyColumn } from '#platform/database/kit.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { violationOf } from '#platform/database/violations.ts'
import { DomainError } from '#platform/errors.ts'
import { chunkRows } from './bulk.ts'
import { type Change, type ChangedTable, digestOf, type Plain } from './changes.ts'
import {
  contacts,
  memberships,
  personContacts,
  personSkills,
  persons,
  teams,
  unitAliases,
  units,
} from './schema.ts'

type Table = PgTable & { id: AnyColumn; version?: AnyColumn }

const tables: Record<ChangedTable, Table> = {
  units,
  unitAliases,
  teams,
  persons,
  personSkills,
  contacts,
  personContacts,
  memberships,
}

/**
 * Takes back what `saveUnits`, `saveTeams` and `savePersons` changed: what they created is deleted, what
 * they altered gets its former values. Either everything or nothing: when a row was edited since, or
 * something new hangs on it (an assignment, another membership), nothing is taken back. A number that
 * somebody else has come to share stays.
 * @param changes in the order in which they were made
 * @throws DomainError conflict `changes.edited-since`, `changes.in-use`
 */
export async function undoChanges(tx: Writer, changes: readonly Change[]): Promise<void> {
  await refuseEdited(tx, changes)
  try {
    for (const run of runsOf(changes.toReversed())) {
      const { table: name, before } = run[0]!
      if (before === null) await remove(tx, name, run)
      else {
        await inChunks(run, 50, async (some) => {
          for (const change of some) await restore(tx, change)
        })
      }
    }
  } catch (error) {
    if (violationOf(error)?.kind !== 'foreign') throw error
    throw new DomainError(
      'conflict',
      'changes.in-use',
      'Something was built on these rows since.',
      {},
      { cause: error },
    )
  }
}

/** Neighbours that are undone by the same statement. */
function runsOf(changes: readonly Change[]): Change[][] {
  const runs: Change[][] = []
  for (const change of changes) {
    const last = runs.at(-1)?.[0]
    if (last?.table === change.table && (last.before === null) === (change.before === null))
      runs.at(-1)!.push(change)
    else runs.push([change])
  }
  return runs
}

/** Every row must say what the last of the changes left it saying. */
async function refuseEdited(tx: Writer, changes: readonly Change[]): Promise<void> {
  const last = new Map<ChangedTable, Map<string, string>>()
  for (const { table: name, id, digest } of changes) {
    if (digest === undefined) continue
    if (!last.has(name)) last.set(name, new Map())
    last.get(name)!.set(id, digest)
  }
  for (const [name, digests] of last) {
    const from = tables[name]
    await inChunks([...digests.keys()], chunkRows, async (ids) => {
      const rows: Record<string, unknown>[] = await tx.select().from(from).where(inArray(from.id, ids))
      const same = rows.filter((row) => digests.get(row.id as string) === digestOf(row)).length
      if (same === ids.length) return
      throw new DomainError('conflict', 'changes.edited-since', 'Some of these rows were edited since.', {
        rows: name,
        edited: ids.length - same,
      })
    })
  }
}

async function remove(tx: Writer, name: ChangedTable, run: readonly Change[]): Promise<void> {
  const from = tables[name]
  await inChunks(run, chunkRows, async (some) => {
    const these = inArray(
      from.id,
      some.map(({ id }) => id),
    )
    const shared = tx
      .select({ one: sql`1` })
      .from(personContacts)
      .where(eq(personContacts.contactId, contacts.id))
    await tx.delete(from).where(name === 'contacts' ? and(these, not(exists(shared))) : these)
  })
}

async function restore(tx: Writer, { table: name, id, before }: Change): Promise<void> {
  const into = tables[name]
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(before ?? {}).map(([column, value]) => [column, fromPlain(column, value)]),
  )
  // A version never goes back: somebody may hold the ETag of the state that is being undone.
  if (into.version) values.version = sql`${into.version} + 1`
  if (Object.keys(values).length > 0)
    await tx
      .update(into)
      .set(values as never)
      .where(eq(into.id, id))
}

/** Columns that end in `At` hold instants, and only they. */
function fromPlain(column: string, value: Plain): unknown {
  return column.endsWith('At') && typeof value === 'number'
    ? DateTime.fromMillis(value, { zone: 'utc' })
    : value
}
