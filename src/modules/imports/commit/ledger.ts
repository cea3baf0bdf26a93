import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Database, Reader, Writer } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { AppContext } from '#src/context.ts'
import { envelopeOf } from '../data-key.ts'
import type { Envelope } from '../envelope.ts'
import type { Piece, SheetRegister, Slice } from '../judge/register.ts'
import { type ImportRow, importChanges, imports } from '../schema.ts'

/** One stored batch of changes of a register. */
export interface Lot {
  register: string
  piece: Piece
}

/** A condition: the import is being committed by this attempt, not by one that began later. */
export const attemptOf = ({ id, version }: ImportRow) =>
  and(eq(imports.id, id), eq(imports.state, 'committing'), eq(imports.version, version))

/** A later attempt has begun: this one leaves everything to it. */
export class Overtaken extends Error {}

const everything = { everything: true } as const

/** What an import changed, slice by slice, encrypted: the old values are personal data. */
export class Ledger {
  readonly envelope: Envelope
  readonly #context: Pick<AppContext, 'db' | 'keys' | 'now'>
  readonly #registers: readonly SheetRegister[]
  readonly #row: ImportRow
  #ordinal = 0

  constructor(
    context: Pick<AppContext, 'db' | 'keys' | 'now'>,
    registers: readonly SheetRegister[],
    row: ImportRow,
  ) {
    this.envelope = envelopeOf(context.keys, row)
    this.#context = context
    this.#registers = registers
    this.#row = row
  }

  /** Writes a slice and keeps its changes, in one transaction. @throws Overtaken */
  async write(register: string, slice: Slice): Promise<readonly Piece[]> {
    const from = this.#ordinal
    const pieces = await this.#db.transaction(async (tx) => {
      await this.#assertMine(tx)
      const written = await slice(tx)
      const rows = written.map((piece, n) => {
        const id = newId()
        const lot: Lot = { register, piece }
        return {
          id,
          importId: this.#row.id,
          ordinal: from + n,
          changes: this.envelope.seal(lot, `changes/${id}`),
        }
      })
      if (rows.length > 0) await tx.insert(importChanges).values(rows)
      return written
    })
    this.#ordinal += pieces.length
    return pieces
  }

  /**
   * Takes back all that was written, the latest first, each batch in a transaction of its own.
   * @throws Overtaken; DomainError conflict when somebody edited or used one of the rows since; what was written before it stays
   */
  async takeBack(reach: Reach = everything): Promise<void> {
    const { keys, now } = this.#context
    while (
      await this.#db.transaction(async (tx) => {
        await this.#assertMine(tx)
        const lot = await latestLot(tx, this.envelope, this.#row.id)
        if (!lot) return false
        const register = registerNamed(this.#registers, lot.register)
        await register.undo(tx, lot.piece, { keys, at: now(), reach })
        await tx.delete(importChanges).where(eq(importChanges.id, lot.id))
        return true
      })
    );
    this.#ordinal = 0
  }

  async #assertMine(tx: Reader): Promise<void> {
    const { id, version } = this.#row
    const states = inArray(imports.state, ['committing', 'undoing'])
    const mine = and(eq(imports.id, id), eq(imports.version, version), states)
    if ((await tx.$count(imports, mine)) === 0) throw new Overtaken('another attempt has begun')
  }

  get #db(): Database {
    return this.#context.db
  }
}

export function registerNamed(registers: readonly SheetRegister[], name: string): SheetRegister {
  const found = registers.find((register) => register.name === name)
  if (!found) throw new Error(`nobody knows how to take back what ${name} wrote`)
  return found
}

async function latestLot(
  tx: Writer,
  envelope: Envelope,
  importId: string,
): Promise<(Lot & { id: string }) | undefined> {
  const [latest] = await tx
    .select({ id: importChanges.id })
    .from(importChanges)
    .where(eq(importChanges.importId, importId))
    .orderBy(desc(importChanges.ordinal))
    .limit(1)
  return latest && { id: latest.id, ...(await openLot(tx, envelope, latest.id)) }
}

/** One stored batch, decrypted. */
export async function openLot(db: Reader, envelope: Envelope, id: string): Promise<Lot> {
  const [lot] = await db.select().from(importChanges).where(eq(importChanges.id, id))
  if (!lot) throw new Error('what an import wrote is not there')
  const kept = envelope.open<Lot | object>(lot.changes, `changes/${id}`)
  // Changes without a register's name were stored by an older release, by a register of the organisation.
  return 'register' in kept ? kept : { register: 'persons', piece: kept }
}
