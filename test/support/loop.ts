import { setTimeout as pause } from 'node:timers/promises'
import type { TestApp } from './app.ts'

/**
 * Does something large, and says how many requests of others were answered meanwhile, one after the other: counted,
 * because a time would say more about the machine.
 */
export async function answeredDuring<T>(
  { app }: Pick<TestApp, 'app'>,
  work: () => Promise<T>,
): Promise<{ result: T; answered: number }> {
  let answered = 0
  let done = false
  const asking = (async () => {
    for (; !done; await pause(1)) if ((await app.inject('/health/live')).statusCode === 200) answered++
  })()
  const result = await work()
  const meanwhile = answered
  done = true
  await asking
  return { result, answered: meanwhile }
}
