/**
 * The service is stopped and killed while it sends through a provider that answers late: `ROUNDS` times each, once unless told (`npm run
 * bench:kill` does 20). Everybody is told once, or it is known why not.
 */
import { and, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { messages } from '#modules/messaging/schema.ts'
import { startFakeTwilio } from '#test/support/fake-twilio.ts'
import { City } from '#test/support/stops/city.ts'
import { until } from '#test/support/stops/situation.ts'
import { allSettled, faultsOf, takenOf, through } from '#test/support/stops/slow-provider.ts'
import { publish } from '../../../scripts/bench/beside-city.ts'

const rounds = Number(process.env.ROUNDS ?? 1)
/** How late an answer comes, and how many messages are taken until it happens: another number each round. */
const answersAfterMs = 250
const takenUntil = (round: number) => 20 + ((round * 37) % 50)
const people = rounds * 90 + 120

test.each(['stopped', 'killed'])(
  `the service is %s ${rounds} times while it sends through a slow provider: everybody is told once`,
  async (how) => {
    await using fake = await startFakeTwilio()
    await using city = await City.make(people, through(fake))
    await city.placeEverybody()
    await publish(city.context)
    fake.slow(answersAfterMs)
    for (let round = 1; round <= rounds; round++) {
      await city.start()
      const before = fake.requests.length
      await until(() => fake.requests.length >= before + takenUntil(round))
      if (how === 'killed') await city.kill()
      else expect(await city.stop()).toBe(0)
    }
    expect(takenOf(fake).size, 'who was told before the last round').toBeLessThan(people)
    fake.slow(0)
    await city.start()
    const waiting = and(eq(messages.kind, 'invitation'), inArray(messages.state, ['queued', 'sending']))
    await until(async () => (await city.db.read.$count(messages, waiting)) === 0, 100)
    // What was handed over and not recorded is looked up when its call can no longer be under way.
    await city.stop()
    await city.start()
    await allSettled(city)
    expect(await faultsOf(city, fake)).toEqual([])
    expect(takenOf(fake).size).toBe(people)
  },
  // Twenty rounds begin the service forty times.
  3_600_000,
)
