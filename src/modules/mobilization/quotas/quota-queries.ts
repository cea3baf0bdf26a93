import { and, asc, desc, eq, gt, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { type EventRow, reachesUnit } from '#modules/events/index.ts'
import { districtCovers, nameMatches, unitsWithin } from '#modules/organisation/index.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf, readCursor } from '#platform/http/page.ts'
import { allotments, assignments, numberOnlyTeams, quotas, signUps } from '../schema.ts'
import type { Funnel } from './contract.ts'

/** 实名: number of people of the unit who signed up or hold a place. */
const named = sql<number>`(select count(*) from (
  select ${assignments.personId} from ${assignments}
    where ${assignments.eventId} = ${quotas.eventId} and ${assignments.unitId} = ${quotas.unitId}
    and ${assignments.cancelledAt} is null
  union
  select ${signUps.personId} from ${signUps} inner join ${teams} on ${teams.id} = ${signUps.teamId}
    where ${signUps.eventId} = ${quotas.eventId} and ${teams.unitId} = ${quotas.unitId}
    and ${signUps.withdrawnAt} is null) as people)`.mapWith(Number)

/** 确认: number of people of the unit who accepted a shift. */
const confirmed = sql<number>`(select count(distinct ${assignments.personId}) from ${assignments}
  where ${assignments.eventId} = ${quotas.eventId} and ${assignments.unitId} = ${quotas.unitId}
  and ${assignments.answer} = 'accepted' and ${assignments.cancelledAt} is null)`.mapWith(Number)

/** 只报人数: heads without names of the unit's teams and classes that answered with a number. */
const numberOnly = sql<number>`(select coalesce(sum(${allotments.heads} - ${allotments.named}), 0)
  from ${numberOnlyTeams}
  inner join ${teams} on ${teams.id} = ${numberOnlyTeams.teamId}
  inner join ${allotments} on ${allotments.teamId} = ${numberOnlyTeams.teamId}
    and ${allotments.eventId} = ${numberOnlyTeams.eventId}
  where ${numberOnlyTeams.eventId} = ${quotas.eventId} and ${teams.unitId} = ${quotas.unitId})`.mapWith(
  Number,
)

/**
 * 已另有安排: people whom the unit signed up after another unit had, under whatever record, as long as that sign-up holds.
 * Said only of those the unit tried itself, so it learns nothing that its own sign-up did not tell.
 */
const elsewhere = sql<number>`(select count(distinct coalesce(known.human_id, known.id))
  from sign_ups as tried
  inner join teams as own on own.id = tried.team_id
  inner join persons as known on known.id = tried.person_id
  inner join persons as record on record.id = known.id or record.human_id = known.human_id
  inner join sign_ups as held on held.person_id = record.id and held.event_id = tried.event_id
    and held.withdrawn_at is null
  inner join teams as theirs on theirs.id = held.team_id
  where tried.event_id = ${quotas.eventId} and own.unit_id = ${quotas.unitId} and tried.elsewhere_at is not null
  and (theirs.unit_id is null or theirs.unit_id <> ${quotas.unitId}))`.mapWith(Number)

/** What a unit still owes: all it was asked for while it has not answered. */
const gap = sql<number>`(${quotas.asked} - coalesce(${quotas.pledged}, 0))`.mapWith(Number)

/** A quota with its unit and its figures. */
export const quotaColumns = {
  quota: quotas,
  unit: {
    id: units.id,
    name: units.name,
    pinyin: units.pinyin,
    path: units.path,
    districtCode: units.districtCode,
  },
  gap,
  named,
  confirmed,
  numberOnly,
  elsewhere,
}

function selectQuotas(db: Reader) {
  return db.select(quotaColumns).from(quotas).innerJoin(units, eq(units.id, quotas.unitId))
}
export type FullQuota = Awaited<ReturnType<typeof selectQuotas>>[number]

/** SQL condition: all quotas of the event for a reach that covers its organiser, else those of units within reach. */
export async function quotasWithin(db: Reader, reach: Reach, event: EventRow): Promise<SQL | undefined> {
  return (await reachesUnit(db, reach, event.organiserUnitId)) ? undefined : unitsWithin(reach)
}

interface QuotaQuery {
  unitId?: string
  districtCode?: string
  answered?: boolean
  search?: string
  sort?: 'name' | 'gap'
  cursor?: string
  limit?: number
}

/** After the cursor of a page sorted by gap. @throws DomainError invalid `cursor.malformed` */
function afterGap(cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined
  const [owed, id] = readCursor(cursor, 2)
  if (!Number.isSafeInteger(owed) || typeof id !== 'string')
    throw new DomainError('invalid', 'cursor.malformed', 'This cursor is not from this list.')
  return or(lt(gap, owed), and(eq(gap, owed), gt(quotas.id, id)))
}

/** A keyset page of the event's quotas, by name of the unit, or the largest gap first. */
export async function listQuotas(db: Reader, event: EventRow, reach: Reach, query: QuotaQuery) {
  const { unitId, districtCode, answered, search, sort = 'name', cursor, limit = 50 } = query
  const byGap = sort === 'gap'
  const rows = await selectQuotas(db)
    .where(
      and(
        eq(quotas.eventId, event.id),
        await quotasWithin(db, reach, event),
        unitId ? eq(quotas.unitId, unitId) : undefined,
        districtCode ? districtCovers(units.districtCode, districtCode) : undefined,
        answered === undefined ? undefined : answered ? isNotNull(quotas.pledged) : isNull(quotas.pledged),
        nameMatches(units, search),
        byGap ? afterGap(cursor) : after([units.pinyin, quotas.id], cursor),
      ),
    )
    .orderBy(byGap ? desc(gap) : asc(units.pinyin), asc(quotas.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ unit, quota, gap: owed }) => [byGap ? owed : unit.pinyin, quota.id])
}

