import { and, asc, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { picturesOf, presentPicture } from '#platform/pictures/index.ts'
import { cases, observations } from '../schema.ts'
import { observationSubject } from '../visits/visit-queries.ts'
import { type CaseFilter, type CaseStanding, casesFiltered, casesStanding } from './case-filters.ts'
import { casesSeen } from './case-reach.ts'
import { type FullCase, selectCases } from './case-rows.ts'
import type { WholeCaseView } from './contract.ts'
import { allowedOf, presentCase } from './present.ts'

/** One case within sight. @throws DomainError `case.missing` */
export async function fullCase(db: Reader, caseId: string, reader: Actor): Promise<FullCase> {
  const [found] = await selectCases(db).where(and(eq(cases.id, caseId), casesSeen(db, reader)))
  if (!found) throw new DomainError('missing', 'case.missing', 'There is no such case.', { caseId })
  return found
}

/** A keyset page of cases within sight, in order of their making. */
export async function listCases(
  db: Reader,
  filter: CaseFilter & CaseStanding & { cursor?: string; limit?: number },
  { reader, at }: { reader: Actor; at: DateTime },
) {
  const { cursor, limit = 50, waiting, state, overdue, ...narrowed } = filter
  const rows = await selectCases(db)
    .where(
      and(
        casesFiltered(db, narrowed, reader),
        casesStanding({ waiting, state, overdue }, at),
        after([cases.id], cursor),
      ),
    )
    .orderBy(asc(cases.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ row }) => [row.id])
  return { ...page, items: page.items.map((full) => presentCase(full, at)) }
}

/** One case with its pictures before and after. @throws DomainError `case.missing` */
export async function readCase(
  db: Reader,
  caseId: string,
  { reader, at }: { reader: Actor; at: DateTime },
): Promise<WholeCaseView> {
  const full = await fullCase(db, caseId, reader)
  const seen = await db
    .select({ id: observations.id, note: observations.note, pictureIds: observations.pictureIds })
    .from(observations)
    .where(eq(observations.caseId, caseId))
    .orderBy(asc(observations.createdAt), asc(observations.id))
  const found = seen.map(({ id }) => observationSubject(id))
  const done = full.task ? [`task:${full.task.id}`] : []
  const arrived = await picturesOf(db, [...found, ...done])
  const all = arrived.filter(({ hiddenAt }) => hiddenAt === null)
  const there = new Set(arrived.map(({ id }) => id))
  return {
    ...presentCase(full, at),
    before: all.filter(({ subject }) => found.includes(subject)).map(presentPicture),
    after: all.filter(({ subject }) => done.includes(subject)).map(presentPicture),
    notes: seen.flatMap(({ note }) => note ?? []),
    awaited: [...new Set(seen.flatMap(({ pictureIds }) => pictureIds))].filter((id) => !there.has(id)).length,
    allowed: allowedOf(full, reader),
  }
}

/** Whether somebody may see the pictures of an observation by the case that it raised. */
export async function seesCaseOf(db: Reader, observationId: string, reader: Actor): Promise<boolean> {
  if (!may(reader, 'cases.read')) return false
  const [found] = await selectCases(db)
    .innerJoin(observations, eq(observations.caseId, cases.id))
    .where(and(eq(observations.id, observationId), casesSeen(db, reader)))
  return found !== undefined
}
