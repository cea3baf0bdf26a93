import { shiftSeats, shifts } from '#modules/events/schema.ts'
import { memberships, persons, teams } from '#modules/organisation/schema.ts'
import { inChunks } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, onTheDay } from './events.ts'

const at = instantFrom('2026-02-20T01:00:00Z')

/** The size of the reference day: 700 shifts with 21 places each. */
export const referenceDay = { people: 14_531, teamCount: 387, shiftCount: 700 }

/** An event with teams and shifts, and everybody proposed for one of them. */
export async function aLargeProposal(
  app: TestApp,
  { people: count, teamCount, shiftCount }: typeof referenceDay,
) {
  const { id: eventId } = await anEvent(app)
  const { id: zoneId } = await aPlace(app.db)
  const teamIds = Array.from({ length: teamCount }, newId)
  const shiftIds = Array.from({ length: shiftCount }, newId)
  const people = Array.from({ length: count }, (_, n) => ({
    id: newId(),
    teamId: teamIds[n % teamCount] as string,
  }))
  const [startsAt, endsAt] = [instantFrom(onTheDay('13:30')), instantFrom(onTheDay('17:30'))]
  const demand = { min: 5, target: 20, max: 21 }
  await app.db.transaction(async (tx) => {
    await inChunks(teamIds, 200, (some) =>
      tx.insert(teams).values(
        some.map((id) => ({
          id,
          name: id,
          searchName: id,
          pinyin: id,
          kind: 'team' as const,
          createdAt: at,
        })),
      ),
    )
    await inChunks(shiftIds, 100, async (some) => {
      const rows = some.map((id) => {
        return { id, eventId, zoneId, work: '清扫', startsAt, endsAt, ...demand, createdAt: at }
      })
      await tx.insert(shifts).values(rows)
      await tx.insert(shiftSeats).values(rows.map(({ id, max }) => ({ shiftId: id, max })))
    })
    await inChunks(people, 500, async (some) => {
      const name = { name: '张三', searchName: '张三', pinyin: 'zhangsan' }
      await tx
        .insert(persons)
        .values(some.map(({ id }) => ({ id, ...name, volunteerNumber: id, createdAt: at })))
      await tx.insert(memberships).values(
        some.map(({ id, teamId }) => {
          return { id: newId(), personId: id, teamId, role: 'member' as const, joinedAt: at }
        }),
      )
    })
  })
  const proposed = people.map(({ id, teamId }, n) => {
    return { personId: id, teamId, shiftId: shiftIds[n % shiftCount] as string }
  })
  return { eventId, proposed }
}