/** One quota with its figures. The quota must exist. */
export async function fullQuota(db: Reader, quotaId: string): Promise<FullQuota> {
  const [found] = await selectQuotas(db).where(eq(quotas.id, quotaId))
  return found as FullQuota
}

/** 只报人数 of a unit: all that it pledged, or the heads of those of its teams and classes that answered with a number. */
export function countOnlyOf({ quota, numberOnly: heads }: Pick<FullQuota, 'quota' | 'numberOnly'>): number {
  return quota.countOnly ? (quota.pledged ?? 0) : Math.min(heads, quota.pledged ?? 0)
}

/**
 * Names a unit still owes: none for what it, or a team of it, answered with a number only, and one fewer for each person
 * whom another unit had signed up first.
 */
export function namesOwed(full: Pick<FullQuota, 'quota' | 'named' | 'numberOnly' | 'elsewhere'>): number {
  const { quota, named: known, elsewhere: others } = full
  return quota.countOnly ? 0 : Math.max(0, (quota.pledged ?? 0) - countOnlyOf(full) - known - others)
}

/** The funnel 需求 → 上报 → 实名 → 确认: sums over the quotas within reach, in all and by district. */
export async function funnelOf(db: Reader, event: EventRow, reach: Reach): Promise<Funnel> {
  const rows = await selectQuotas(db)
    .where(and(eq(quotas.eventId, event.id), await quotasWithin(db, reach, event)))
    .orderBy(asc(units.districtCode), asc(quotas.id))
  const sum = (some: readonly FullQuota[]) => ({
    asked: some.reduce((total, { quota }) => total + quota.asked, 0),
    pledged: some.reduce((total, { quota }) => total + (quota.pledged ?? 0), 0),
    named: some.reduce((total, each) => total + each.named, 0),
    confirmed: some.reduce((total, each) => total + each.confirmed, 0),
    countOnly: some.reduce((total, each) => total + countOnlyOf(each), 0),
    namesOwed: some.reduce((total, each) => total + namesOwed(each), 0),
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
