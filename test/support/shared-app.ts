import { afterAll, beforeAll, beforeEach } from 'vitest'
import { instantFrom } from '#platform/time.ts'
import { type StartOptions, startApp, type TestApp } from './app.ts'

/**
 * One service for all tests of a file, because its start takes as long as several tests. Each test finds the clock where
 * the file starts it, and the data of the tests before it: it makes its own, and asks for its own.
 */
export function sharedApp(options: StartOptions = {}): TestApp {
  let running: TestApp | undefined
  let start = instantFrom('2026-02-20T09:00:00+08:00')
  beforeAll(async () => {
    running = await startApp(options)
    if (options.at) start = instantFrom(options.at)
  })
  beforeEach(async () => {
    // What has begun ends at the time it began.
    await running?.settled()
    running?.clock.set(start)
  })
  afterAll(() => running?.[Symbol.asyncDispose]())
  return new Proxy({} as TestApp, {
    get(_, key) {
      if (!running) throw new Error('the service of this file has not started yet')
      return Reflect.get(running, key)
    },
  })
}
