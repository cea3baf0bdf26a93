import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { shiftSeats } from '#modules/events/schema.ts'
import { applyProposal } from '#modules/mobilization/index.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp } from '#test/support/app.ts'
import { aLargeProposal } from '#test/support/factories/proposal.ts'
import { answeredDuring } from '#test/support/loop.ts'

const at = instantFrom('2026-02-20T01:00:00Z')

/** A tenth of the reference day, with every shift full: `npm run bench:loop` applies all of it. */
test('a proposal of 1,470 people becomes real a few shifts at a time and lets others be answered', async () => {
  await using app = await startApp({ worker: false })
  const { eventId, proposed } = await aLargeProposal(app, {
    people: 1_470,
    teamCount: 40,
    shiftCount: 70,
  })
  const { keys } = app.context
  const apply = (assigned: typeof proposed) =>
    applyProposal(app.db, { eventId, assignments: assigned, allotments: [], by: 'system', at, keys })
  const { result: first, answered } = await answeredDuring(app, () => apply(proposed))

  expect(first).toMatchObject({ assigned: 1_470, kept: 0, takenBack: 0, refused: [], gone: [] })
  expect(answered).toBeGreaterThan(10)
  const count = async (table: typeof assignments | typeof participations) => app.db.read.$count(table)
  expect([await count(assignments), await count(participations)]).toEqual([1_470, 1_470])
  const [seats] = await app.db.read
    .select({ taken: sql<number>`sum(${shiftSeats.taken})`.mapWith(Number) })
    .from(shiftSeats)
  expect(seats?.taken).toBe(1_470)

  // Everybody changes to another shift: each slice finds the room that the next one has not made yet.
  const shiftIds = [...new Set(proposed.map(({ shiftId }) => shiftId))]
  const nextTo = (shiftId: string) => shiftIds[(shiftIds.indexOf(shiftId) + 1) % shiftIds.length] as string
  const moved = proposed.map((each) => ({ ...each, shiftId: nextTo(each.shiftId) }))
  expect(await apply(moved)).toMatchObject({ assigned: 1_470, kept: 0, takenBack: 1_470, refused: [] })
  expect([await count(assignments), await count(participations)]).toEqual([1_470, 1_470])

  expect(await apply(moved.slice(1_000))).toMatchObject({ assigned: 0, kept: 470, takenBack: 1_000 })
  expect([await count(assignments), await count(participations)]).toEqual([470, 470])
})
