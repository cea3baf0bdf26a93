import { and, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertNotOver, assertOpen, eventRow } from '#modules/events/index.ts'
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
import { placesOf } from './places-of.ts'
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
 * Signs people of one team up for an event. Minors without consent, and people whom another team signed up first, under
 * whatever record of theirs, are refused with the reason; the others are signed up. Whom another team has is kept in mind:
 * the unit owes one name fewer.
 * @throws DomainError `event.missing`, `event.closed`, `event.over`, `team.missing` when out of reach, `team.closed`,
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
  assertNotOver(event, at)
  await assertTeamsOpen(tx, [teamId])
  const members = await membersByTeam(tx, keys, event, [teamId])
  const stranger = personIds.find((personId) => !members.has(`${personId} ${teamId}`))
  if (stranger) {
    throw new DomainError('missing', 'person.missing', 'There is no such person in this team.', {
      personId: stranger,
    })
  }
  const signedElsewhere = await signedUpElsewhere(tx, { eventId, teamId }, personIds)
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
  const elsewhere = refused.filter(({ because }) => because === 'arranged_elsewhere')
  await keepElsewhere(
    tx,
    elsewhere.map(({ personId }) => ({ eventId, personId, teamId, offeredByUserId: by.userId, at })),
  )
  const details = { teamId, signedUp, refused: refused.length }
  await record(tx, { action: 'sign_ups.made', subject: `event:${eventId}`, by, at, details })
  return { signedUp, already: may.length - signedUp, refused }
}

/** Those of these people whom another team, or any team under another record, has signed up: the first sign-up holds. */
async function signedUpElsewhere(
  db: Reader,
  { eventId, teamId }: Pick<SignUp, 'eventId' | 'teamId'>,
  personIds: readonly string[],
): Promise<Set<string>> {
  const others = alias(persons, 'others')
  const held = and(eq(signUps.eventId, eventId), isNull(signUps.withdrawnAt))
  const found = new Set<string>()
  await inChunks(personIds, 200, async (some) => {
    const own = await db
      .select({ personId: signUps.personId })
      .from(signUps)
      .where(and(held, inArray(signUps.personId, some), ne(signUps.teamId, teamId)))
    const linked = await db
      .select({ personId: persons.id })
      .from(persons)
      .innerJoin(others, and(eq(others.humanId, persons.humanId), ne(others.id, persons.id)))
      .innerJoin(signUps, and(eq(signUps.personId, others.id), held))
      .where(inArray(persons.id, some))
    for (const { personId } of [...own, ...linked]) found.add(personId)
  })
  return found
}

interface Offered {
  eventId: string
  personId: string
  teamId: string
  offeredByUserId: string
  at: DateTime
}

/** Keeps that these were offered though another team has them: once for each person, team and event. */
async function keepElsewhere(tx: Writer, offers: readonly Offered[]): Promise<void> {
  await inChunks(offers, 200, async (some) => {
    const [{ eventId, teamId }] = some as [Offered]
    const known = await tx
      .select({ personId: signUps.personId })
      .from(signUps)
      .where(and(eq(signUps.eventId, eventId), eq(signUps.teamId, teamId), isNotNull(signUps.elsewhereAt)))
    const fresh = some.filter(({ personId }) => !known.some((each) => each.personId === personId))
    if (fresh.length === 0) return
    await tx.insert(signUps).values(
      fresh.map(({ at, ...offer }) => {
        return { id: newId(), ...offer, offeredAt: at, withdrawnAt: at, elsewhereAt: at }
      }),
    )
  })
}

/**
 * Withdraws a sign-up; the person loses every place in the event but on shifts that are over. Idempotent.
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
  const { publishedAt } = await eventRow(tx, eventId)
  const coming = publishedAt ? { eventId, endsAfter: at } : { eventId }
  const held = await tx
    .select()
    .from(assignments)
    .where(and(placesOf(tx, coming), eq(assignments.personId, personId), isNull(assignments.freedAt)))
  for (const assignment of held) await freePlace(tx, assignment)
  const [first] = held
  if (!first) return 0
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
