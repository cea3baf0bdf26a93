import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { namesShown } from '#modules/organisation/index.ts'
import { persons, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { bodyMembers, workingBodies } from '../schema.ts'
import type { BodyKind } from '../words.ts'
import type { BodyMemberView, WorkingBodyView } from './contract.ts'

export type WorkingBodyRow = typeof workingBodies.$inferSelect

/** @throws DomainError `body.missing` */
export async function bodyRow(db: Reader, bodyId: string): Promise<WorkingBodyRow> {
  const [row] = await db.select().from(workingBodies).where(eq(workingBodies.id, bodyId))
  if (!row) throw new DomainError('missing', 'body.missing', 'There is no such working body.', { bodyId })
  return row
}

/** A keyset page of working bodies, in order of creation. */
export async function listBodies(
  db: Reader,
  filter: { kind?: BodyKind; closed?: boolean; cursor?: string; limit?: number },
  reader: Actor,
) {
  const { kind, closed = false, cursor, limit = 50 } = filter
  const { id, closedAt } = workingBodies
  const rows = await db
    .select()
    .from(workingBodies)
    .where(
      and(
        kind ? eq(workingBodies.kind, kind) : undefined,
        closed ? isNotNull(closedAt) : isNull(closedAt),
        after([id], cursor),
      ),
    )
    .orderBy(asc(id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, (row) => [row.id])
  return { ...page, items: await presentBodies(db, page.items, reader) }
}

/** @throws DomainError `body.missing` */
export async function readBody(db: Reader, bodyId: string, reader: Actor): Promise<WorkingBodyView> {
  return (await presentBodies(db, [await bodyRow(db, bodyId)], reader))[0]!
}

/** The bodies with their present members: one statement for all of them. */
async function presentBodies(db: Reader, rows: readonly WorkingBodyRow[], reader: Actor) {
  const { bodyId, leftAt } = bodyMembers
  const members = await db
    .select({
      member: bodyMembers,
      unit: { id: units.id, name: units.name },
      person: { id: persons.id, name: persons.name },
    })
    .from(bodyMembers)
    .leftJoin(units, eq(units.id, bodyMembers.unitId))
    .leftJoin(persons, eq(persons.id, bodyMembers.personId))
    .where(
      and(
        inArray(
          bodyId,
          rows.map(({ id }) => id),
        ),
        isNull(leftAt),
      ),
    )
    .orderBy(asc(bodyMembers.id))
  const nameOf = await namesShown(
    db,
    reader,
    members.map(({ member }) => member.personId),
  )
  const of = Map.groupBy(members, ({ member }) => member.bodyId)
  return rows.map((row): WorkingBodyView => {
    const { id, version, kind, number, name, closedAt, createdAt } = row
    const shown = (of.get(id) ?? []).map(
      ({ member, unit, person }): BodyMemberView => ({
        id: member.id,
        role: member.role,
        unit,
        person: person && { id: person.id, name: nameOf(person.id, person.name) },
        districtCode: member.districtCode,
        since: member.since,
      }),
    )
    return {
      id,
      version,
      kind,
      number,
      name,
      members: shown,
      closedAt: closedAt && isoOf(closedAt),
      createdAt: isoOf(createdAt),
    }
  })
}
