import { connectionSituations } from './connections.ts'
import { type Clock, type Stopped, stopIn } from './situation.ts'
import { slowProvider } from './slow-provider.ts'
import { workSituations } from './work.ts'

/** The situations in which the service is told to end, by name. */
export const situations: readonly string[] = [
  ...connectionSituations.map(({ name }) => name),
  ...workSituations.map(({ name }) => name),
  'a provider that holds its calls',
]

/**
 * Stops the service in one of the situations, and starts it again.
 * @param people how many the city has where the situation needs them
 */
export async function stopWhile(name: string, people: number, clock: Clock = () => 0): Promise<Stopped> {
  const known = [...connectionSituations, ...workSituations].find((each) => each.name === name)
  if (known) return stopIn(known, people, clock)
  await using made = await slowProvider()
  return await stopIn(made, people, clock)
}
