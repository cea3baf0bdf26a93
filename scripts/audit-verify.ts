/**
 * Verifies the audit trail: no entry was changed or removed, and neither end was cut off.
 *
 *   npm run audit:verify
 *
 * On failure it names the first wrong entry and exits with code 1.
 */
import '#platform/private-files.ts'
import './lib/help.ts'
import { type Broken, verifyAudit } from '#platform/audit/index.ts'
import { openDatabase } from '#platform/database/open.ts'
import { loadConfig } from '#src/config.ts'
import { openKeys } from '#src/keys.ts'

const meanings: Record<Broken, string> = {
  changed: 'it is not what was sealed',
  forged: 'nobody with the key recorded it',
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
    const verdict = await verifyAudit(db, await openKeys(db, config), config.security.auditHeadCopy)
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
