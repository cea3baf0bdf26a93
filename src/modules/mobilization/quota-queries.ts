import { and, asc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { type EventRow, reachesUnit } from '#modules/events/index.ts'
import { districtCovers, nameMatches, unitsWithin } from '#modules/organisation/index.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import type { Funnel } from './contract.ts'
import { assignments, quotas, signUps } from './schema.ts'

/** 实名: people of the unit who were signed up or have a place. */
const named = sql<number>`(select count(*) from (
  select ${assignments.personId} from ${assignments}
    where ${assignments.eventId} = ${quotas.eventId} and ${assignments.unitId} = ${quotas.unitId}
    and ${assignments.cancelledAt} is null
  union
  select ${signUps.personId} from ${signUps} inner join ${teams} on ${teams.id} = ${signUps.teamId}
    where ${signUps.eventId} = ${quotas.eventId} and ${teams.unitId} = ${quotas.unitId}
    and ${signUps.withdrawnAt} is null) as people)`.mapWith(Number)

/** 确认: people of the unit who accepted a shift. */
const confirmed = sql<number>`(select count(distinct ${assignments.personId}) from ${assignments}
  where ${assignments.eventId} = ${quotas.eventId} and ${assignments.unitId} = ${quotas.unitId}
  and ${assignments.answer} = 'accepted' and ${assignments.cancelledAt} is null)`.mapWith(Number)

function selectQuotas(db: Reader) {
  return db
    .select({
      quota: quotas,
      unit: { id: units.id, name: units.name, pinyin: units.pinyin, districtCode: units.districtCode },
      named,
      confirmed,
    })
    .from(quotas)
    .innerJoin(units, eq(units.id, quotas.unitId))
}
export type FullQuota = Awaited<ReturnType<typeof selectQuotas>>[number]

/** Whoever answers for the organiser sees all quotas of an event, everybody else those of their units. */
async function quotasWithin(db: Reader, reach: Reach, event: EventRow): Promise<SQL | undefined> {
  return (await reachesUnit(db, reach, event.organiserUnitId)) ? undefined : unitsWithin(reach)
}

interface QuotaQuery {
  unitId?: string
  districtCode?: string
  answered?: boolean
  search?: string
  cursor?: string
  limit?: number
}

/** The quotas of an event by name of the unit. */
export async function listQuotas(db: Reader, event: EventRow, reach: Reach, query: QuotaQuery) {
  const { unitId, districtCode, answered, search, cursor, limit = 50 } = query
  const rows = await selectQuotas(db)
    .where(
      and(
        eq(quotas.eventId, event.id),
        await quotasWithin(db, reach, event),
        unitId ? eq(quotas.unitId, unitId) : undefined,
        districtCode ? districtCovers(units.districtCode, districtCode) : undefined,
        answered === undefined ? undefined : answered ? isNotNull(quotas.pledged) : isNull(quotas.pledged),
        nameMatches(units, search),
        after([units.pinyin, quotas.id], cursor),
      ),
    )
    .orderBy(asc(units.pinyin), asc(quotas.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ unit, quota }) => [unit.pinyin, quota.id])
}

/** One quota with its figures, after it was found to be there. */
export async function fullQuota(db: Reader, quotaId: string): Promise<FullQuota> {
  const [found] = await selectQuotas(db).where(eq(quotas.id, quotaId))
  return found as FullQuota
}

/** 需求 → 上报 → 实名 → 确认, summed over the quotas within reach and by district. */
export async function funnelOf(db: Reader, event: EventRow, reach: Reach): Promise<Funnel> {
  const rows = await selectQuotas(db)
    .where(and(eq(quotas.eventId, event.id), await quotasWithin(db, reach, event)))
    .orderBy(asc(units.districtCode), asc(quotas.id))
  const sum = (some: readonly FullQuota[]) => ({
    asked: some.reduce((total, { quota }) => total + quota.asked, 0),
    pledged: some.reduce((total, { quota }) => total + (quota.pledged ?? 0), 0),
    named: some.reduce((total, each) => total + each.named, 0),
    confirmed: some.reduce((total, each) => total + each.confirmed, 0),
  })
  return {
    ...sum(rows),
    units: rows.length,
    answered: rows.filter(({ quota }) => quota.pledged !== null).length,
    refused: rows.filter(({ quota }) => quota.pledged === 0).length,
    districts: [...Map.groupBy(rows, ({ unit }) => unit.districtCode)].map(([districtCode, some]) => ({
      districtCode,
      ...sum(some),
    })),
  }
}
