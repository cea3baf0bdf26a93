import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { countTasks, type Grouping, type Looking, tasksWithin } from '#modules/command/index.ts'
import { added, suspendsTooMuch, type TaskFigures } from '#modules/command/pure.ts'
import { taskMoves, tasks } from '#modules/command/schema.ts'
import { districtNames } from '#modules/grid/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { reachOf } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import { cases, points, rounds } from '../schema.ts'
import type { CaseDivision, CaseSource } from '../words.ts'
import { ratesOf } from './rates-rules.ts'

export interface CaseFilter {
  by: CaseDivision
  roundId?: string
  source?: CaseSource
  unitId?: string
  districtCode?: string
  standardCode?: string
}

const ofCase = (what: SQL) => sql<string>`(select ${what} from ${cases} where ${cases.taskId} = ${tasks.id})`
const nothing = sql<string>`min('')`
const groupings: Record<CaseDivision, Grouping> = {
  district: { id: ofCase(sql`${cases.districtCode}`), name: nothing },
  unit: {
    id: sql<string>`${taskMoves.owingUnitId}`,
    name: sql<string>`min((select ${units.name} from ${units} where ${units.id} = ${taskMoves.owingUnitId}))`,
  },
  standard: { id: ofCase(sql`${cases.standardCode}`), name: nothing },
  category: { id: ofCase(sql`coalesce(${cases.category}, '')`), name: nothing },
  source: { id: ofCase(sql`${cases.source}`), name: nothing },
  round: { id: ofCase(sql`coalesce(${cases.roundId}, '')`), name: nothing },
  point_class: {
    id: ofCase(
      sql`coalesce((select ${points.pointClass} from ${points} where ${points.id} = ${cases.pointId}), '')`,
    ),
    name: nothing,
  },
}

/** Figures and rates of cases within reach as of a moment; what they were then is the same whenever one asks. */
export async function readCaseRates(db: Reader, filter: CaseFilter, { reader, at }: Looking) {
  const { by, roundId, source, unitId, districtCode, standardCode } = filter
  const among = db
    .select({ taskId: cases.taskId })
    .from(cases)
    .where(
      and(
        isNotNull(cases.taskId),
        roundId ? eq(cases.roundId, roundId) : undefined,
        source ? eq(cases.source, source) : undefined,
        districtCode ? eq(cases.districtCode, districtCode) : undefined,
        standardCode ? eq(cases.standardCode, standardCode) : undefined,
      ),
    )
  const rows = await countTasks(db, at, {
    group: groupings[by],
    among,
    where: and(
      tasksWithin(db, reachOf(reader, 'tasks.read')),
      unitId ? eq(taskMoves.owingUnitId, unitId) : undefined,
    ),
  })
  const names = await namesFor(db, by)
  const total = added(rows)
  return {
    at: isoOf(at),
    by,
    total: shown(total),
    warning: suspendsTooMuch(total),
    groups: rows.map(({ id, name, ...figures }) => ({
      id,
      name: name || names.get(id) || id,
      ...shown(figures),
    })),
  }
}

const shown = (figures: TaskFigures) => ({ figures, rates: ratesOf(figures) })

/** What the ids of a division are called; keys of closed sets, whose words the client has, and codes stand for themselves. */
async function namesFor(db: Reader, by: CaseDivision): Promise<Map<string, string>> {
  if (by === 'district') return new Map((await districtNames(db)).map(({ code, name }) => [code, name]))
  if (by === 'round') {
    const rows = await db.select({ id: rounds.id, title: rounds.title }).from(rounds)
    return new Map(rows.map(({ id, title }) => [id, title]))
  }
  return new Map()
}
