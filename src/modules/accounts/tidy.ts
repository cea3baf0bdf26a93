import { lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { forgetAttempts } from './attempts.ts'
import { loginCodes, sessions } from './schema.ts'

/** Addresses and browsers of old sessions are personal data nobody needs; what happened is in the audit trail. */
const sessionDays = 180

/** Deletes what is over and will not be asked for again. */
export async function tidy(tx: Writer, at: DateTime): Promise<void> {
  await forgetAttempts(tx, at)
  await tx.delete(loginCodes).where(lt(loginCodes.expiresAt, at.minus({ days: 1 })))
  await tx.delete(sessions).where(lt(sessions.expiresAt, at.minus({ days: sessionDays })))
}
