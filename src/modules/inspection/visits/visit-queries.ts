import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { users } from '#modules/accounts/schema.ts'
import { holds } from '#modules/command/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, may, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { picturesOf } from '#platform/pictures/index.ts'
import { fullRound } from '../rounds/round-queries.ts'
import { observations, points, rounds, standards, visits } from '../schema.ts'
import type { VisitState } from '../words.ts'
import { presentObservation, presentVisit } from './present.ts'

export type VisitRow = typeof visits.$inferSelect
export type ObservationRow = typeof observations.$inferSelect

/** What the pictures of an observation are about. */
export const observationSubject = (id: string) => `observation:${id}`

const issuers = alias(units, 'issuers')
const sending = alias(units, 'sending')

export function selectVisits(db: Reader) {
  return db
    .select({
      visit: visits,
      point: {
        id: points.id,
        code: points.code,
        name: points.name,
        latitude: points.latitude,
        longitude: points.longitude,
      },
      zone: { id: zones.id, name: zones.name },
      inspectorUnit: { id: sending.id, name: sending.name },
      inspectorName: users.name,
      round: rounds,
      issuer: { path: issuers.path, districtCode: issuers.districtCode },
    })
    .from(visits)
    .innerJoin(zones, eq(zones.id, visits.zoneId))
    .leftJoin(points, eq(points.id, visits.pointId))
    .leftJoin(sending, eq(sending.id, visits.inspectorUnitId))
    .leftJoin(users, eq(users.id, visits.inspectorUserId))
    .leftJoin(rounds, eq(rounds.id, visits.roundId))
    .leftJoin(issuers, eq(issuers.id, rounds.issuerUnitId))
}
export type FullVisit = Awaited<ReturnType<typeof selectVisits>>[number]

/** SQL condition: of a round that was shown, of one the reader runs, or what they brought home themselves. */
export function visitsSeen(db: Reader, reader: Actor): SQL | undefined {
  const own = and(eq(visits.inspectorUserId, reader.userId), isNotNull(visits.receivedAt))
  const shown = isNotNull(rounds.revealedAt)
  if (!may(reader, 'rounds.run')) return or(shown, own)
  const reach = reachOf(reader, 'rounds.run')
  if (reach.everything) return undefined
  const run = db.select({ id: units.id }).from(units).where(unitsWithin(reach))
  return or(shown, own, inArray(rounds.issuerUnitId, run))
}

/** Whether somebody runs the round of a visit; a patrol belongs to whoever runs all of them. */
export function runs(reader: Actor, { issuer, round }: FullVisit): boolean {
  if (!may(reader, 'rounds.run')) return false
  if (!round || !issuer?.path) return reachOf(reader, 'rounds.run').everything
  return holds(reader, 'rounds.run', { path: issuer.path, districtCode: issuer.districtCode })
}

const page = { limit: 50 }

const inState: Record<VisitState, SQL | undefined> = {
  unassigned: and(isNull(visits.receivedAt), isNull(visits.inspectorUserId)),
  assigned: and(isNull(visits.receivedAt), isNotNull(visits.inspectorUserId)),
  received: isNotNull(visits.receivedAt),
}

/**
 * The visits of a round. Before the round is shown, each look at its sample stands in the audit trail.
 * @throws DomainError `round.missing`
 */
export async function lookAtVisits(
  tx: Writer,
  {
    roundId,
    state,
    districtCode,
    cursor,
    limit = page.limit,
    by,
    at,
  }: Doing & { roundId: string; state?: VisitState; districtCode?: string; cursor?: string; limit?: number },
) {
  const { round } = await fullRound(tx, roundId, by)
  if (round.drawnAt && !round.revealedAt)
    await record(tx, { action: 'round.sample_seen', subject: `round:${roundId}`, by, at })
  const rows = await selectVisits(tx)
    .where(
      and(
        eq(visits.roundId, roundId),
        state ? inState[state] : undefined,
        districtCode ? eq(visits.districtCode, districtCode) : undefined,
        after([visits.id], cursor),
      ),
    )
    .orderBy(asc(visits.id))
    .limit(limit + 1)
  const found = pageOf(rows, limit, ({ visit }) => [visit.id])
  return { ...found, items: found.items.map((full) => presentVisit(full, runs(by, full))) }
}

/** One visit within sight. @throws DomainError `visit.missing` */
export async function fullVisit(db: Reader, visitId: string, reader: Actor): Promise<FullVisit> {
  const [found] = await selectVisits(db).where(and(eq(visits.id, visitId), visitsSeen(db, reader)))
  if (!found) throw new DomainError('missing', 'visit.missing', 'There is no such visit.', { visitId })
  return found
}

/** A visit with what was seen. Before its round is shown, looking at it stands in the audit trail. @throws `visit.missing` */
export async function lookAtVisit(tx: Writer, { visitId, by, at }: Doing & { visitId: string }) {
  const full = await fullVisit(tx, visitId, by)
  const { round } = full
  if (round && !round.revealedAt && full.visit.inspectorUserId !== by.userId)
    await record(tx, {
      action: 'round.sample_seen',
      subject: `round:${round.id}`,
      by,
      at,
      details: { visitId },
    })
  const seen = await observationsOf(tx, [visitId])
  const pictures = await picturesOf(
    tx,
    seen.map(({ observation }) => observationSubject(observation.id)),
  )
  const bySubject = Map.groupBy(pictures, ({ subject }) => subject)
  return {
    ...presentVisit(full, runs(by, full)),
    observations: seen.map((each) =>
      presentObservation(each, bySubject.get(observationSubject(each.observation.id)) ?? []),
    ),
  }
}

/** What was seen on some visits, in the order of the scheme. */
export function observationsOf(db: Reader, visitIds: readonly string[]) {
  return db
    .select({
      observation: observations,
      standard: {
        id: standards.id,
        code: standards.code,
        text: standards.text,
        answer: standards.answer,
        mayNotApply: standards.mayNotApply,
      },
    })
    .from(observations)
    .innerJoin(standards, eq(standards.id, observations.standardId))
    .where(inArray(observations.visitId, [...visitIds]))
    .orderBy(asc(standards.position), asc(observations.sequence), asc(observations.id))
}
export type SeenObservation = Awaited<ReturnType<typeof observationsOf>>[number]

/** Whether somebody may see the pictures of an observation by its visit. */
export async function seesVisitOf(db: Reader, observationId: string, reader: Actor): Promise<boolean> {
  if (!may(reader, 'rounds.read')) return false
  const [found] = await selectVisits(db)
    .innerJoin(observations, eq(observations.visitId, visits.id))
    .where(and(eq(observations.id, observationId), visitsSeen(db, reader)))
  return found !== undefined
}

/** Where the visit of an upload is; null: it is held. */
export async function visitOfUpload(db: Reader, visitId: string | null) {
  if (!visitId) return null
  const [visit] = await db
    .select({ pointId: visits.pointId, zoneId: visits.zoneId })
    .from(visits)
    .where(eq(visits.id, visitId))
  return visit ?? null
}

/** Where a phone may work: from its opening until it came home. */
export const opened = (visit: Pick<VisitRow, 'opensAt' | 'receivedAt'>, at: DateTime): boolean =>
  visit.opensAt !== null && visit.opensAt <= at && visit.receivedAt === null
