/** The two events that the console is measured on beside the played day. */
import type { Client } from '../day/client.ts'

export interface BenchEvent {
  eventId: string
  shiftIds: string[]
}
interface Id {
  id: string
}

const hour = (at: number, minutes = 0) => new Date(at + minutes * 60_000).toISOString()

/** Every page of a list, up to `max` rows. */
async function all<T>(clerk: Client, path: string, max: number): Promise<T[]> {
  const found: T[] = []
  for (let cursor: string | null = ''; cursor !== null && found.length < max; ) {
    const page: { items: T[]; nextCursor: string | null } = await clerk.get(
      `${path}&limit=200${cursor ? `&cursor=${cursor}` : ''}`,
    )
    found.push(...page.items)
    cursor = page.nextCursor
  }
  return found.slice(0, max)
}

async function organiser(clerk: Client): Promise<string> {
  const { items } = await clerk.get('/api/events?limit=1')
  return items[0].organiser.id
}

async function nowAt(clerk: Client): Promise<number> {
  return Date.parse((await clerk.get('/api/me')).serverNow)
}

/** Zones in which shifts can be: those of the grid, not the districts above them. */
async function places(clerk: Client, max: number): Promise<string[]> {
  const found = await all<{ id: string; parent: Id | null }>(clerk, '/api/zones?closed=false', 2000)
  return found
    .filter(({ parent }) => parent)
    .slice(0, max)
    .map(({ id }) => id)
}

/** A team of adults with its people. */
async function aTeam(clerk: Client): Promise<{ teamId: string; personIds: string[] }> {
  const teams = await all<Id & { kind: string }>(clerk, '/api/teams?closed=false', 50)
  for (const { id: teamId, kind } of teams) {
    if (kind === 'class') continue
    const people = await all<Id>(clerk, `/api/persons?teamId=${teamId}`, 30)
    if (people.length >= 10) return { teamId, personIds: people.map(({ id }) => id) }
  }
  throw new Error('no team has ten people')
}

async function shiftIdsOf(clerk: Client, eventId: string): Promise<string[]> {
  return (await all<Id>(clerk, `/api/events/${eventId}/shifts?cancelled=false`, 5000)).map(({ id }) => id)
}

/** A draft of 420 zones × 8 times next month, with a team in its first place. */
export async function boardEvent(clerk: Client): Promise<BenchEvent> {
  const start = (await nowAt(clerk)) + 30 * 24 * 3_600_000
  const event = await clerk.post('/api/events', {
    ...{ name: `派岗测量${start}`, organiserUnitId: await organiser(clerk), timeZone: 'Asia/Shanghai' },
    ...{ startsAt: hour(start), endsAt: hour(start, 9 * 60) },
  })
  const times = Array.from({ length: 8 }, (_, at) => ({
    startsAt: hour(start, at * 60),
    endsAt: hour(start, at * 60 + 60),
  }))
  const template = { work: '清理小广告', min: 2, target: 6, max: 12 }
  const zoneIds = await places(clerk, 420)
  await clerk.post(`/api/events/${event.id}/shift-batches`, { zoneIds, times, template })
  const shiftIds = await shiftIdsOf(clerk, event.id)
  const { teamId, personIds } = await aTeam(clerk)
  for (const id of personIds.slice(0, 5))
    await clerk.put(`/api/shifts/${shiftIds[0]}/assignments/${id}`, { teamId })
  return { eventId: event.id, shiftIds }
}

/** An event that is on now, in sixty zones, with the people of some teams on its shifts. */
export async function liveEvent(
  clerk: Client,
): Promise<BenchEvent & { places: { shiftId: string; assignmentId: string }[] }> {
  const start = (await nowAt(clerk)) - 60_000
  const event = await clerk.post('/api/events', {
    ...{ name: `实时测量${start}`, organiserUnitId: await organiser(clerk), timeZone: 'Asia/Shanghai' },
    ...{ startsAt: hour(start), endsAt: hour(start, 8 * 60) },
  })
  const { teamId, personIds } = await aTeam(clerk)
  const template = { work: '清理小广告', min: 1, target: 6, max: 60, inChargePersonId: personIds[0] }
  const times = [{ startsAt: hour(start), endsAt: hour(start, 8 * 60) }]
  const zoneIds = await places(clerk, 60)
  await clerk.post(`/api/events/${event.id}/shift-batches`, { zoneIds, times, template })
  const shiftIds = await shiftIdsOf(clerk, event.id)
  await clerk.put(`/api/events/${event.id}/publication`, {})
  const made = []
  for (const [at, id] of personIds.entries()) {
    const shiftId = shiftIds[at % shiftIds.length] as string
    const { id: assignmentId } = await clerk.put(`/api/shifts/${shiftId}/assignments/${id}`, { teamId })
    made.push({ shiftId, assignmentId: assignmentId as string })
  }
  return { eventId: event.id, shiftIds, places: made }
}

/** Marks one place as come, or as not come again: each is a change that every reader is told of. */
export async function mark(
  clerk: Client,
  { shiftId, assignmentId }: { shiftId: string; assignmentId: string },
  n: number,
): Promise<void> {
  const is = n % 2 === 0 ? 'present' : 'absent'
  const entries = [{ assignmentId, is }]
  await clerk.put(`/api/shifts/${shiftId}/roll`, {
    operationId: `bench-${assignmentId}-${n}-${Date.now()}`,
    entries,
  })
}
