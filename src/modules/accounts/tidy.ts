import { lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { forgetAttempts } from './attempts.ts'
import { forgetBrowsers } from './known-browsers.ts'
import { loginCodes, phoneChanges, sessions } from './schema.ts'

/**
 * The addresses and browsers of old sessions are personal data that is no longer needed; the audit trail keeps what was
 * done.
 */
const sessionDays = 180

/** Deletes expired and ended rows. */
export async function tidy(tx: Writer, at: DateTime): Promise<void> {
  await forgetAttempts(tx, at)
  await forgetBrowsers(tx, at)
  await tx.delete(loginCodes).where(lt(loginCodes.expiresAt, at.minus({ days: 1 })))
  await tx.delete(phoneChanges).where(lt(phoneChanges.expiresAt, at.minus({ days: 1 })))
  await tx.delete(sessions).where(lt(sessions.expiresAt, at.minus({ days: sessionDays })))
}
