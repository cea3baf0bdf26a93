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

/** A fifth of the reference day: `npm run bench:loop` applies all of it. */
test('a proposal of 3,000 people becomes real in one transaction and lets others be answered', async () => {
  await using app = await startApp({ worker: false })
  const { eventId, proposed } = await aLargeProposal(app, { people: 3_000, teamCount: 80, shiftCount: 145 })
  const { keys } = app.context
  const apply = (assigned: typeof proposed) =>
    app.db.transaction((tx) =>
      applyProposal(tx, { eventId, assignments: assigned, allotments: [], by: 'system', at, keys }),
    )
  const { result: first, answered } = await answeredDuring(app, () => apply(proposed))

  expect(first).toMatchObject({ assigned: 3_000, kept: 0, takenBack: 0, refused: [], gone: [] })
  expect(answered).toBeGreaterThan(10)
  const count = async (table: typeof assignments | typeof participations) => app.db.read.$count(table)
  expect([await count(assignments), await count(participations)]).toEqual([3_000, 3_000])
  const [seats] = await app.db.read
    .select({ taken: sql<number>`sum(${shiftSeats.taken})`.mapWith(Number) })
    .from(shiftSeats)
  expect(seats?.taken).toBe(3_000)

  const second = await apply(proposed.slice(1000))
  expect(second).toMatchObject({ assigned: 0, kept: 2_000, takenBack: 1000 })
  expect([await count(assignments), await count(participations)]).toEqual([2_000, 2_000])
})
