/**
 * Plays Lei Feng day until its volunteers set out, in a process of its own whose output is that of the demonstration. Tells who
 * started it where everything is, and keeps the service until it is left alone.
 */
import { Client } from '../day/client.ts'
import { demoPassword } from '../day/offices.ts'
import { startService } from '../day/server.ts'
import { openCity, publishDay } from '../day/stages.ts'
import type { Volunteer } from '../day/volunteers.ts'

export interface BenchDay {
  url: string
  pid: number
  eventId: string
  boardEventId: string
  boardShiftId: string
  screen: string
  accounts: { login: string; password: string }[]
  volunteers: Volunteer[]
}

const service = await startService({ port: 0, clock: '2026-02-20T09:00:00+08:00' })
process.on('disconnect', () => void service.stop().then(() => process.exit(0)))
try {
  const client = new Client(service.url)
  const opened = await openCity(service, client, { small: process.argv.includes('--small') })
  const { event, volunteers } = await publishDay(service, client, opened)
  const { users, register } = opened
  await users.moveTo('2026-03-04T13:24:00+08:00')
  const { office } = users
  const { url: screen } = await office.post(`/api/events/${event.id}/screens`, { name: '大屏' })
  const board = await aBoard(office, [...register.zones.map(({ id }) => id)], register.teams[0]!.unitId)
  const day: BenchDay = {
    ...{ url: service.url, pid: service.pid, eventId: event.id, ...board, screen, volunteers },
    accounts: users.accounts.map(({ login }) => ({ login, password: demoPassword })),
  }
  process.send?.({ day })
} catch (error) {
  process.send?.({ failed: error instanceof Error ? error.message : String(error) })
}

/** An event of eight hours in every zone, with one team in the first place. */
async function aBoard(
  office: Client,
  zoneIds: string[],
  organiserUnitId: string,
): Promise<{ boardEventId: string; boardShiftId: string }> {
  const hours = Array.from({ length: 8 }, (_, n) => String(9 + n).padStart(2, '0'))
  const at = (hour: string, minutes: string) => `2026-03-12T${hour}:${minutes}:00+08:00`
  const event = await office.post('/api/events', {
    ...{ name: '春季环境整治', organiserUnitId, timeZone: 'Asia/Shanghai' },
    ...{ startsAt: at('09', '00'), endsAt: at('16', '55') },
  })
  await office.post(`/api/events/${event.id}/shift-batches`, {
    zoneIds,
    times: hours.map((hour) => ({ startsAt: at(hour, '00'), endsAt: at(hour, '55') })),
    template: { work: '清理河道', min: 1, target: 2, max: 3 },
  })
  const { items } = await office.get(`/api/events/${event.id}/shifts?limit=1`)
  const { id: teamId } = await office.post('/api/teams', { name: '护河先锋队', unitId: organiserUnitId })
  for (const name of ['钱一', '钱二']) {
    const { id } = await office.post('/api/persons', { name, memberships: [{ teamId }] })
    await office.put(`/api/shifts/${items[0].id}/assignments/${id}`, { teamId })
  }
  return { boardEventId: event.id, boardShiftId: items[0].id }
}
