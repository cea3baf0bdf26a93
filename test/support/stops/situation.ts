/** Something that goes on when the service is told to end, brought about and looked at afterwards. */
import { setTimeout as pause } from 'node:timers/promises'
import { City } from './city.ts'

export interface After {
  /** When the service has ended: what is wrong. */
  ended?(): Promise<string[]>
  /** When it was started again on the same data, and everything that was under way is done: what is wrong. */
  again?(): Promise<string[]>
}

export interface Situation {
  name: string
  /** Needs the people of a city; else a handful will do. */
  peopled?: boolean
  env?: Record<string, string>
  /** Brings it about, and resolves in the middle of it. */
  begin(city: City): Promise<After>
}

export interface Stopped {
  name: string
  /** From the signal to the end. */
  seconds: number
  /** How many writes were acknowledged meanwhile, and what the slowest of a hundred took, in ms. */
  acknowledged: number
  p99Ms: number
  faults: string[]
}

/** Waits until something holds. What never does ends with the test. */
export async function until(holds: () => Promise<boolean> | boolean, everyMs = 10): Promise<void> {
  while (!(await holds())) await pause(everyMs)
}

/** Milliseconds, for whoever measures; a test does not. */
export type Clock = () => number

/** Somebody who writes something small again and again, and keeps what was acknowledged. */
async function writingAt(
  city: City,
  ended: AbortSignal,
  clock: Clock,
): Promise<{ id: string; ms: number }[]> {
  const acknowledged: { id: string; ms: number }[] = []
  const { client } = city
  const body = { name: '学雷锋活动', startsOn: '2026-03-05', endsOn: '2026-03-05' }
  while (!ended.aborted) {
    const from = clock()
    const answer = await client.send('POST', '/api/campaigns', { body }).catch(() => undefined)
    if (answer?.status === 201) acknowledged.push({ id: answer.body.id, ms: clock() - from })
    else if (answer?.status !== 503) break
    await pause(5)
  }
  return acknowledged
}

const handful = 40

/** Stops the service in this situation, and starts it again. */
export async function stopIn(
  { name, peopled, env, begin }: Situation,
  people: number,
  clock: Clock,
): Promise<Stopped> {
  await using city = await City.make(peopled ? people : handful, env)
  await city.start()
  const stopped = new AbortController()
  const writing = writingAt(city, stopped.signal, clock)
  const after = await begin(city)
  const from = clock()
  const code = await city.stop()
  const seconds = (clock() - from) / 1000
  stopped.abort()
  const acknowledged = await writing
  const faults = code === 0 ? [] : [`it ended with ${code}: ${city.running.main.said().slice(-600)}`]
  const ids = acknowledged.map(({ id }) => id)
  faults.push(...(await city.leftBehind(ids)), ...((await after.ended?.()) ?? []))
  await city.start()
  faults.push(...((await after.again?.()) ?? []), ...(await city.dead()))
  const codeAgain = await city.stop()
  if (codeAgain !== 0) faults.push(`the second time it ended with ${codeAgain}`)
  const took = acknowledged.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const p99Ms = took[Math.floor(took.length * 0.99)] ?? 0
  return { name, seconds, acknowledged: acknowledged.length, p99Ms, faults }
}
