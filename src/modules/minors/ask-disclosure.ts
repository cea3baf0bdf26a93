import { and, eq, gt, isNull } from 'drizzle-orm'
import { eventRow } from '#modules/events/index.ts'
import { assertTeamsWithin } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { disclosures } from './schema.ts'
import type { DisclosureReason } from './words.ts'

/** Days within which somebody has to decide. */
const decidedWithinDays = 3
/** The largest number of undecided requests of one user. */
const openMax = 5
/** An explanation of fewer different characters says nothing. */
const differentCharactersMin = 5

export interface AskDisclosure extends Doing {
  teamId?: string
  eventId?: string
  reason: DisclosureReason
  explanation: string
  hours?: number
}

/**
 * Asks for access to the data of the minors of a class within reach, or of those within reach who take part in an event.
 * @throws DomainError invalid `disclosure.unclear`; `team.missing`, `event.missing`; conflict `disclosure.too_many`
 */
export async function askDisclosure(
  tx: Writer,
  { teamId, eventId, reason, explanation, hours = 4, by, at }: AskDisclosure,
): Promise<string> {
  const text = explanation.trim()
  if ((teamId === undefined) === (eventId === undefined)) throw unclear('Name a class or an event.')
  if (new Set(text).size < differentCharactersMin) throw unclear('Explain what the data is needed for.')
  if (teamId !== undefined) await assertTeamsWithin(tx, reachOf(by, 'persons.reveal'), [teamId])
  if (eventId !== undefined) await eventRow(tx, eventId)
  const mine = and(
    eq(disclosures.requestedBy, by.userId),
    isNull(disclosures.decidedAt),
    gt(disclosures.expiresAt, at),
  )
  if ((await tx.$count(disclosures, mine)) >= openMax)
    throw new DomainError('conflict', 'disclosure.too_many', 'Your requests wait for a decision.')
  const id = newId()
  await tx.insert(disclosures).values({
    ...{ id, teamId: teamId ?? null, eventId: eventId ?? null, reason, explanation: text, hours },
    ...{ requestedBy: by.userId, requestedAt: at, expiresAt: at.plus({ days: decidedWithinDays }) },
  })
  const details = { reason, hours, ...(teamId ? { teamId } : { eventId }) }
  await record(tx, { action: 'disclosure.asked', subject: `disclosure:${id}`, by, at, details })
  return id
}

const unclear = (text: string) => new DomainError('invalid', 'disclosure.unclear', text)
