import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { holdingOn, zoneConditions } from '#modules/grid/index.ts'
import { responsibilities, zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { SkipReason } from '../words.ts'
import type { TemplateRow } from './template-queries.ts'

interface Place {
  id: string
  name: string
  path: string
}

/** A task that a template wants to be there. */
export interface Wanted {
  /** Whose it is: unit, zone, or zone, level and bearer. With the period it is the key of expansion. */
  bearer: string
  /** Where another bearer may have taken over: the key without the bearer. */
  place: string
  unitId: string
  supportingUnitIds: string[]
  zoneId: string | null
  leaderPersonId: string | null
}

export interface Skipped {
  zone: { id: string; name: string } | null
  unit: { id: string; name: string } | null
  because: SkipReason
}

export interface WantedTasks {
  wanted: Wanted[]
  skipped: Skipped[]
}

/** What a template wants on a day: read from the units, the zones and the register of responsibilities as they are then. */
export async function wantedOf(db: Reader, template: TemplateRow, today: string): Promise<WantedTasks> {
  const { scope, within } = template
  if (scope === 'once' || scope === 'units') return wantedOfUnits(db, within.unitIds ?? [], scope)
  const places = await placesOf(db, template)
  const answering = await unitDuties(db, today)
  if (scope === 'zones') return wantedOfZones(places, answering)
  return wantedOfDuties(db, template, today, places, answering)
}

async function wantedOfUnits(
  db: Reader,
  unitIds: readonly string[],
  scope: 'once' | 'units',
): Promise<WantedTasks> {
  const found = await db
    .select({ id: units.id, name: units.name, closedAt: units.closedAt })
    .from(units)
    .where(inArray(units.id, [...new Set(unitIds)]))
    .orderBy(asc(units.id))
  const result: WantedTasks = { wanted: [], skipped: [] }
  for (const { id, name, closedAt } of found) {
    if (closedAt) result.skipped.push({ zone: null, unit: { id, name }, because: 'expansion.closed' })
    else result.wanted.push(owed(scope === 'once' ? 'once' : id, scope === 'once' ? 'once' : id, id))
  }
  return result
}

const owed = (bearer: string, place: string, unitId: string, more: Partial<Wanted> = {}): Wanted => ({
  ...{ bearer, place, unitId, supportingUnitIds: [], zoneId: null, leaderPersonId: null },
  ...more,
})

async function placesOf(db: Reader, { within }: TemplateRow): Promise<Place[]> {
  const { zoneKinds, districtCode, zoneId } = within
  const filter = { ...(districtCode ? { districtCode } : {}), ...(zoneId ? { under: zoneId } : {}) }
  return db
    .select({ id: zones.id, name: zones.name, path: zones.path })
    .from(zones)
    .where(
      and(await zoneConditions(db, filter), zoneKinds?.length ? inArray(zones.kind, zoneKinds) : undefined),
    )
    .orderBy(asc(zones.path))
}

/** The units that answer for zones on a day, the oldest duty first, by zone. */
async function unitDuties(db: Reader, today: string): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ zoneId: responsibilities.zoneId, unitId: responsibilities.unitId })
    .from(responsibilities)
    .innerJoin(units, eq(units.id, responsibilities.unitId))
    .where(
      and(
        eq(responsibilities.level, 'unit'),
        isNotNull(responsibilities.unitId),
        isNull(units.closedAt),
        holdingOn(today),
      ),
    )
    .orderBy(asc(responsibilities.validFrom), asc(responsibilities.id))
  const of = Map.groupBy(rows, ({ zoneId }) => zoneId)
  return new Map([...of].map(([zoneId, some]) => [zoneId, [...new Set(some.map(({ unitId }) => unitId!))]]))
}

/** Of a zone, or else of the nearest one above it that has any. */
function answeringFor({ path }: Place, duties: ReadonlyMap<string, string[]>): string[] {
  const line = path.split('/').filter(Boolean)
  const nearest = line.findLast((id) => duties.has(id))
  return nearest ? duties.get(nearest)! : []
}

const nobody = ({ id, name }: Place): Skipped => ({
  zone: { id, name },
  unit: null,
  because: 'expansion.nobody_answers',
})

/** For each zone one: of several units the oldest duty answers, the others support. */
function wantedOfZones(places: readonly Place[], duties: ReadonlyMap<string, string[]>): WantedTasks {
  const result: WantedTasks = { wanted: [], skipped: [] }
  for (const place of places) {
    const [unitId, ...supportingUnitIds] = answeringFor(place, duties)
    if (!unitId) result.skipped.push(nobody(place))
    else result.wanted.push(owed(place.id, place.id, unitId, { zoneId: place.id, supportingUnitIds }))
  }
  return result
}

/** For each duty of a level one. What a person bears is owed by the unit that answers for the zone. */
async function wantedOfDuties(
  db: Reader,
  { within }: TemplateRow,
  today: string,
  places: readonly Place[],
  duties: ReadonlyMap<string, string[]>,
): Promise<WantedTasks> {
  const level = within.level!
  const of = new Map(places.map((place) => [place.id, place]))
  const rows = await db
    .select()
    .from(responsibilities)
    .where(and(eq(responsibilities.level, level), holdingOn(today)))
    .orderBy(asc(responsibilities.validFrom), asc(responsibilities.id))
  const result: WantedTasks = { wanted: [], skipped: [] }
  const seen = new Set<string>()
  for (const { zoneId, unitId, personId } of rows) {
    const place = of.get(zoneId)
    const bearer = `${zoneId}/${level}/${unitId ?? personId}`
    if (!place || seen.has(bearer)) continue
    seen.add(bearer)
    const owing = unitId ?? answeringFor(place, duties)[0]
    if (!owing) result.skipped.push(nobody(place))
    else result.wanted.push(owed(bearer, `${zoneId}/${level}`, owing, { zoneId, leaderPersonId: personId }))
  }
  return result
}
