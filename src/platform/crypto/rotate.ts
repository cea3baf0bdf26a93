import { and, asc, eq, getTableColumns, gt, isNotNull, like, not, type SQL } from 'drizzle-orm'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Database, Writer } from '#platform/database/port.ts'
import { withFileLock } from './file-lock.ts'
import { type KeyFile, type KeySet, newKeyEntry, readKeyFile, writeKeyFile } from './key-file.ts'
import { KeyRing } from './key-ring.ts'
import type { SealedColumn } from './sealed-columns.ts'
import { type Place, sealedWith } from './sealed-text.ts'

/** Rows for each transaction: a few milliseconds, so that a running service is never held up. */
const batch = 100

export interface Rotation {
  db: Database
  keysFile: string
  columns: readonly SealedColumn[]
  now: () => Date
  /** How long to wait until every running process follows the key file. */
  settleMs?: number
  /** How long somebody may hold on to what they encrypted before they write it. */
  graceMs?: number
  /** Told after each step and each batch. */
  onProgress?: (progress: RotationProgress) => void
}

export type RotationProgress =
  | { step: 'resumed' | 'announced' | 'switched' | 'retired'; keyId: string }
  | { step: 'rewritten'; column: string; rows: number }

/**
 * Brings everything encrypted under a new data key while the service runs. In this order, so that every process can
 * read everything at every moment, and finds every row by its indexes:
 * announce the new key (it can be read and looked up) → wait → make it primary (it is written) → wait →
 * rewrite all rows in small transactions → retire the old keys (they still open old backups).
 * Where it stands is in the key file and in the rows, so a rotation that was killed is taken up by the next run.
 * @returns how many rows were rewritten
 */
