import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertOpen, eventRow } from '#modules/events/index.ts'
import { assertTeamsWithin } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { settleAnswer } from './participations.ts'
import { freePlace } from './places.ts'
import { membersByTeam } from './proposal-ground.ts'
import { assertOwnTeam, dropEmpty } from './remove-assignment.ts'
import { assignments, signUps } from './schema.ts'
import type { Ineligibility } from './words.ts'

export interface SignUp {
  eventId: string
  teamId: string
  personIds: readonly string[]
  by: Actor
  at: DateTime
}

/**
 * A leader offers people of one team for an event. Who may not come (a minor nobody consented for) is refused with
 * the reason, the others are signed up; whoever is signed up already stays so, with the team they came with.
 * @throws DomainError `event.missing`, `event.closed`, `team.missing` when out of reach, `person.missing` when
 *   somebody is not in the team
 */
export async function signUp(tx: Writer, { eventId, teamId, personIds, by, at }: SignUp) {
  const event = await eventRow(tx, eventId)
  await assertTeamsWithin(tx, reachOf(by, 'sign-ups.edit'), [teamId])
  assertOpen(event)
  const members = await membersByTeam(tx, event, [teamId])
  const stranger = personIds.find((personId) => !members.has(`${personId} ${teamId}`))
  if (stranger) {
    throw new DomainError('missing', 'person.missing', 'There is no such person in this team.', {
      personId: stranger,
    })
  }
  const may = personIds.filter((personId) => members.get(`${personId} ${teamId}`)?.mayCome)
  const refused = personIds
    .filter((personId) => !may.includes(personId))
    .map((personId) => ({ personId, because: 'not_consented' as Ineligibility }))
  let signedUp = 0
  await inChunks(may, 200, async (some) => {
    const rows = some.map((personId) => {
      return { id: newId(), eventId, personId, teamId, offeredByUserId: by.userId, offeredAt: at }
    })
    const made = await tx.insert(signUps).values(rows).onConflictDoNothing().returning({ id: signUps.id })
    signedUp += made.length
  })
  const details = { teamId, signedUp, refused: refused.length }
  await record(tx, { action: 'sign-ups.made', subject: `event:${eventId}`, by, at, details })
  return { signedUp, already: may.length - signedUp, refused }
}

/**
 * Takes an offer back: the person gives up every place they hold in the event. Idempotent.
 * @throws DomainError `sign_up.missing`, `event.closed`, `team.missing` when out of reach
 */
export async function withdrawSignUp(
  tx: Writer,
  { signUpId, by, at }: { signUpId: string; by: Actor; at: DateTime },
): Promise<void> {
  const [offer] = await tx.select().from(signUps).where(eq(signUps.id, signUpId))
  if (!offer) throw new DomainError('missing', 'sign_up.missing', 'There is no such sign-up.', { signUpId })
  await assertOwnTeam(tx, by, 'sign-ups.edit', offer)
  if (offer.withdrawnAt) return
  const event = await eventRow(tx, offer.eventId)
  assertOpen(event)
  await tx.update(signUps).set({ withdrawnAt: at }).where(eq(signUps.id, signUpId))
  const freed = await giveUpPlaces(tx, offer, at)
  if (!event.publishedAt) await dropEmpty(tx, event.id)
  const details = { eventId: event.id, freed }
  await record(tx, { action: 'sign-up.withdrawn', subject: `sign-up:${signUpId}`, by, at, details })
}

async function giveUpPlaces(
  tx: Writer,
  { eventId, personId }: { eventId: string; personId: string },
  at: DateTime,
): Promise<number> {
  const held = await tx
    .select()
    .from(assignments)
    .where(
      and(eq(assignments.eventId, eventId), eq(assignments.personId, personId), isNull(assignments.freedAt)),
    )
  for (const assignment of held) await freePlace(tx, assignment)
  const [first] = held
  if (!first) return 0
  const { publishedAt } = await eventRow(tx, eventId)
  const these = inArray(
    assignments.id,
    held.map(({ id }) => id),
  )
  if (!publishedAt) await tx.delete(assignments).where(these)
  else {
    const cancelled = { cancelledAt: at, cancelReason: 'withdrawn' as const, freedAt: at, allotmentId: null }
    await tx.update(assignments).set(cancelled).where(these)
    await settleAnswer(tx, first.participationId)
  }
  return held.length
}
