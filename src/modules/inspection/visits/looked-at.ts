import { and, eq } from 'drizzle-orm'
import { readInstant } from '#modules/events/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { districtHolds, unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { type FullPoint, fullPointOrNone } from '../points/point-queries.ts'
import { whyNot } from '../rounds/assign-visits.ts'
import type { Today } from '../rounds/concerns.ts'
import { inspectorOf } from '../rounds/inspectors.ts'
import type { RoundRow } from '../rounds/round-queries.ts'
import { rounds, schemes, visits } from '../schema.ts'
import type { PointClass, VisitRole } from '../words.ts'
import type { VisitUpload } from './contract.ts'
import type { RefusedEntry } from './tables.ts'

type VisitRow = typeof visits.$inferSelect

/** What a phone looked at: a visit that was assigned, or a patrol. */
export interface Looked {
  /** Null: a patrol. */
  visit: VisitRow | null
  round: RoundRow | null
  role: VisitRole
  schemeId: string
  pointId: string | null
  zoneId: string
  districtCode: string
  pointClass: PointClass | null
  inspectorUnitId: string
  afterClosure: boolean
  remarks: RefusedEntry[]
}

/** Why nothing of it is a visit. */
export interface NotOne {
  code: string
}

/** What was sent, and whoever was there. */
type Asking = Today & { input: VisitUpload; inspectorUserId: string }

/** What an upload is about, or why it is held. */
export async function lookedAt(db: Reader, asking: Asking): Promise<Looked | NotOne> {
  const { visitId, patrol } = asking.input
  if (visitId) return assigned(db, visitId, asking)
  return patrol ? patrolled(db, patrol, asking) : { code: 'visit.unnamed' }
}

async function assigned(db: Reader, visitId: string, asking: Asking): Promise<Looked | NotOne> {
  const { input, inspectorUserId, at, timeZone } = asking
  const [found] = await db
    .select({ visit: visits, round: rounds })
    .from(visits)
    .leftJoin(rounds, eq(rounds.id, visits.roundId))
    .where(eq(visits.id, visitId))
  if (!found) return { code: 'visit.not_drawn' }
  const { visit, round } = found
  // Before its round is shown, nobody but whoever goes there learns that there is such a visit.
  const told = round === null || round.revealedAt !== null || round.closedAt !== null
  if (visit.inspectorUserId !== inspectorUserId) return { code: told ? 'visit.not_yours' : 'visit.not_drawn' }
  if (visit.receivedAt) return { code: 'visit.received' }
  const startedAt = readInstant(input.startedAt).minus({ seconds: input.clockOffsetSeconds ?? 0 })
  if (!visit.opensAt || startedAt < visit.opensAt) return { code: 'visit.not_open' }
  const inspector = await inspectorOf(db, inspectorUserId)
  const own = round?.kind === 'self_test'
  const refusal = await whyNot(db, visit, inspectorUserId, inspector, { own, today: { at, timeZone } })
  if (refusal) return { code: refusal }
  const { role, schemeId, pointId, zoneId, districtCode, pointClass } = visit
  return {
    ...{ visit, round, role, schemeId, pointId, zoneId, districtCode, pointClass },
    inspectorUnitId: inspector!.unit!.id,
    afterClosure: round?.closedAt != null,
    remarks: remarksOnTime(input),
  }
}

async function patrolled(
  db: Reader,
  patrol: NonNullable<VisitUpload['patrol']>,
  { input, inspectorUserId, at, timeZone }: Asking,
): Promise<Looked | NotOne> {
  const [scheme] = await db.select().from(schemes).where(eq(schemes.id, patrol.schemeId))
  if (!scheme?.publishedAt) return { code: 'scheme.not_published' }
  const point = patrol.pointId ? await fullPointOrNone(db, patrol.pointId) : null
  if (patrol.pointId && !point) return { code: 'point.missing' }
  const zoneId = point?.point.zoneId ?? patrol.zoneId
  const [zone] = await db.select({ districtCode: zones.districtCode }).from(zones).where(eq(zones.id, zoneId))
  if (!zone) return { code: 'zone.missing' }
  const where = {
    ...{ schemeId: scheme.id, pointId: point?.point.id ?? null, zoneId },
    districtCode: zone.districtCode ?? '',
    pointClass: point?.point.pointClass ?? null,
  }
  const inspector = await inspectorOf(db, inspectorUserId)
  const refusal = await whyNot(db, where, inspectorUserId, inspector, { own: false, today: { at, timeZone } })
  if (refusal) return { code: refusal }
  // Whoever runs a round sends somebody anywhere; on patrol one goes where one’s own role is.
  if (!(await patrols(db, inspector!.reach, zone.districtCode, point))) return { code: 'inspector.beyond' }
  return {
    ...{ visit: null, round: null, role: 'patrol', afterClosure: false, ...where },
    inspectorUnitId: inspector!.unit!.id,
    remarks: remarksOnTime(input),
  }
}

/** Whether a role over this part is one over the place: over its district, or over the unit whose point it is. */
async function patrols(
  db: Reader,
  reach: Reach,
  districtCode: string | null,
  point: FullPoint | null,
): Promise<boolean> {
  if (reach.everything) return true
  if (districtCode !== null && reach.codes.some((code) => districtHolds(code, districtCode))) return true
  const unitId = point?.point.unitId
  return Boolean(unitId) && (await db.$count(units, and(eq(units.id, unitId!), unitsWithin(reach)))) > 0
}

/** Times that cannot be: they are kept as they are, and told. */
function remarksOnTime({ startedAt, endedAt }: VisitUpload): RefusedEntry[] {
  if (readInstant(startedAt) <= readInstant(endedAt)) return []
  return [{ entry: null, code: 'visit.time_unclear', kept: true, pictureIds: [] }]
}
