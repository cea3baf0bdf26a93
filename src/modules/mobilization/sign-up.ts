import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertOpen, eventRow } from '#modules/events/index.ts'
import { assertTeamsOpen, assertTeamsWithin, mergedInto } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { alias } from '#platform/database/kit.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { placesSettleLater } from './notices/places-settle.ts'
import { settleAnswer } from './participations.ts'
import { freePlace } from './places.ts'
import { membersByTeam } from './proposal/proposal-ground.ts'
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
 * Signs people of one team up for an event. Minors without consent, and people who were signed up under another record of
 * theirs, are refused with the reason, the others are signed up. A person who is already signed up keeps the team of that
 * sign-up.
 * @throws DomainError `event.missing`, `event.closed`, `team.missing` when out of reach, `team.closed`,
 *   `person.missing`   when a person is not in the team
 */
export async function signUp(
  tx: Writer,
  keys: KeyRing,
  { eventId, teamId, personIds: asked, by, at }: SignUp,
) {
  const became = await mergedInto(tx, asked)
  const personIds = [...new Set(asked.map((id) => became.get(id) ?? id))]
  const event = await eventRow(tx, eventId)
  await assertTeamsWithin(tx, reachOf(by, 'sign_ups.edit'), [teamId])
  assertOpen(event)
  await assertTeamsOpen(tx, [teamId])
  const members = await membersByTeam(tx, keys, event, [teamId])
  const stranger = personIds.find((personId) => !members.has(`${personId} ${teamId}`))
  if (stranger) {
    throw new DomainError('missing', 'person.missing', 'There is no such person in this team.', {
      personId: stranger,
    })
  }
  const signedElsewhere = await signedUpElsewhere(tx, eventId, personIds)
  const whyNot = (personId: string): Ineligibility | undefined => {
    if (!members.get(`${personId} ${teamId}`)?.mayCome) return 'not_consented'
    return signedElsewhere.has(personId) ? 'arranged_elsewhere' : undefined
  }
  const may = personIds.filter((personId) => whyNot(personId) === undefined)
  const refused = personIds.flatMap((personId) => {
    const because = whyNot(personId)
    return because ? [{ personId, because }] : []
  })
  let signedUp = 0
  await inChunks(may, 200, async (some) => {
    const rows = some.map((personId) => {
      return { id: newId(), eventId, personId, teamId, offeredByUserId: by.userId, offeredAt: at }
    })
    const made = await tx.insert(signUps).values(rows).onConflictDoNothing().returning({ id: signUps.id })
    signedUp += made.length
  })
  const details = { teamId, signedUp, refused: refused.length }
  await record(tx, { action: 'sign_ups.made', subject: `event:${eventId}`, by, at, details })
  return { signedUp, already: may.length - signedUp, refused }
}

/** Those of these people who are signed up under another record of the same human: the first sign-up holds. */
async function signedUpElsewhere(
  db: Reader,
  eventId: string,
  personIds: readonly string[],
): Promise<Set<string>> {
  const others = alias(persons, 'others')
  const found = new Set<string>()
  await inChunks(personIds, 200, async (some) => {
    const rows = await db
      .select({ personId: persons.id })
      .from(persons)
      .innerJoin(others, and(eq(others.humanId, persons.humanId), ne(others.id, persons.id)))
      .innerJoin(signUps, and(eq(signUps.personId, others.id), eq(signUps.eventId, eventId)))
      .where(and(inArray(persons.id, some), isNull(signUps.withdrawnAt)))
    for (const { personId } of rows) found.add(personId)
  })
  return found
}

/**
 * Withdraws a sign-up; the person loses every place in the event. Idempotent.
 * @throws DomainError `sign_up.missing`, `event.closed`, `team.missing` when out of reach
 */
export async function withdrawSignUp(
  tx: Writer,
  { signUpId, by, at }: { signUpId: string; by: Actor; at: DateTime },
): Promise<void> {
  const [offer] = await tx.select().from(signUps).where(eq(signUps.id, signUpId))
  if (!offer) throw new DomainError('missing', 'sign_up.missing', 'There is no such sign-up.', { signUpId })
  await assertOwnTeam(tx, by, 'sign_ups.edit', offer)
  if (offer.withdrawnAt) return
  const event = await eventRow(tx, offer.eventId)
  assertOpen(event)
  await tx.update(signUps).set({ withdrawnAt: at }).where(eq(signUps.id, signUpId))
  const freed = await giveUpPlaces(tx, offer, at)
  if (!event.publishedAt) await dropEmpty(tx, event.id)
  const details = { eventId: event.id, freed }
  await record(tx, { action: 'sign_up.withdrawn', subject: `sign-up:${signUpId}`, by, at, details })
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
    await placesSettleLater(tx, first.participationId, at)
  }
  return held.length
}
