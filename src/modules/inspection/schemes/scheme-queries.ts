import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { holds } from '#modules/command/index.ts'
import { outOfReach } from '#modules/events/index.ts'
import { unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { schemes, standards } from '../schema.ts'
import type { SchemeState } from '../words.ts'
import { presentScheme } from './present.ts'

export type SchemeRow = typeof schemes.$inferSelect

function selectSchemes(db: Reader) {
  return db
    .select({
      scheme: schemes,
      issuer: { id: units.id, name: units.name, path: units.path, districtCode: units.districtCode },
    })
    .from(schemes)
    .innerJoin(units, eq(units.id, schemes.issuerUnitId))
}
export type FullScheme = Awaited<ReturnType<typeof selectSchemes>>[number]

/** SQL condition on `schemes` joined with its issuer: published ones, and drafts of whoever may edit them. */
function schemesSeen(reader: Actor): SQL | undefined {
  if (!may(reader, 'schemes.edit')) return isNotNull(schemes.publishedAt)
  const reach = reachOf(reader, 'schemes.edit')
  return reach.everything ? undefined : or(isNotNull(schemes.publishedAt), unitsWithin(reach))
}

/** One scheme. @throws DomainError `scheme.missing` */
export async function fullScheme(db: Reader, schemeId: string, reader: Actor): Promise<FullScheme> {
  const [found] = await selectSchemes(db).where(and(eq(schemes.id, schemeId), schemesSeen(reader)))
  if (!found) throw new DomainError('missing', 'scheme.missing', 'There is no such scheme.', { schemeId })
  return found
}

/** A scheme of one's own, whatever its state. @throws DomainError `scheme.missing`, `access.out_of_reach` */
export async function ownScheme(db: Reader, schemeId: string, by: Actor): Promise<FullScheme> {
  const full = await fullScheme(db, schemeId, by)
  if (!holds(by, 'schemes.edit', full.issuer)) throw outOfReach()
  return full
}

/**
 * A scheme that may still be changed.
 * @throws DomainError `scheme.missing`, `access.out_of_reach`; conflict `scheme.published`
 */
export async function draftScheme(db: Reader, schemeId: string, by: Actor): Promise<FullScheme> {
  const full = await ownScheme(db, schemeId, by)
  if (full.scheme.publishedAt)
    throw new DomainError('conflict', 'scheme.published', 'A published scheme never changes.', { schemeId })
  return full
}

const inState: Record<SchemeState, SQL | undefined> = {
  draft: isNull(schemes.publishedAt),
  published: and(isNotNull(schemes.publishedAt), isNull(schemes.closedAt)),
  closed: isNotNull(schemes.closedAt),
}

export interface SchemeFilter {
  state?: SchemeState
  seriesId?: string
  cursor?: string
  limit?: number
}

/** A keyset page of schemes in order of creation. */
export async function listSchemes(db: Reader, filter: SchemeFilter, reader: Actor) {
  const { state, seriesId, cursor, limit = 50 } = filter
  const rows = await selectSchemes(db)
    .where(
      and(
        schemesSeen(reader),
        state ? inState[state] : undefined,
        seriesId ? eq(schemes.seriesId, seriesId) : undefined,
        after([schemes.id], cursor),
      ),
    )
    .orderBy(asc(schemes.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ scheme }) => [scheme.id])
  return { ...page, items: await presentAll(db, page.items, reader) }
}

/** One scheme as it is shown. @throws DomainError `scheme.missing` */
export async function readScheme(db: Reader, schemeId: string, reader: Actor) {
  return (await presentAll(db, [await fullScheme(db, schemeId, reader)], reader))[0]!
}

async function presentAll(db: Reader, some: readonly FullScheme[], reader: Actor) {
  const counted = await db
    .select({ schemeId: standards.schemeId, standards: sql<number>`count(*)`.mapWith(Number) })
    .from(standards)
    .where(
      inArray(
        standards.schemeId,
        some.map(({ scheme }) => scheme.id),
      ),
    )
    .groupBy(standards.schemeId)
  const counts = new Map(counted.map((each) => [each.schemeId, each.standards]))
  return some.map((full) => presentScheme(full, counts.get(full.scheme.id) ?? 0, reader))
}