export async function rotateKeys(rotation: Rotation): Promise<{ keyId: string; rows: number }> {
  const { keysFile, now, settleMs = 2 * KeyRing.followMs + 500, graceMs = 10_000, onProgress } = rotation
  return withFileLock(`${keysFile}.lock`, async () => {
    await reviveUsedKeys(rotation)
    const { id: keyId, resumed } = chooseKey(keysFile, now())
    onProgress?.({ step: resumed ? 'resumed' : 'announced', keyId })
    await pause(settleMs)
    change(keysFile, (data) => ({ ...data, primary: keyId }))
    onProgress?.({ step: 'switched', keyId })
    await pause(settleMs)
    const keys = new KeyRing(keysFile)
    const rewriteAll = async () => {
      let rows = 0
      for (const column of rotation.columns) rows += await rewriteColumn(rotation, keys, keyId, column)
      return rows
    }
    let rows = await rewriteAll()
    // Once more for what was encrypted before the switch and written only after the first walk.
    for (let late = -1; late !== 0; rows += late) {
      await pause(graceMs)
      late = await rewriteAll()
    }
    retireOthers(keysFile, keyId, now())
    onProgress?.({ step: 'retired', keyId })
    return { keyId, rows }
  })
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

function change(keysFile: string, edit: (data: KeySet) => KeySet): void {
  const file: KeyFile = readKeyFile(keysFile)
  writeKeyFile(keysFile, { ...file, data: edit(file.data) })
}

/** The key to end with: the newest live one when a rotation was under way, else a new one. */
function chooseKey(keysFile: string, at: Date): { id: string; resumed: boolean } {
  const live = readKeyFile(keysFile).data.keys.filter((key) => !key.retiredAt)
  const newest = live.at(-1)
  if (live.length > 1 && newest) return { id: newest.id, resumed: true }
  const key = newKeyEntry(at)
  change(keysFile, (data) => ({ ...data, keys: [...data.keys, key] }))
  return { id: key.id, resumed: false }
}

function retireOthers(keysFile: string, keyId: string, at: Date): void {
  const retiredAt = at.toISOString()
  change(keysFile, ({ primary, keys }) => ({
    primary,
    keys: keys.map((key) => (key.id === keyId || key.retiredAt ? key : { ...key, retiredAt })),
  }))
}

/**
 * After a restore, rows may stand under keys that were retired since: those are made live again, before the newest,
 * so that look-ups find the rows until they are rewritten.
 */
export async function reviveUsedKeys({
  db,
  keysFile,
  columns,
}: Pick<Rotation, 'db' | 'keysFile' | 'columns'>): Promise<string[]> {
  const retired = readKeyFile(keysFile).data.keys.filter((key) => key.retiredAt)
  const revived: string[] = []
  for (const { id } of retired) {
    if (await isUsed(db, columns, id)) revived.push(id)
  }
  if (revived.length > 0) {
    change(keysFile, ({ primary, keys }) => {
      const back = keys.map((key) => (revived.includes(key.id) ? { ...key, retiredAt: undefined } : key))
      const newest = back.filter((key) => key.id === primary)
      return { primary, keys: [...back.filter((key) => key.id !== primary), ...newest] }
    })
  }
  return revived
}

/** Ids of the keys that rows stand under and the key file does not have. */
export async function missingKeys({
  db,
  keysFile,
  columns,
}: Pick<Rotation, 'db' | 'keysFile' | 'columns'>): Promise<string[]> {
  const known = readKeyFile(keysFile).data.keys.map((key) => key.id)
  const missing = new Set<string>()
  for (const sealed of columns) {
    const column = columnOf(sealed)
    for (;;) {
      const others = [...known, ...missing].map((id) => not(sealedBy(column, id)))
      const [row] = (await db.read
        .select({ id: idOf(sealed), value: column })
        .from(sealed.table as never)
        .where(and(isNotNull(column), ...others))
        .limit(1)) as { id: unknown; value: unknown }[]
      if (!row) break
      missing.add(sealedWith(String(row.value), `${sealed.place}/${String(row.id)}`))
    }
  }
  return [...missing]
}

const columnOf = ({ table, column }: SealedColumn) => getTableColumns(table)[column] as unknown as AnyColumn
const idOf = ({ table }: SealedColumn) => getTableColumns(table).id as unknown as AnyColumn
const sealedBy = (column: AnyColumn, keyId: string): SQL => like(column, `v1.${keyId}.%`)

async function isUsed(db: Database, columns: readonly SealedColumn[], keyId: string): Promise<boolean> {
  for (const sealed of columns) {
    const found = await db.read
      .select({ id: idOf(sealed) })
      .from(sealed.table as never)
      .where(sealedBy(columnOf(sealed), keyId))
      .limit(1)
    if (found.length > 0) return true
  }
  return false
}

/** Walks a column by row id; a second pass finds what was written behind the walk, until nothing is left. */
async function rewriteColumn(
  rotation: Rotation,
  keys: KeyRing,
  keyId: string,
  sealed: SealedColumn,
): Promise<number> {
  let total = 0
  for (let after = ''; ; ) {
    const done = await rotation.db.transaction((tx) => rewriteBatch(tx, keys, keyId, sealed, after), {
      isolation: 'statement',
    })
    total += done.rows
    if (done.rows > 0) rotation.onProgress?.({ step: 'rewritten', column: sealed.place, rows: total })
    if (done.last !== undefined) after = done.last
    else if (after === '') return total
    else after = ''
  }
}

async function rewriteBatch(
  tx: Writer,
  keys: KeyRing,
  keyId: string,
  sealed: SealedColumn,
  after: string,
): Promise<{ rows: number; last?: string }> {
  const [id, column] = [idOf(sealed), columnOf(sealed)]
  const rows = (await tx
    .select()
    .from(sealed.table as never)
    .where(and(gt(id, after), isNotNull(column), not(sealedBy(column, keyId))))
    .orderBy(asc(id))
    .limit(batch)) as Record<string, unknown>[]
  for (const row of rows) {
    const place: Place = `${sealed.place}/${String(row.id)}`
    const plain = keys.decrypt(row[sealed.column] as string, place)
    const anew = { [sealed.column]: keys.encrypt(plain, place), ...sealed.indexes?.(keys, plain, row) }
    if (sealedWith(anew[sealed.column] as string, place) !== keyId)
      throw new Error('the primary key changed meanwhile')
    await tx
      .update(sealed.table as never)
      .set(anew as never)
      .where(and(eq(id, row.id), eq(column, row[sealed.column])))
  }
  return { rows: rows.length, last: rows.at(-1)?.id as string | undefined }
}
