import { and, eq, gte, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { countTasks } from '#modules/command/index.ts'
import { added, type TaskFigures } from '#modules/command/pure.ts'
import { taskMoves, tasks } from '#modules/command/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { cases } from '../schema.ts'
import type { RankingGroup } from '../words.ts'
import type { Members } from './members.ts'

/** `countsInRank` as SQL: what an inspector of another district and unit found on a drawn visit. */
function ranked(db: Reader) {
  return db
    .select({ taskId: cases.taskId })
    .from(cases)
    .innerJoin(units, eq(units.id, cases.foundByUnitId))
    .where(
      and(
        isNotNull(cases.taskId),
        eq(cases.source, 'sample'),
        ne(cases.foundByUnitId, cases.unitId),
        or(isNull(units.districtCode), ne(units.districtCode, cases.districtCode)),
      ),
    )
}

const of = (column: 'districtCode' | 'zoneId' | 'standardId') =>
  sql<string>`(select ${cases[column]} from ${cases} where ${cases.taskId} = ${tasks.id})`
const columns = {
  city_districts: 'districtCode',
  counties: 'districtCode',
  streets: 'zoneId',
  departments: 'standardId',
} as const satisfies Record<RankingGroup, string>

/** The cases of each member that were due between `from` and `until`, as they stood at `until`: one statement. */
export async function countedCases(
  db: Reader,
  { group, members, from, until }: { group: RankingGroup; members: Members; from: DateTime; until: DateTime },
): Promise<Map<string, TaskFigures>> {
  const rows = await countTasks(db, until, {
    group: { id: of(columns[group]), name: sql`min('')` },
    among: ranked(db),
    where: gte(taskMoves.dueAt, from),
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

/** All cases that were issued by then, however they were found: one statement. */
export async function allCases(db: Reader, at: DateTime): Promise<TaskFigures> {
  const rows = await countTasks(db, at, {
    group: { id: sql<string>`'all'`, name: sql`min('')` },
    among: db.select({ taskId: cases.taskId }).from(cases).where(isNotNull(cases.taskId)),
  })
  return added(rows)
}
