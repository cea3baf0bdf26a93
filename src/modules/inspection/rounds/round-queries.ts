import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { holds } from '#modules/command/index.ts'
import { outOfReach } from '#modules/events/index.ts'
import { unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { cases, rounds, schemes, visits } from '../schema.ts'
import type { RoundKind, RoundState } from '../words.ts'
import { type Progress, presentRound } from './present.ts'

export type RoundRow = typeof rounds.$inferSelect

function selectRounds(db: Reader) {
  return db
    .select({
      round: rounds,
      scheme: { id: schemes.id, name: schemes.name, edition: schemes.edition },
      issuer: { id: units.id, name: units.name, path: units.path, districtCode: units.districtCode },
    })
    .from(rounds)
    .innerJoin(schemes, eq(schemes.id, rounds.schemeId))
    .innerJoin(units, eq(units.id, rounds.issuerUnitId))
}
export type FullRound = Awaited<ReturnType<typeof selectRounds>>[number]

/**
 * SQL condition on `rounds` joined with its issuer: those that were shown, and those of whoever runs them. Nobody else learns
 * that a round was drawn, or is there at all, so that no answer to a unit depends on an undisclosed draw.
 */
export function roundsSeen(reader: Actor): SQL | undefined {
  if (!may(reader, 'rounds.run')) return isNotNull(rounds.revealedAt)
  const reach = reachOf(reader, 'rounds.run')
  return reach.everything ? undefined : or(isNotNull(rounds.revealedAt), unitsWithin(reach))
}

/** One round. @throws DomainError `round.missing` */
export async function fullRound(db: Reader, roundId: string, reader: Actor): Promise<FullRound> {
  const [found] = await selectRounds(db).where(and(eq(rounds.id, roundId), roundsSeen(reader)))
  if (!found) throw new DomainError('missing', 'round.missing', 'There is no such round.', { roundId })
  return found
}

/** A round that somebody runs. @throws DomainError `round.missing`, `access.out_of_reach` */
export async function ownRound(db: Reader, roundId: string, by: Actor): Promise<FullRound> {
  const full = await fullRound(db, roundId, by)
  if (!holds(by, 'rounds.run', full.issuer)) throw outOfReach()
  return full
}

const inState: Record<RoundState, SQL | undefined> = {
  created: isNull(rounds.drawnAt),
  drawn: and(isNotNull(rounds.drawnAt), isNull(rounds.revealedAt), isNull(rounds.closedAt)),
  revealed: and(isNotNull(rounds.revealedAt), isNull(rounds.closedAt)),
  closed: isNotNull(rounds.closedAt),
}

export interface RoundFilter {
  kind?: RoundKind
  state?: RoundState
  year?: number
  cursor?: string
  limit?: number
}

/** A keyset page of rounds in order of creation. */
export async function listRounds(db: Reader, filter: RoundFilter, reader: Actor) {
  const { kind, state, year, cursor, limit = 50 } = filter
  const rows = await selectRounds(db)
    .where(
      and(
        roundsSeen(reader),
        kind ? eq(rounds.kind, kind) : undefined,
        state ? inState[state] : undefined,
        year ? eq(rounds.year, year) : undefined,
        after([rounds.id], cursor),
      ),
    )
    .orderBy(asc(rounds.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ round }) => [round.id])
  return { ...page, items: await presentAll(db, page.items, reader) }
}

/** One round as it is shown. @throws DomainError `round.missing` */
export async function readRound(db: Reader, roundId: string, reader: Actor) {
  return (await presentAll(db, [await fullRound(db, roundId, reader)], reader))[0]!
}

async function presentAll(db: Reader, some: readonly FullRound[], reader: Actor) {
  const ids = some.map(({ round }) => round.id)
  const counted = await db
    .select({
      roundId: visits.roundId,
      visits: sql<number>`sum(case when ${visits.role} = 'reserve' then 0 else 1 end)`.mapWith(Number),
      assigned: sql<number>`count(${visits.inspectorUserId})`.mapWith(Number),
      received: sql<number>`count(${visits.receivedAt})`.mapWith(Number),
    })
    .from(visits)
    .where(inArray(visits.roundId, ids))
    .groupBy(visits.roundId)
  const raised = await db
    .select({ roundId: cases.roundId, cases: sql<number>`count(*)`.mapWith(Number) })
    .from(cases)
    .where(inArray(cases.roundId, ids))
    .groupBy(cases.roundId)
  const casesOf = new Map(raised.map((each) => [each.roundId, each.cases]))
  const progress = new Map(counted.map((each) => [each.roundId, each]))
  return some.map((full) => {
    const { id } = full.round
    const { visits = 0, assigned = 0, received = 0 } = progress.get(id) ?? {}
    const seen: Progress = { visits, assigned, received, cases: casesOf.get(id) ?? 0 }
    return presentRound(full, seen, reader)
  })
}
