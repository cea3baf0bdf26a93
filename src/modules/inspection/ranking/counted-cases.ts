import {
  and,
  eq,
  exists,
  gt,
  gte,
  isNotNull,
  isNull,
  lte,
  max,
  min,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { countTasks } from '#modules/command/index.ts'
import { added, type TaskFigures } from '#modules/command/pure.ts'
import { taskMoves, tasks } from '#modules/command/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { cases, observations, rounds, visits } from '../schema.ts'
import type { RankingGroup } from '../words.ts'
import type { Members } from './members.ts'

const reopened = alias(taskMoves, 'reopened')
const one = { one: sql`1` }

interface City {
  /** Whose rounds count: of the office that ranks. */
  issuerUnitId: string
  until: DateTime
}

/**
 * SQL condition on the last move of a cycle: the inspector of another district and unit found what it is about, on a visit that
 * the ranking office had drawn, while the case stood as it does in this cycle (`countsInRank`). What is opened again by a
 * finding on patrol, or by somebody for themselves, is not counted; a case of a patrol is once a drawn visit found it, too.
 */
function foundByCity(db: Reader, { issuerUnitId, until }: City): SQL {
  const ofTask = and(eq(reopened.taskId, taskMoves.taskId), eq(reopened.kind, 'reopen'))
  const began = db
    .select({ at: max(reopened.at) })
    .from(reopened)
    .where(and(ofTask, lte(reopened.sequence, taskMoves.sequence)))
  const ended = db
    .select({ at: min(reopened.at) })
    .from(reopened)
    .where(and(ofTask, gt(reopened.sequence, taskMoves.sequence)))
  const elsewhere = (unitId: typeof visits.inspectorUnitId | typeof cases.foundByUnitId) =>
    and(
      ne(unitId, taskMoves.owingUnitId),
      or(isNull(units.districtCode), ne(units.districtCode, cases.districtCode)),
    )
  const first = db
    .select(one)
    .from(cases)
    .innerJoin(rounds, eq(rounds.id, cases.roundId))
    .innerJoin(units, eq(units.id, cases.foundByUnitId))
    .where(
      and(
        eq(cases.taskId, tasks.id),
        eq(cases.source, 'sample'),
        eq(rounds.issuerUnitId, issuerUnitId),
        elsewhere(cases.foundByUnitId),
      ),
    )
  const again = db
    .select(one)
    .from(cases)
    .innerJoin(observations, eq(observations.caseId, cases.id))
    .innerJoin(visits, eq(visits.id, observations.visitId))
    .innerJoin(rounds, eq(rounds.id, visits.roundId))
    .innerJoin(units, eq(units.id, visits.inspectorUnitId))
    .where(
      and(
        eq(cases.taskId, tasks.id),
        isNull(observations.supersededById),
        ne(rounds.kind, 'self_test'),
        eq(rounds.issuerUnitId, issuerUnitId),
        elsewhere(visits.inspectorUnitId),
        lte(visits.receivedAt, until),
        sql`(${began} is null or ${visits.receivedAt} >= ${began})`,
        sql`(${ended} is null or ${visits.receivedAt} < ${ended})`,
      ),
    )
  return or(and(sql`${began} is null`, exists(first)), exists(again))!
}

const of = (column: 'districtCode' | 'zoneId' | 'standardId') =>
  sql<string>`(select ${cases[column]} from ${cases} where ${cases.taskId} = ${tasks.id})`
const columns = {
  city_districts: 'districtCode',
  counties: 'districtCode',
  streets: 'zoneId',
  departments: 'standardId',
} as const satisfies Record<RankingGroup, string>

/** What each member had to put right between `from` and `until`, as it stood at `until`: each cycle of each case. */
export async function countedCases(
  db: Reader,
  { group, members, from, ...city }: City & { group: RankingGroup; members: Members; from: DateTime },
): Promise<Map<string, TaskFigures>> {
  const rows = await countTasks(db, city.until, {
    group: { id: of(columns[group]), name: sql`min('')` },
    among: allOf(db),
    where: and(gte(taskMoves.dueAt, from), foundByCity(db, city)),
  })
  const parts = new Map<string, TaskFigures[]>()
  for (const row of rows)
    for (const id of membersFor(group, members, row.id)) parts.set(id, [...(parts.get(id) ?? []), row])
  return new Map([...parts].map(([id, some]) => [id, added(some)]))
}

function membersFor(group: RankingGroup, members: Members, key: string): readonly string[] {
  if (group === 'departments') return members.leading(key)
  const id = members.at({ districtCode: key, zoneId: key })
  return id === undefined ? [] : [id]
}

const allOf = (db: Reader) => db.select({ taskId: cases.taskId }).from(cases).where(isNotNull(cases.taskId))

/** All cases that were issued by then, however they were found: one statement. */
export async function allCases(db: Reader, at: DateTime): Promise<TaskFigures> {
  const rows = await countTasks(db, at, {
    group: { id: sql<string>`'all'`, name: sql`min('')` },
    among: allOf(db),
  })
  return added(rows)
}
