import { and, isNotNull, isNull, ne, type SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { users } from '#modules/accounts/schema.ts'
import { events } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { memberships, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, may } from '#platform/http/access.ts'
import { firstStepsOf } from './first-step-rules.ts'

/**
 * How far an installation is that begins empty. Only whether there is something is read, one row of each table.
 * Whoever can do none of the steps is told of none.
 */
export async function readFirstSteps(db: Reader, { by }: { by: Actor }) {
  const steps = firstStepsOf({
    there: {
      units: await isThere(db, units, isNull(units.closedAt)),
      people: await isThere(db, memberships, isNull(memberships.leftAt)),
      zones: await isThere(db, zones, and(isNull(zones.closedAt), isNotNull(zones.parentId))),
      colleagues: await isThere(db, users, ne(users.id, by.userId)),
      event: await isThere(db, events),
    },
    may: (permission) => may(by, permission),
  })
  return { steps, complete: steps.every(({ done }) => done) }
}

async function isThere(db: Reader, from: PgTable, where?: SQL): Promise<boolean> {
  const found = await db.select().from(from).where(where).limit(1)
  return found.length > 0
}
