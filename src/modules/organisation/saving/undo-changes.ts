import { and, eq, exists, inArray, isNull, not, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { violationOf } from '#platform/database/violations.ts'
import { DomainError } from '#platform/errors.ts'
import { type Reach, reachesNothing } from '#platform/http/access.ts'
import { assertMoves } from '../assert-move.ts'
import { type GoneNumber, numbersBehind, tellNumbersGone } from '../contacts/tell-gone.ts'
import type { Identifiable } from '../permits/permits.ts'
import {
  contacts,
  memberships,
  personContacts,
  personRequests,
  personSkills,
  persons,
  teams,
  unitAliases,
  units,
} from '../schema.ts'
import { openOwner, openParticulars, sealOwner, sealParticulars } from '../sealed.ts'
import { chunkRows } from './bulk.ts'
import { type Change, type ChangedTable, digestOf, type Plain } from './changes.ts'

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

type Row = Record<string, unknown>

/** For tables with encrypted columns: how to decrypt a row, and how to make the stored row again. */
const sealing: Partial<
  Record<
    ChangedTable,
    { open(keys: KeyRing, row: Row): Row; seal(keys: KeyRing, row: Row, at: DateTime): Row }
  >
> = {
  persons: {
    open: (keys, row) => ({ ...row, ...openParticulars(keys, row as never) }),
    seal: (keys, row, at) => sealParticulars(keys, row.id as string, row as never, at),
  },
  personContacts: {
    open: (keys, row) => ({ ...row, ownerName: openOwner(keys, row as never) }),
    seal: (keys, { id, ownerName }) => ({
      ownerName: sealOwner(keys, id as string, ownerName as string | null),
    }),
  },
}

/**
 * Undoes the changes of `saveUnits`, `saveTeams` and `savePersons`: created rows are deleted, updated rows get their
 * old values. All or nothing: if a row was edited later, or something new refers to it (an assignment, another
 * membership), nothing is undone. Exception: a contact that somebody else shares by now, or that was marked later, is
 * kept, because these may be actions of people out of reach and an error would reveal them.
 * @param changes in the order in which they were made
 * @param at the time of undoing
 * @param reach of the user; without it no unit and no team is moved back
 * @param permit for the people whose identifying data the changes altered: see `identifiedBy`
 * @throws DomainError conflict `changes.edited_since`, `changes.in_use`, and what `assertMoves` throws
 */
export async function undoChanges(
  tx: Writer,
  keys: KeyRing,
  changes: readonly Change[],
  { at, reach = reachesNothing, permit }: { at: DateTime; reach?: Reach; permit: Identifiable },
): Promise<void> {
  if (!permit.everybody) permit.assertCovers(...(await identifiedBy(tx, changes)))
  await assertUnedited(tx, keys, changes)
  await assertMovesBack(tx, changes, reach)
  await forgetQuestions(tx, changes)
  await tellNumbersGone(tx, await numbersTaken(tx, changes))
  try {
    for (const run of runsOf(changes.toReversed())) {
      const { table: name, before } = run[0]!
      if (before === null) await remove(tx, name, run)
      else {
        await inChunks(run, 50, async (some) => {
          for (const change of some) await restore(tx, keys, change, at)
        })
      }
    }
  } catch (error) {
    if (violationOf(error)?.kind !== 'foreign') throw error
    throw new DomainError(
      'conflict',
      'changes.in_use',
      'Something was built on these rows since.',
      {},
      { cause: error },
    )
  }
}

/** Columns of a person that identify them. */
const identifying: readonly string[] = ['name', 'birthDate', 'identityNumber']

/** The people whose name, identity number or birth date these changes altered; undoing alters it again. */
export async function identifiedBy(db: Reader, changes: readonly Change[]): Promise<string[]> {
  const of = (name: ChangedTable) => changes.filter(({ table }) => table === name)
  const made = new Set(of('persons').flatMap(({ id, before }) => (before === null ? id : [])))
  const altered = of('persons').filter(({ before }) =>
    identifying.some((column) => before && column in before),
  )
  const ids = new Set(altered.map(({ id }) => id))
  const links = of('personContacts').map(({ id }) => id)
  await inChunks(links, chunkRows, async (some) => {
    const rows = await db
      .select({ personId: personContacts.personId })
      .from(personContacts)
      .where(inArray(personContacts.id, some))
    for (const { personId } of rows) if (!made.has(personId)) ids.add(personId)
  })
  return [...ids]
}

/** The numbers that these changes brought to people who were there before. */
function numbersTaken(db: Reader, changes: readonly Change[]): Promise<GoneNumber[]> {
  const made = (name: ChangedTable) =>
    changes.flatMap(({ table, id, before }) => (table === name && before === null ? id : []))
  return numbersBehind(db, made('personContacts'), made('persons'))
}

/** Groups consecutive changes that one statement can undo. */
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

/** The digest of a stored row's content. */
function digestOfStored(keys: KeyRing, name: ChangedTable, row: Row): string {
  return digestOf(sealing[name]?.open(keys, row) ?? row)
}

/** Every row must still have the content the last of these changes gave it. */
async function assertUnedited(tx: Writer, keys: KeyRing, changes: readonly Change[]): Promise<void> {
  const last = new Map<ChangedTable, Map<string, string>>()
  for (const { table: name, id, digest } of changes) {
    if (digest === undefined || name === 'contacts') continue
    if (!last.has(name)) last.set(name, new Map())
    last.get(name)!.set(id, digest)
  }
  for (const [name, digests] of last) await assertContent(tx, keys, name, digests)
}

/** @throws DomainError conflict `changes.edited_since` unless every row has the content of this digest */
export async function assertContent(
  db: Reader,
  keys: KeyRing,
  name: ChangedTable,
  digests: ReadonlyMap<string, string>,
): Promise<void> {
  const from = tables[name]
  await inChunks([...digests.keys()], chunkRows, async (ids) => {
    const rows: Row[] = await db.select().from(from).where(inArray(from.id, ids))
    const same = rows.filter(
      (row) => digests.get(row.id as string) === digestOfStored(keys, name, row),
    ).length
    if (same === ids.length) return
    throw new DomainError('conflict', 'changes.edited_since', 'Some of these rows were edited since.', {
      rows: name,
      edited: ids.length - same,
    })
  })
}

/**
 * Undoing a move is also a move, so it needs the same reach. If a row was changed several times, the first change holds
 * the original parent.
 */
async function assertMovesBack(tx: Writer, changes: readonly Change[], reach: Reach): Promise<void> {
  const teamsMoved = formerly(changes, 'teams', 'unitId')
  await inChunks([...teamsMoved.keys()], chunkRows, async (ids) => {
    const rows = await tx
      .select({ id: teams.id, from: teams.unitId })
      .from(teams)
      .where(inArray(teams.id, ids))
    const moves = rows.map(({ id, from }) => ({ unit: { from, to: teamsMoved.get(id) ?? null } }))
    await assertMoves(tx, reach, moves)
  })
  const unitsMoved = formerly(changes, 'units', 'districtCode')
  await inChunks([...unitsMoved.keys()], chunkRows, async (ids) => {
    const rows = await tx
      .select({ id: units.id, from: units.districtCode })
      .from(units)
      .where(inArray(units.id, ids))
    const moves = rows.map(({ id, from }) => ({ district: { from, to: unitsMoved.get(id) ?? null } }))
    await assertMoves(tx, reach, moves)
  })
}

function formerly(changes: readonly Change[], of: ChangedTable, column: string): Map<string, string | null> {
  const former = new Map<string, string | null>()
  for (const { table: name, id, before } of changes) {
    if (name === of && before && column in before && !former.has(id))
      former.set(id, before[column] as string | null)
  }
  return former
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
    const unused = and(these, isNull(contacts.invalidAt), isNull(contacts.optedOutAt), not(exists(shared)))
    await tx.delete(from).where(name === 'contacts' ? unused : these)
  })
}

