/**
 * Proves that the audit trail is as it was written: nothing changed, nothing taken out, neither end cut off.
 *
 *   npm run audit:verify
 *
 * Ends with 1 and names the first entry that is wrong.
 */
import { type Broken, verifyAudit } from '#platform/audit/index.ts'
import { KeyRing } from '#platform/crypto/index.ts'
import { openDatabase } from '#platform/database/open.ts'
import { loadConfig } from '#src/config.ts'

const meanings: Record<Broken, string> = {
  changed: 'it is not what was sealed',
  missing: 'it was taken out',
  tail_missing: 'this and everything after it was taken out',
  head_missing: 'entries are sealed, but the record of how many is gone',
  head_forged: 'the record of how many entries there are was not written by this service',
  head_behind: 'the record of how many entries there are was put back to an earlier state',
}

try {
  const config = loadConfig(process.env)
  const db = await openDatabase(config)
  try {
    const verdict = await verifyAudit(db, new KeyRing(config.keysFile))
    if (verdict.whole) {
      const { entries, from, to, unsealed } = verdict
      const range = entries > 0 ? ` (${from} to ${to})` : ''
      process.stdout.write(
        `The audit trail is whole: ${entries} sealed entries${range}, ${unsealed} not sealed yet.\n`,
      )
    } else {
      const { number, id, because } = verdict
      process.stderr.write(
        `The audit trail is broken at entry ${number}${id ? ` (${id})` : ''}: ${meanings[because]}.\n`,
      )
      process.exitCode = 1
    }
  } finally {
    await db.close()
  }
} catch (error) {
  process.stderr.write(`The audit trail could not be verified: ${(error as Error).message}\n`)
  process.exitCode = 1
}
