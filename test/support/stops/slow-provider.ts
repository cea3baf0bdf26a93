/** A provider that takes a message at once and answers late: what became of the messages is the question. */
import { eq } from 'drizzle-orm'
import { messages } from '#modules/messaging/schema.ts'
import { startFakeTwilio } from '#test/support/fake-twilio.ts'
import { statesOf } from '#test/support/outbox.ts'
import { publish } from '../../../scripts/bench/beside-city.ts'
import type { City } from './city.ts'
import { type Situation, until } from './situation.ts'

/** Longer than a service that stops waits for an answer. */
const heldMs = 60_000
/** How many calls are made at once. */
const concurrency = 16

type Fake = Awaited<ReturnType<typeof startFakeTwilio>>

/** What makes a service send through the fake. */
export const through = ({ url }: Fake) => ({
  MESSAGE_CHANNEL: 'twilio',
  MESSAGE_CONCURRENCY: String(concurrency),
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'secret-of-the-account',
  TWILIO_FROM: '+15005550006',
  TWILIO_BASE_URL: url,
})

/** How often each message was taken. */
export function takenOf({ requests }: Fake): Map<string, number> {
  const taken = new Map<string, number>()
  for (const { fields } of requests) {
    const id = new URL(fields.StatusCallback ?? '').searchParams.get('message') ?? ''
    taken.set(id, (taken.get(id) ?? 0) + 1)
  }
  return taken
}

/** What is wrong with the messages that are due, when everything is settled. */
export async function faultsOf({ db }: City, fake: Fake): Promise<string[]> {
  const taken = takenOf(fake)
  const doubled = [...taken.values()].filter((times) => times > 1).length
  const rows = await db.read
    .select({ id: messages.id, state: messages.state, reason: messages.reason })
    .from(messages)
    .where(eq(messages.kind, 'invitation'))
  const untold = rows.filter(({ id, reason }) => !taken.has(id) && reason === null).length
  const stranded = rows.filter(({ state }) => ['queued', 'sending', 'unknown'].includes(state)).length
  const faults = { doubled, 'never told without a reason': untold, stranded }
  return Object.entries(faults).flatMap(([what, count]) => (count > 0 ? [`${count} messages ${what}`] : []))
}

/** No invitation waits any more: not even for a look-up. */
export async function allSettled({ db }: City): Promise<void> {
  const open = new Set(['queued', 'sending', 'unknown'])
  await until(async () => {
    const rows = await db.read
      .select({ state: messages.state })
      .from(messages)
      .where(eq(messages.kind, 'invitation'))
    return rows.length > 0 && rows.every(({ state }) => !open.has(state))
  }, 100)
}

/** A provider of its own for each time, as its address is part of the configuration. */
export async function slowProvider(): Promise<Situation & AsyncDisposable> {
  const fake = await startFakeTwilio()
  return {
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
    name: 'a provider that holds its calls',
    peopled: true,
    env: through(fake),
    async begin(city) {
      fake.slow(heldMs)
      await city.placeEverybody()
      await publish(city.context)
      await until(() => fake.requests.length >= concurrency)
      return {
        async ended() {
          const { unknown = 0 } = await statesOf(city.db)
          fake.slow(0)
          return unknown <= concurrency
            ? []
            : [`${unknown} messages are in doubt, and ${concurrency} were handed over`]
        },
        async again() {
          await allSettled(city)
          return faultsOf(city, fake)
        },
      }
    },
  }
}
