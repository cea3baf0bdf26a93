import { and, inArray, isNull, sql } from 'drizzle-orm'
import type { ShiftPeople, ToTell } from '#modules/events/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { contactsFor } from './contacts.ts'
import { wouldOverlap } from './free-time.ts'
import { allotments, assignments } from './schema.ts'

/** Answers the questions of `events` about the people on a shift. Passed to it in `app.ts`. */
export const shiftPeople: ShiftPeople = {
  async on(db, shiftIds) {
    if (shiftIds.length === 0) return { people: 0, minors: 0, accepted: 0, heads: 0, history: false }
    const live = sql`${assignments.freedAt} is null`
    const [counted] = await db
      .select({
        people: sql<number>`coalesce(sum(case when ${live} then 1 else 0 end), 0)`.mapWith(Number),
        minors:
          sql<number>`coalesce(sum(case when ${live} and ${assignments.minor} then 1 else 0 end), 0)`.mapWith(
            Number,
          ),
        accepted:
          sql<number>`coalesce(sum(case when ${live} and ${assignments.answer} = 'accepted' then 1 else 0 end), 0)`.mapWith(
            Number,
          ),
        ever: sql<number>`count(*)`.mapWith(Number),
      })
      .from(assignments)
      .where(inArray(assignments.shiftId, [...shiftIds]))
    const [allotted] = await db
      .select({
        heads: sql<number>`coalesce(sum(${allotments.heads}), 0)`.mapWith(Number),
        minors: sql<number>`coalesce(sum(${allotments.minors}), 0)`.mapWith(Number),
      })
      .from(allotments)
      .where(inArray(allotments.shiftId, [...shiftIds]))
    const { people = 0, minors = 0, accepted = 0, ever = 0 } = counted ?? {}
    const heads = allotted?.heads ?? 0
    return {
      people,
      minors: minors + (allotted?.minors ?? 0),
      accepted,
      heads,
      history: ever > 0 || heads > 0,
    }
  },

  async toTell(db, shiftIds) {
    const holders = new Map<string, { personId: string; minor: boolean }>()
    await inChunks(shiftIds, 500, async (some) => {
      const rows = await db
        .select({ personId: assignments.personId, minor: assignments.minor })
        .from(assignments)
        .where(and(inArray(assignments.shiftId, [...some]), isNull(assignments.freedAt)))
      for (const row of rows) holders.set(row.personId, row)
    })
    return reachCounts(db, [...holders.values()])
  },

  wouldOverlap,
}

/** How many people these are, how many messages reach them, and whom none reaches. */
export async function reachCounts(
  db: Reader,
  people: readonly { personId: string; minor: boolean }[],
): Promise<ToTell> {
  const numbers = new Set<string>()
  let unreachable = 0
  await inChunks(people, 400, async (some) => {
    const contacts = await contactsFor(db, some)
    for (const { personId, minor } of some) {
      const contact = contacts.get(personId)
      if (!contact || contact.optedOut) unreachable++
      else numbers.add(`${contact.contactId} ${minor}`)
    }
  })
  return { people: people.length, messages: numbers.size, unreachable }
}
