import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { users } from '#modules/accounts/schema.ts'
import { holdingOn } from '#modules/grid/index.ts'
import { responsibilities, zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { countFunnels, noTasks } from '../books/funnels.ts'
import type { Looking } from '../looking.ts'
import { tasks } from '../schema.ts'
import type { CompoundsView } from './contract.ts'

/**
 * 包保小区: the zones that the reader answers for by the register today, with the unit that answers for each and how its tasks
 * stand; and the own standing: how the tasks stand that the reader leads.
 */
export async function readCompounds(db: Reader, looking: Looking, today: string): Promise<CompoundsView> {
  const [user] = await db
    .select({ personId: users.personId })
    .from(users)
    .where(eq(users.id, looking.reader.userId))
  const personId = user?.personId ?? null
  if (personId === null) return { personId, standing: noTasks, items: [] }
  const duties = await db
    .select({
      level: responsibilities.level,
      since: responsibilities.validFrom,
      zone: { id: zones.id, name: zones.name },
      kind: zones.kind,
      path: zones.path,
    })
    .from(responsibilities)
    .innerJoin(zones, eq(zones.id, responsibilities.zoneId))
    .where(and(eq(responsibilities.personId, personId), holdingOn(today), isNull(zones.closedAt)))
    .orderBy(asc(zones.path), asc(responsibilities.id))
  const answering = await answeringUnits(
    db,
    duties.map(({ path }) => path),
    today,
  )
  const ids = duties.map(({ zone }) => zone.id)
  const funnels = await countFunnels(db, tasks.zoneId, inArray(tasks.zoneId, ids), looking)
  const own = await countFunnels(db, tasks.leaderPersonId, eq(tasks.leaderPersonId, personId), looking)
  return {
    personId,
    standing: own.get(personId) ?? noTasks,
    items: duties.map(({ path, zone, ...duty }) => ({
      ...duty,
      zone,
      unit: answering.get(path) ?? null,
      funnel: funnels.get(zone.id) ?? noTasks,
    })),
  }
}

/** The unit that answers for each zone: the oldest duty on it, or else on the nearest zone above it. One statement. */
async function answeringUnits(db: Reader, paths: readonly string[], today: string) {
  const lines = new Map(paths.map((path) => [path, path.split('/').filter(Boolean)]))
  const rows = await db
    .select({ zoneId: responsibilities.zoneId, unit: { id: units.id, name: units.name } })
    .from(responsibilities)
    .innerJoin(units, eq(units.id, responsibilities.unitId))
    .where(
      and(
        inArray(responsibilities.zoneId, [...new Set([...lines.values()].flat())]),
        eq(responsibilities.level, 'unit'),
        isNull(units.closedAt),
        holdingOn(today),
      ),
    )
    .orderBy(asc(responsibilities.validFrom), asc(responsibilities.id))
  const of = Map.groupBy(rows, ({ zoneId }) => zoneId)
  return new Map(
    [...lines].map(([path, line]) => {
      const nearest = line.findLast((id) => of.has(id))
      return [path, nearest ? of.get(nearest)![0]!.unit : null]
    }),
  )
}
