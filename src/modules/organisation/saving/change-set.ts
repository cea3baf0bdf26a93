import type { PgTable } from 'drizzle-orm/pg-core'
import { insertAll } from '#platform/database/insert-all.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Writer } from '#platform/database/port.ts'
import { rewriteAll } from './bulk.ts'
import { alter, type Change, type ChangedTable, digestOf, type Plain } from './changes.ts'

type Table = PgTable & { id: AnyColumn }

/** Makes the stored row from the decrypted one. `before`: the old values of the changed columns, null for a new row. */
type Seal<Row, Stored> = (row: Row, before: Record<string, Plain> | null) => Stored

/**
 * Collects the inserts and updates of a bulk change for one table, so that they are written together and returned as
 * `Change[]`. Rows are compared in decrypted form; for a table with encrypted columns `seal` makes the stored row.
 */
export class ChangeSet<T extends Table, Row extends object = T['$inferSelect']> {
  readonly #into: T
  readonly #name: ChangedTable
  readonly #seal: Seal<Row, T['$inferSelect']>
  readonly #created = new Map<string, Row>()
  readonly #altered = new Map<string, { row: Row; before: Record<string, Plain> }>()

  constructor(
    name: ChangedTable,
    into: T,
    seal: Seal<Row, T['$inferSelect']> = (row) => row as unknown as T['$inferSelect'],
  ) {
    this.#name = name
    this.#into = into
    this.#seal = seal
  }

  create(row: Row): void {
    this.#created.set(idOf(row), row)
  }

  /** Sets the stated values that differ and increments the version once. Returns whether anything differs. */
  alter(row: Row, stated: Partial<Row>): boolean {
    const change = alter(row as Record<string, unknown>, stated)
    if (!change) return false
    Object.assign(row, change.after)
    if (!this.#created.has(idOf(row))) this.#remember(row, change.before)
    return true
  }

  /** Increments the version because a dependent row (contact, membership) changed. */
  touch(row: Row): void {
    if (!this.#created.has(idOf(row))) this.#remember(row, {})
  }

  #remember(row: Row, before: Record<string, Plain>): void {
    const earlier = this.#altered.get(idOf(row))
    if (!earlier && 'version' in row) Object.assign(row, { version: (row.version as number) + 1 })
    this.#altered.set(idOf(row), { row, before: { ...before, ...earlier?.before } })
  }

  /** Writes all collected rows, returns the changes, and empties the change set. */
  async write(tx: Writer): Promise<Change[]> {
    const created = [...this.#created.values()]
    const altered = [...this.#altered.values()]
    this.#created.clear()
    this.#altered.clear()
    const seal = this.#seal
    await insertAll(tx, this.#into, created.map((row) => seal(row, null)) as T['$inferInsert'][])
    await rewriteAll(
      tx,
      this.#into,
      altered.map(({ row, before }) => seal(row, before)),
    )
    return [
      ...created.map((row) => this.#change(row, null)),
      ...altered.map(({ row, before }) => this.#change(row, before)),
    ]
  }

  #change(row: Row, before: Record<string, Plain> | null): Change {
    return { table: this.#name, id: idOf(row), before, digest: digestOf(row as Record<string, unknown>) }
  }

  get created(): readonly Row[] {
    return [...this.#created.values()]
  }

  get altered(): readonly Row[] {
    return [...this.#altered.values()].map(({ row }) => row)
  }
}

function idOf(row: object): string {
  return (row as { id: string }).id
}
