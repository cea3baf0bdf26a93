import { asc, eq } from 'drizzle-orm'
import { users } from '#modules/accounts/schema.ts'
import { districtNames } from '#modules/grid/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { visits } from '../schema.ts'
import type { RoundProgressView } from './contract.ts'
import { byDistrict, byInspector } from './progress-rules.ts'
import { ownRound } from './round-queries.ts'

/**
 * How far a round is, by district and by inspector, for whoever runs it. It names no point: looking at it is no look at the
 * sample.
 * @throws DomainError `round.missing`, `access.out_of_reach`
 */
export async function readRoundProgress(
  db: Reader,
  roundId: string,
  reader: Actor,
): Promise<RoundProgressView> {
  await ownRound(db, roundId, reader)
  const rows = await db
    .select({
      districtCode: visits.districtCode,
      pointId: visits.pointId,
      role: visits.role,
      attempt: visits.attempt,
      inspectorUserId: visits.inspectorUserId,
      receivedAt: visits.receivedAt,
      valid: visits.valid,
      unseen: visits.unseen,
      name: users.name,
      unit: { id: units.id, name: units.name },
    })
    .from(visits)
    .leftJoin(users, eq(users.id, visits.inspectorUserId))
    .leftJoin(units, eq(units.id, visits.inspectorUnitId))
    .where(eq(visits.roundId, roundId))
    .orderBy(asc(visits.districtCode), asc(visits.pointClass), asc(visits.id))
  const steps = rows.map(({ receivedAt, ...row }) => ({ ...row, received: receivedAt !== null }))
  const names = new Map((await districtNames(db)).map(({ code, name }) => [code, name]))
  const inspectors = new Map(
    steps.map(({ inspectorUserId, name, unit }) => [inspectorUserId, { name, unit }]),
  )
  return {
    roundId,
    districts: [...byDistrict(steps)].map(([districtCode, counts]) => ({
      ...{ districtCode, name: names.get(districtCode) ?? '' },
      ...counts,
    })),
    inspectors: [...byInspector(steps)].map(([userId, counts]) => {
      const { name = null, unit = null } = inspectors.get(userId) ?? {}
      return { userId, name: name ?? '', unit, ...counts }
    }),
  }
}