/** Whether a record is of the same human as one elsewhere is no reason to keep it: an error would tell of the other. */
async function forgetQuestions(tx: Writer, changes: readonly Change[]): Promise<void> {
  const going = new Set(
    changes.flatMap(({ table, id, before }) => (table === 'persons' && !before ? id : [])),
  )
  if (going.size === 0) return
  // There are few of them. Asking for those of so many people would cost more than reading all.
  const { id, personId, otherPersonId } = personRequests
  const asked = await tx
    .select({ id, personId, otherPersonId })
    .from(personRequests)
    .where(eq(personRequests.kind, 'one_human'))
  const gone = asked.filter((each) => going.has(each.personId) || going.has(each.otherPersonId ?? ''))
  await inChunks(gone, chunkRows, (some) =>
    tx.delete(personRequests).where(
      inArray(
        personRequests.id,
        some.map((each) => each.id),
      ),
    ),
  )
}

async function restore(
  tx: Writer,
  keys: KeyRing,
  { table: name, id, before }: Change,
  at: DateTime,
): Promise<void> {
  const into = tables[name]
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(before ?? {}).map(([column, value]) => [column, fromPlain(column, value)]),
  )
  const sealed = sealing[name]
  if (sealed && sealedFields.some((field) => field in values)) {
    const [row] = (await tx.select().from(into).where(eq(into.id, id))) as Row[]
    if (row) Object.assign(values, sealed.seal(keys, { ...sealed.open(keys, row), ...values }, at))
  }
  // A version never decreases: a client may hold the ETag of the state that is being undone.
  if (into.version) values.version = sql`${into.version} + 1`
  if (Object.keys(values).length > 0)
    await tx
      .update(into)
      .set(values as never)
      .where(eq(into.id, id))
}

/** Fields that are stored encrypted. */
const sealedFields = ['birthDate', 'residence', 'ownerName']

/** Exactly the columns whose name ends in `At` hold instants. */
function fromPlain(column: string, value: Plain): unknown {
  return column.endsWith('At') && typeof value === 'number'
    ? DateTime.fromMillis(value, { zone: 'utc' })
    : value
}
