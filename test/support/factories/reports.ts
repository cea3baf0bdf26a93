import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { attendances, groupCounts } from '#modules/attendance/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { ZoneKind } from '#modules/grid/words.ts'
import { allotments, assignments, participations, quotas } from '#modules/mobilization/schema.ts'
import { persons } from '#modules/organisation/schema.ts'
import { type Database, inChunks } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/support/app.ts'
import { aDay, shiftEnd, shiftStart } from './attendance.ts'
import { aTeam } from './organisation.ts'

type Insert<T extends { $inferInsert: unknown }> = Partial<T['$inferInsert']>

/** Another shift of an event, in a zone of its own. */
export async function aShiftIn(
  db: Database,
  eventId: string,
  {
    kind = 'park',
    districtCode = '210503',
    ...more
  }: { kind?: ZoneKind; districtCode?: string } & Insert<typeof shifts> = {},
): Promise<string> {
  const [zoneId, id] = [newId(), newId()]
  const [event] = await db.read.select().from(events).where(eq(events.id, eventId))
  const createdAt = event?.createdAt as DateTime
  await db.transaction(async (tx) => {
    const named = { name: `区域${id}`, searchName: id, pinyin: id }
    await tx
      .insert(zones)
      .values({ id: zoneId, ...named, kind, districtCode, path: `/${zoneId}/`, createdAt })
    const time = { startsAt: shiftStart, endsAt: shiftEnd }
    await tx
      .insert(shifts)
      .values({ id, eventId, zoneId, work: '清扫', ...time, min: 1, target: 5, max: 500, createdAt, ...more })
  })
  return id
}

/** What became of an assignment, written as its slices write it. */
export async function anOutcome(
  db: Database,
  assignmentId: string,
  what: Insert<typeof assignments> & { arrived?: Insert<typeof attendances> },
): Promise<void> {
  const { arrived, ...set } = what
  await db.transaction(async (tx) => {
    if (Object.keys(set).length > 0)
      await tx.update(assignments).set(set).where(eq(assignments.id, assignmentId))
    if (!arrived) return
    const [assignment] = await tx.select().from(assignments).where(eq(assignments.id, assignmentId))
    await tx.insert(attendances).values({
      id: newId(),
      assignmentId,
      shiftId: assignment?.shiftId as string,
      checkInAt: shiftStart,
      timing: 'on_time',
      grade: 'C',
      via: 'link',
      positionJudgement: 'none',
      createdAt: shiftStart,
      ...arrived,
    })
  })
}

/** A group of a team on a shift (a head count), with the number counted on site. */
export async function aGroup(
  db: Database,
  group: {
    eventId: string
    shiftId: string
    teamId: string
    heads: number
    counted?: Insert<typeof groupCounts>
  },
): Promise<string> {
  const { counted, ...allotment } = group
  const id = newId()
  await db.transaction(async (tx) => {
    await tx
      .insert(allotments)
      .values({ id, ...allotment, origin: 'leader', createdAt: shiftStart.minus({ days: 1 }) })
    if (!counted) return
    await tx.insert(groupCounts).values({
      id: newId(),
      operationId: newId(),
      shiftId: group.shiftId,
      allotmentId: id,
      present: 0,
      adults: 0,
      companions: 0,
      countedByUserId: newId(),
      countedAt: shiftStart,
      ...counted,
    })
  })
  return id
}

export async function aQuota(
  db: Database,
  quota: Pick<typeof quotas.$inferInsert, 'eventId' | 'unitId' | 'asked' | 'pledged'>,
) {
  await db.transaction((tx) =>
    tx.insert(quotas).values({ id: newId(), ...quota, createdAt: shiftStart.minus({ days: 9 }) }),
  )
}

/** This many people, with nothing but a name. */
export async function somePeople(db: Database, count: number): Promise<string[]> {
  const createdAt = shiftStart.minus({ days: 9 })
  const rows = Array.from({ length: count }, (_, at) => {
    const [id, name] = [newId(), `人${at}`]
    return { id, name, searchName: name, pinyin: `ren${at}`, volunteerNumber: id, createdAt }
  })
  await db.transaction((tx) => inChunks(rows, 200, (some) => tx.insert(persons).values(some)))
  return rows.map(({ id }) => id)
}

/** A crowd on one shift at once: each with a participation, an assignment and, for two of three, an attendance. */
export async function aCrowd(
  db: Database,
  {
    eventId,
    shiftIds,
    people,
    teamId,
    unitId,
  }: { eventId: string; shiftIds: string[]; people: string[]; teamId: string; unitId: string | null },
): Promise<void> {
  const createdAt = shiftStart.minus({ days: 3 })
  const rows = people.map((personId, at) => {
    const [participationId, id] = [newId(), newId()]
    const answer = at % 5 === 0 ? null : ('accepted' as const)
    return {
      participationId,
      id,
      personId,
      shiftId: shiftIds[at % shiftIds.length] as string,
      answer,
      arrived: at % 3 !== 0,
    }
  })
  await db.transaction(async (tx) => {
    await inChunks(rows, 200, (some) =>
      tx.insert(participations).values(
        some.map(({ participationId, personId }) => ({
          id: participationId,
          eventId,
          personId,
          teamId,
          createdAt,
        })),
      ),
    )
    await inChunks(rows, 200, (some) =>
      tx.insert(assignments).values(
        some.map(({ id, participationId, personId, shiftId, answer }) => {
          const given = { answer, answeredAt: answer && createdAt }
          return {
            id,
            eventId,
            participationId,
            personId,
            shiftId,
            teamId,
            unitId,
            origin: 'plan' as const,
            createdAt,
            ...given,
          }
        }),
      ),
    )
    await inChunks(
      rows.filter(({ arrived }) => arrived),
      200,
      (some) =>
        tx.insert(attendances).values(
          some.map(({ id, shiftId }) => {
            const done = {
              timing: 'on_time' as const,
              grade: 'C' as const,
              via: 'link' as const,
              positionJudgement: 'none' as const,
            }
            return {
              id: newId(),
              assignmentId: id,
              shiftId,
              checkInAt: shiftStart,
              checkOutAt: shiftEnd,
              minutes: 240,
              ...done,
              createdAt: shiftStart,
            }
          }),
        ),
    )
  })
}

/** A day whose shifts have ended, with this many people on twenty of them. @returns the event id */
export async function aDayToReport(app: TestApp, count: number): Promise<string> {
  const { db } = app
  const { eventId } = await aDay(app)
  const team = await aTeam(db)
  const shiftIds: string[] = []
  for (let made = 0; made < 20; made++) shiftIds.push(await aShiftIn(db, eventId))
  const people = await somePeople(db, count)
  await aCrowd(db, { eventId, shiftIds, people, teamId: team.id, unitId: team.unitId })
  app.clock.set(shiftEnd)
  return eventId
}
