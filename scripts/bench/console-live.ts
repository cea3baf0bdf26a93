/** The war map while somebody comes five times a second. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../day/client.ts'
import type { Account } from '../day/offices.ts'
import type { Figure } from './console.ts'
import type { Browsing } from './console-browser.ts'
import { type BenchEvent, mark } from './console-world.ts'

const seconds = 30
const everyMs = 200

interface World {
  clerk: Client
  office: Account
  event: BenchEvent & { places: { shiftId: string; assignmentId: string }[] }
}

export async function measureLive(browsing: Browsing, { clerk, office, event }: World): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [cpu, goal] of [
    [1, 100],
    [4, 200],
  ] as const) {
    const { page } = await browsing.open(office, `/events/${event.eventId}/day`, 'canvas', { cpu })
    await pause(2000)
    await page.evaluate(`new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest ?? 0, duration)
    }).observe({ type: 'longtask' })`)
    for (let n = 0; n < (seconds * 1000) / everyMs; n++) {
      const place = event.places[n % event.places.length]
      await Promise.all([place && mark(clerk, place, Math.floor(n / event.places.length)), pause(everyMs)])
    }
    const longest = await page.evaluate<number>('window.longest ?? 0')
    figures.push({
      what: `war map at 5/s${cpu > 1 ? `, ${cpu}×` : ''}: longest task`,
      value: longest,
      goal,
      unit: 'ms',
    })
    await page.context().close()
  }
  return figures
}
