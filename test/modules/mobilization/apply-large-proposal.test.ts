import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { shiftSeats, shifts } from '#modules/events/schema.ts'
import { applyProposal } from '#modules/mobilization/index.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { memberships, persons, teams } from '#modules/organisation/schema.ts'
import { inChunks } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, onTheDay } from '#test/support/factories/events.ts'

const at = instantFrom('2026-02-20T01:00:00Z')

/** The reference day: 387 teams, 14,531 people, 700 shifts with room for 21 each. */
async function referenceDay(app: TestApp) {
  const { id: eventId } = await anEvent(app)
  const { id: zoneId } = await aPlace(app.db)
  const teamIds = Array.from({ length: 387 }, newId)
  const shiftIds = Array.from({ length: 700 }, newId)
  const people = Array.from({ length: 14_531 }, (_, n) => ({
    id: newId(),
    teamId: teamIds[n % 387] as string,
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
        return { id, eventId, zoneId, task: '清扫', startsAt, endsAt, ...demand, createdAt: at }
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
    return { personId: id, teamId, shiftId: shiftIds[n % 700] as string }
  })
  return { eventId, proposed }
}

/** How many turns of the loop others got meanwhile, and the CPU it cost; wall time says more about the machine. */
async function watched<T>(work: () => Promise<T>) {
  let turns = 0
  let ticking = true
  const tick = () => {
    turns++
    if (ticking) setImmediate(tick)
  }
  setImmediate(tick)
  const before = process.cpuUsage()
  const result = await work()
  ticking = false
  const { user, system } = process.cpuUsage(before)
  return { result, turns, cpuSeconds: (user + system) / 1e6 }
}

test('a proposal of 14,531 people becomes real in one transaction and leaves the loop free', async () => {
  await using app = await startApp({ worker: false })
  const { eventId, proposed } = await referenceDay(app)
  const { keys } = app.context
  const apply = (assigned: typeof proposed) =>
    app.db.transaction((tx) =>
      applyProposal(tx, { eventId, assignments: assigned, allotments: [], by: 'system', at, keys }),
    )
  const { result: first, turns, cpuSeconds } = await watched(() => apply(proposed))

  expect(first).toMatchObject({ assigned: 14_531, kept: 0, takenBack: 0, refused: [], gone: [] })
  expect(turns).toBeGreaterThan(145)
  expect(cpuSeconds).toBeLessThan(8)
  const count = async (table: typeof assignments | typeof participations) => app.db.read.$count(table)
  expect([await count(assignments), await count(participations)]).toEqual([14_531, 14_531])
  const [seats] = await app.db.read
    .select({ taken: sql<number>`sum(${shiftSeats.taken})`.mapWith(Number) })
    .from(shiftSeats)
  expect(seats?.taken).toBe(14_531)

  const second = await apply(proposed.slice(1000))
  expect(second).toMatchObject({ assigned: 0, kept: 13_531, takenBack: 1000 })
  expect([await count(assignments), await count(participations)]).toEqual([13_531, 13_531])
}, 120_000)
