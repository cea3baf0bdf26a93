import { sql } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import { among, referencesTo, rowsOf } from '#platform/database/dialect.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Change, ChangedTable } from './changes.ts'
import { assertContent } from './undo-changes.ts'

/** The names of the tables in the database. */
const stored: Record<ChangedTable, string> = {
  units: 'units',
  unitAliases: 'unit_aliases',
  teams: 'teams',
  persons: 'persons',
  personSkills: 'person_skills',
  contacts: 'contacts',
  personContacts: 'person_contacts',
  memberships: 'memberships',
}

/** Of what others may make use. A contact that is shared by now is kept, so it refuses nothing. */
const usable = ['units', 'teams', 'persons'] as const

/** Many changes, given the latest first, and the question whether all of them can still be undone. Only reads. */
export class Undoable {
  /** The content each row has by its last change. */
  readonly #digests = new Map<ChangedTable, Map<string, string>>()
  /** The rows that are taken back, by the name of their table: they may refer to each other. */
  readonly #touched = new Map<string, Set<string>>()
  readonly #made = new Map<ChangedTable, string[]>()

  /** @param others rows of other tables that are taken back with these */
  add(changes: readonly Change[], others: Readonly<Record<string, readonly string[]>>): void {
    for (const [table, ids] of Object.entries(others))
      for (const id of ids) this.#of(this.#touched, table, () => new Set<string>()).add(id)
    for (const { table, id, before, digest } of changes.toReversed()) {
      this.#of(this.#touched, stored[table], () => new Set<string>()).add(id)
      if (before === null) this.#of(this.#made, table, () => [] as string[]).push(id)
      if (digest === undefined || table === 'contacts') continue
      const digests = this.#of(this.#digests, table, () => new Map<string, string>())
      if (!digests.has(id)) digests.set(id, digest)
    }
  }

  #of<K extends string, T>(all: Map<K, T>, table: K, make: () => T): T {
    const known = all.get(table) ?? make()
    all.set(table, known)
    return known
  }

  /** @throws DomainError conflict `changes.edited_since`, `changes.in_use` */
  async assertAll(db: Reader, keys: KeyRing): Promise<void> {
    for (const [name, digests] of this.#digests) await assertContent(db, keys, name, digests)
    for (const name of usable) await this.#assertUnused(db, name)
  }

  /** Rows that refer to what the changes made, and were not made or changed by them. */
  async #assertUnused(db: Reader, name: ChangedTable): Promise<void> {
    const made = this.#made.get(name) ?? []
    if (made.length === 0) return
    for (const { table, column } of await referencesTo(db, stored[name])) {
      const known = this.#touched.get(table)
      // Whether a record is of the same human as one elsewhere is no reason to keep it.
      const real = table === 'person_requests' ? sql`kind <> 'one_human'` : sql`1 = 1`
      const [from, to] = [sql.identifier(table), sql.identifier(column)]
      const what = known ? sql`id` : sql`'' as id`
      await inChunks(made, 500, async (some) => {
        const rows = await rowsOf<{ id: string }>(
          db,
          sql`select ${what} from ${from} where ${among(sql`${to}`, some)} and ${real}${known ? sql`` : sql` limit 1`}`,
        )
        if (rows.every(({ id }) => known?.has(id))) return
        throw new DomainError('conflict', 'changes.in_use', 'Something was built on these rows since.', {})
      })
    }
  }
}
