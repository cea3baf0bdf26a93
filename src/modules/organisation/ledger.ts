import type { PgTable } from 'drizzle-orm/pg-core'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Writer } from '#platform/database/port.ts'
import { insertAll, rewriteAll } from './bulk.ts'
import { alter, type Change, type ChangedTable, digestOf, type Plain } from './changes.ts'

type Table = PgTable & { id: AnyColumn }

/** Gathers what a bulk change does to one table, so that it is written together and can be told afterwards. */
export class Ledger<T extends Table> {
  readonly #into: T
  readonly #name: ChangedTable
  readonly #created = new Map<string, T['$inferSelect']>()
  readonly #altered = new Map<string, { row: T['$inferSelect']; before: Record<string, Plain> }>()

  constructor(name: ChangedTable, into: T) {
    this.#name = name
    this.#into = into
  }

  create(row: T['$inferSelect']): void {
    this.#created.set(idOf(row), row)
  }

  /** Sets what is stated and differs, and counts the version up once. Returns whether anything differs. */
  alter(row: T['$inferSelect'], stated: Partial<T['$inferSelect']>): boolean {
    const change = alter(row, stated)
    if (!change) return false
    Object.assign(row, change.after)
    if (!this.#created.has(idOf(row))) this.#remember(row, change.before)
    return true
  }

  /** Counts the version up because something that hangs on the row changed. */
  touch(row: T['$inferSelect']): void {
    if (!this.#created.has(idOf(row))) this.#remember(row, {})
  }

  #remember(row: T['$inferSelect'], before: Record<string, Plain>): void {
    const earlier = this.#altered.get(idOf(row))
    if (!earlier && 'version' in row) Object.assign(row, { version: (row.version as number) + 1 })
    this.#altered.set(idOf(row), { row, before: { ...before, ...earlier?.before } })
  }

  /** Writes everything gathered, and says what it was. Begins anew afterwards. */
  async write(tx: Writer): Promise<Change[]> {
    const created = [...this.#created.values()]
    const altered = [...this.#altered.values()]
    this.#created.clear()
    this.#altered.clear()
    await insertAll(tx, this.#into, created as T['$inferInsert'][])
    await rewriteAll(
      tx,
      this.#into,
      altered.map(({ row }) => row),
    )
    return [
      ...created.map((row) => this.#change(row, null)),
      ...altered.map(({ row, before }) => this.#change(row, before)),
    ]
  }

  #change(row: T['$inferSelect'], before: Record<string, Plain> | null): Change {
    return { table: this.#name, id: idOf(row), before, digest: digestOf(row) }
  }

  get created(): readonly T['$inferSelect'][] {
    return [...this.#created.values()]
  }

  get altered(): readonly T['$inferSelect'][] {
    return [...this.#altered.values()].map(({ row }) => row)
  }
}

function idOf(row: Record<string, unknown>): string {
  return row.id as string
}
