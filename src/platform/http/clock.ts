import Type from 'typebox'
import { instantFrom, isoOf, type SimulatedClock } from '../time.ts'
import { Body, Instant, problems, ref } from './schemas.ts'
import type { App } from './server.ts'

const ClockView = Type.Object({ now: Instant, simulated: Type.Literal(true) }, { $id: 'Clock' })
const ClockSetting = Body({ now: Instant })

/**
 * The simulated clock, for demonstrations: exists only with CLOCK=simulated.
 * Setting it wakes the worker, because jobs may have become due.
 */
export function clockRoutes(app: App, clock: SimulatedClock, moved: () => void): void {
  const present = () => ({ now: isoOf(clock.now()), simulated: true as const })
  app.route({
    method: 'GET',
    url: '/api/clock',
    config: { access: 'public' },
    schema: {
      operationId: 'readClock',
      tags: ['系统 · system'],
      summary: '模拟时钟 · The simulated clock',
      response: { 200: ref(ClockView), ...problems },
    },
    handler: async () => present(),
  })
  app.route({
    method: 'PUT',
    url: '/api/clock',
    config: { access: 'system.operate' },
    schema: {
      operationId: 'setClock',
      tags: ['系统 · system'],
      summary: '拨动模拟时钟 · Move the simulated clock',
      body: ClockSetting,
      response: { 200: ref(ClockView), ...problems },
    },
    handler: async ({ body }) => {
      clock.set(instantFrom(body.now))
      moved()
      return present()
    },
  })
}
