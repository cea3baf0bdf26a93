import { and, asc, eq, gt, isNotNull, not } from 'drizzle-orm'
import type { Database, Writer } from '#platform/database/port.ts'
import { withFileLock } from '../file-lock.ts'
import { assertKeysFit, columnOf, idOf, sealedBy, sealedSamples } from './fitting-keys.ts'
import { type KeyFile, type KeySet, newKeyEntry, readKeyFile, writeKeyFile } from './key-file.ts'
import { KeyRing } from './key-ring.ts'
import type { SealedColumn } from './sealed-columns.ts'
import { type Place, sealedWith } from './sealed-text.ts'

/** Rows per transaction: each takes a few milliseconds, so that a running service is not blocked. */
const batch = 100

export interface Rotation {
  db: Database
  keysFile: string
  columns: readonly SealedColumn[]
  now: () => Date
  /** How long to wait until every running process has read the key file again. */
  settleMs?: number
  /** The longest time between encrypting a value and committing it. */
  graceMs?: number
  /** Called after each step and each batch. */
  onProgress?: (progress: RotationProgress) => void
}

export type RotationProgress =
  | { step: 'resumed' | 'announced' | 'switched' | 'retired'; keyId: string }
  | { step: 'rewritten'; column: string; rows: number }

/**
 * Key rotation: re-encrypts everything with a new data key while the service runs. The order makes sure that every
 * process can decrypt every value and find every row by its blind index at all times:
 * announce the new key (used for decryption and look-ups) → wait → make it primary (used for writes) → wait →
 * rewrite all rows in small transactions → retire the old keys (they still decrypt old backups).
 * The state of a rotation is in the key file and in the rows, so the next run continues a rotation that was killed.
 * @returns how many rows were rewritten
 * @throws Error when the key file is not the one the rows were encrypted with; then nothing is changed
 */
export async function rotateKeys(rotation: Rotation): Promise<{ keyId: string; rows: number }> {
  const { keysFile, now, settleMs = 2 * KeyRing.followMs + 500, graceMs = 10_000, onProgress } = rotation
  return withFileLock(`${keysFile}.rotation.lock`, async () => {
    assertKeysFit(keysFile, await sealedSamples(rotation.db.read, rotation.columns))
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
    // A second pass, for values encrypted with the old key but committed after the first pass.
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

/** The target key: the newest live one when a rotation was interrupted, else a new one. */
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
 * After a restore, rows may use keys that were retired since. Those keys are made live again, before the newest one, so
 * that look-ups find the rows until they are rewritten.
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

/** Rewrites a column in the order of row ids. Passes repeat until nothing is left, for rows written behind the cursor. */
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
