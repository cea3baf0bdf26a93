import { and, count, eq, exists, gt, isNotNull, isNull, like, ne, or, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { isOverdueRow, stateInSql, taskStates } from '#modules/command/index.ts'
import { books, tasks } from '#modules/command/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { pictures } from '#platform/pictures/index.ts'
import { cases, observations } from '../schema.ts'
import type { CaseFlag, CaseSource, Severity } from '../words.ts'
import { casesSeen } from './case-reach.ts'
import type { CaseCount } from './contract.ts'

type TaskState = keyof typeof taskStates

/** What narrows both the list and its counts. */
export interface CaseFilter {
  roundId?: string
  unitId?: string
  zoneId?: string
  pointId?: string
  districtCode?: string
  source?: CaseSource
  severity?: Severity
  flag?: CaseFlag
  /** How its number begins. */
  number?: string
}

/** What narrows the list alone: by this the counts are divided. */
export interface CaseStanding {
  waiting?: boolean | undefined
  state?: TaskState | undefined
  overdue?: boolean | undefined
}

/** Pictures that claim another place or another time, or are under something else as well. */
const isOdd = or(eq(pictures.place, 'far'), ne(pictures.flags, ''))!

/** SQL condition: a picture before or after looks odd. */
function hasOddPicture(db: Reader): SQL {
  const one = { one: sql`1` }
  const before = db
    .select(one)
    .from(observations)
    .innerJoin(pictures, eq(pictures.subject, sql`'observation:' || ${observations.id}`))
    .where(and(eq(observations.caseId, cases.id), isNull(pictures.hiddenAt), isOdd))
  const after = db
    .select(one)
    .from(pictures)
    .where(and(eq(pictures.subject, sql`'task:' || ${cases.taskId}`), isNull(pictures.hiddenAt), isOdd))
  return or(exists(before), exists(after))!
}

/** Whether a picture of the case looks odd, beside the row that is selected. */
export const oddPictureOf = (db: Reader) =>
  sql<boolean>`case when ${hasOddPicture(db)} then 1 else 0 end`.mapWith((value) => Number(value) === 1)

const flagged = (db: Reader): Record<CaseFlag, SQL> => ({
  no_picture: isNotNull(cases.issuedWithoutPicturesAt),
  odd_picture: hasOddPicture(db),
  recurred: gt(cases.recurrences, 0),
  fell_back: eq(cases.recheckOutcome, 'fell_back'),
})

/** SQL condition on `cases` joined with `books` and `tasks`. */
export function casesFiltered(db: Reader, filter: CaseFilter, reader: Actor): SQL | undefined {
  const { roundId, unitId, zoneId, pointId, districtCode, source, severity, flag, number } = filter
  const begins = number?.trim().replace(/[%_]/g, '')
  return and(
    casesSeen(db, reader),
    roundId ? eq(cases.roundId, roundId) : undefined,
    unitId ? eq(cases.unitId, unitId) : undefined,
    zoneId ? eq(cases.zoneId, zoneId) : undefined,
    pointId ? eq(cases.pointId, pointId) : undefined,
    districtCode ? eq(cases.districtCode, districtCode) : undefined,
    source ? eq(cases.source, source) : undefined,
    severity ? eq(cases.severity, severity) : undefined,
    flag ? flagged(db)[flag] : undefined,
    begins ? like(cases.number, `${begins}%`) : undefined,
  )
}

/** SQL condition: where a case stands. */
export function casesStanding({ waiting, state, overdue }: CaseStanding, at: DateTime): SQL | undefined {
  return and(
    waiting === undefined ? undefined : waiting ? isNull(cases.taskId) : isNotNull(cases.taskId),
    state ? and(isNotNull(cases.taskId), eq(stateInSql, state)) : undefined,
    overdue ? and(isNotNull(cases.taskId), isOverdueRow(at)) : undefined,
  )
}

/** A figure above it says nothing more to anybody. */
const countedMax = 10_000

/** How many cases fit a filter, by where they stand. One statement. */
export async function countCases(
  db: Reader,
  filter: CaseFilter,
  { reader, at }: { reader: Actor; at: DateTime },
): Promise<CaseCount> {
  const some = db
    .select({
      state: sql<
        TaskState | 'waiting'
      >`case when ${cases.taskId} is null then 'waiting' else ${stateInSql} end`.as('state'),
      overdue: sql<number>`case when ${isOverdueRow(at)} then 1 else 0 end`.as('overdue'),
    })
    .from(cases)
    .innerJoin(books, eq(books.id, cases.bookId))
    .leftJoin(tasks, eq(tasks.id, cases.taskId))
    .where(casesFiltered(db, filter, reader))
    .limit(countedMax + 1)
    .as('some')
  const rows = await db
    .select({ state: some.state, cases: count(), overdue: sql<number>`sum(${some.overdue})`.mapWith(Number) })
    .from(some)
    .groupBy(some.state)
  const of = (state: string) => rows.find((row) => row.state === state)?.cases ?? 0
  const all = rows.reduce((sum, { cases: some }) => sum + some, 0)
  const states = Object.keys(taskStates) as TaskState[]
  return {
    all: Math.min(all, countedMax),
    more: all > countedMax,
    waiting: of('waiting'),
    overdue: rows.reduce((sum, { overdue }) => sum + overdue, 0),
    states: Object.fromEntries(states.map((state) => [state, of(state)])) as CaseCount['states'],
  }
}
