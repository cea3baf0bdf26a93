import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordAll, recordWith, verifyAudit } from '#platform/audit/index.ts'
import { sealEntries } from '#platform/audit/seal.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Database } from '#platform/database/port.ts'
import type { Logger } from '#platform/logger.ts'
import { instantFrom } from '#platform/time.ts'
import { openTestDatabase } from '#test/support/database.ts'
import { newKeyRing } from '#test/support/keys.ts'

export const at = instantFrom('2026-03-04T05:30:00.123Z')

export async function aTrail(entries = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-audit-'))
  const database = await openTestDatabase()
  const keys = newKeyRing(join(folder, 'keys.json'))
  const { db } = database
  recordWith(db, keys)
  const said: { level: string; fields: object; event: string }[] = []
  const log = {
    info: (fields: object, event: string) => said.push({ level: 'info', fields, event }),
    error: (fields: object, event: string) => said.push({ level: 'error', fields, event }),
  } as unknown as Logger
  const headCopy = join(folder, 'elsewhere.json')
  const trail = {
    db,
    keys,
    folder,
    said,
    headCopy,
    seal: (under: KeyRing = keys) => sealEntries({ db, keys: under, now: () => at, log, headCopy }),
    verify: () => verifyAudit(db, keys, headCopy),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  if (entries > 0) {
    await write(db, entries)
    await trail.seal()
  }
  return trail
}

export async function write(db: Database, count: number, from = 0): Promise<void> {
  const facts = Array.from({ length: count }, (_, n) => ({
    action: 'test.done',
    subject: `thing:${from + n}`,
    by: { userId: 'somebody', address: '192.0.2.1' },
    at: at.plus({ seconds: from + n }),
    details: { z: n, a: { nested: ['𠮷', null, 1.5] } },
  }))
  await db.transaction((tx) => recordAll(tx, facts))
}
