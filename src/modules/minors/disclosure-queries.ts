import { and, desc, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { users } from '#modules/accounts/schema.ts'
import { events } from '#modules/events/schema.ts'
import { teamsWithin, unitsWithin } from '#modules/organisation/index.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import type { DisclosureView } from './contract.ts'
import { disclosures } from './schema.ts'
import type { DisclosureState } from './words.ts'

export type Disclosure = typeof disclosures.$inferSelect

const deciders = alias(users, 'disclosure_deciders')

/** A condition on `disclosures`: over a class or an event's organiser within the actor's reach for deciding. */
function decidableBy(db: Reader, by: Actor): SQL | undefined {
  const reach = reachOf(by, 'disclosures.decide')
  if (reach.everything) return undefined
  const ofTeams = db.select({ id: teams.id }).from(teams).where(teamsWithin(db, reach))
  const ofEvents = db
    .select({ id: events.id })
    .from(events)
    .innerJoin(units, eq(units.id, events.organiserUnitId))
    .where(unitsWithin(reach))
  return or(inArray(disclosures.teamId, ofTeams), inArray(disclosures.eventId, ofEvents))
}

/** A condition on `disclosures`: those the actor asked for, or reaches as one who decides. */
export function visibleTo(db: Reader, by: Actor): SQL | undefined {
  const mine = eq(disclosures.requestedBy, by.userId)
  if (!may(by, 'disclosures.decide')) return mine
  const theirs = decidableBy(db, by)
  return theirs && or(mine, theirs)
}

/** Whether the actor reaches it as one who decides. Whether they are independent of who asked is another question. */
export async function mayDecide(db: Reader, by: Actor, disclosureId: string): Promise<boolean> {
  if (!may(by, 'disclosures.decide')) return false
  return (await db.$count(disclosures, and(eq(disclosures.id, disclosureId), decidableBy(db, by)))) > 0
}

function inState(state: DisclosureState, at: DateTime): SQL | undefined {
  const { decidedAt, approved, revokedAt, expiresAt } = disclosures
  if (state === 'revoked') return isNotNull(revokedAt)
  if (state === 'refused') return eq(approved, false)
  const timely = state === 'pending' || state === 'approved' ? gt(expiresAt, at) : lte(expiresAt, at)
  const undecided = state === 'pending' || state === 'expired'
  return and(isNull(revokedAt), undecided ? isNull(decidedAt) : eq(approved, true), timely)
}

function stateOf({ decidedAt, approved, revokedAt, expiresAt }: Disclosure, at: DateTime): DisclosureState {
  if (revokedAt) return 'revoked'
  if (approved === false) return 'refused'
  if (decidedAt) return expiresAt > at ? 'approved' : 'ended'
  return expiresAt > at ? 'pending' : 'expired'
}

export interface DisclosureFilter {
  disclosureId?: string
  state?: DisclosureState
  cursor?: string
  limit?: number
}

/** Requests for access that the actor made or may decide, newest first. A keyset page. */
export async function listDisclosures(
  db: Reader,
  { by, at }: { by: Actor; at: DateTime },
  { disclosureId, state, cursor, limit = 50 }: DisclosureFilter,
) {
  const rows = await db
    .select({
      disclosure: disclosures,
      team: { id: teams.id, name: teams.name },
      event: { id: events.id, name: events.name },
      asker: users.name,
      decider: deciders.name,
    })
    .from(disclosures)
    .innerJoin(users, eq(users.id, disclosures.requestedBy))
    .leftJoin(deciders, eq(deciders.id, disclosures.decidedBy))
    .leftJoin(teams, eq(teams.id, disclosures.teamId))
    .leftJoin(events, eq(events.id, disclosures.eventId))
    .where(
      and(
        visibleTo(db, by),
        disclosureId ? eq(disclosures.id, disclosureId) : undefined,
        state && inState(state, at),
        after([disclosures.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(disclosures.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ disclosure }) => [disclosure.id])
  return { ...page, items: page.items.map((row) => present(row, { by, at })) }
}

interface Row {
  disclosure: Disclosure
  team: { id: string; name: string } | null
  event: { id: string; name: string } | null
  asker: string
  decider: string | null
}

/** @throws DomainError `disclosure.missing` */
export async function readDisclosure(
  db: Reader,
  doing: { by: Actor; at: DateTime },
  disclosureId: string,
): Promise<DisclosureView> {
  const { items } = await listDisclosures(db, doing, { disclosureId })
  if (items[0]) return items[0]
  throw new DomainError('missing', 'disclosure.missing', 'There is no such request for access.')
}

function present(
  { disclosure, team, event, asker, decider }: Row,
  { by, at }: { by: Actor; at: DateTime },
): DisclosureView {
  const { id, reason, explanation, hours, requestedBy, decidedBy, decidedAt, revokedAt } = disclosure
  const state = stateOf(disclosure, at)
  const mine = requestedBy === by.userId
  return {
    ...{ id, team, event, reason, explanation, hours, state, mine },
    requestedBy: { id: requestedBy, name: asker },
    requestedAt: isoOf(disclosure.requestedAt),
    decidedBy: decidedBy === null ? null : { id: decidedBy, name: decider ?? '' },
    decidedAt: decidedAt && isoOf(decidedAt),
    refusal: disclosure.refusal,
    expiresAt: isoOf(disclosure.expiresAt),
    revokedAt: revokedAt && isoOf(revokedAt),
    decidable: state === 'pending' && !mine && may(by, 'disclosures.decide'),
  }
}
