/** Whoever led a team while they were without network, and does not lead it any more when they hand in what they tapped. */
import type { DateTime } from 'luxon'
import { type ActorThen, actorThen } from '#modules/accounts/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { assignmentWithin } from '../call-roll.ts'
import { loadedWithinHours } from './rules.ts'

/** What somebody was as long as a roll counts that they had loaded. */
export function formerly(db: Reader, by: Actor, now: DateTime): Promise<ActorThen> {
  return actorThen(db, by, now.minus({ hours: loadedWithinHours }))
}

/** Whether an assignment is within the reach of somebody who calls the roll. */
export async function isWithin(tx: Writer, asked: { assignmentId: string; by: Actor }): Promise<boolean> {
  try {
    await assignmentWithin(tx, asked)
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}
