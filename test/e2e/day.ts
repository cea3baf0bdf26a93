/** A small day, made through the public API: one volunteer, one shift that is about to begin, one invitation sent. */
import { Client } from '../../scripts/day/client.ts'
import { received, signIn } from '../../scripts/day/offices.ts'
import type { RunningService } from '../../scripts/day/server.ts'
import { officeOf } from './support/officers.ts'

export interface Office {
  service: RunningService
  client: Client
  unitId: string
  teamId: string
  eventId: string
}

let phones = 0
let invited = 0

const offices = new WeakMap<RunningService, Promise<Office>>()

/** The city office of a service, opened once: with a unit, a team, and an event. */
export function openOffice(service: RunningService): Promise<Office> {
  const known = offices.get(service) ?? makeOffice(service)
  offices.set(service, known)
  return known
}

async function makeOffice(service: RunningService): Promise<Office> {
  const stranger = new Client(service.url)
  const client = await signIn(stranger, await officeOf(service))
  const unit = await client.post('/api/units', { name: '市住房和城乡建设局', kind: 'government' })
  const team = await client.post('/api/teams', { name: '城建先锋队', unitId: unit.id })
  const event = await client.post('/api/events', {
    name: '学雷锋志愿服务日',
    organiserUnitId: unit.id,
    timeZone: 'Asia/Shanghai',
    startsAt: '2026-03-04T11:30:00+08:00',
    endsAt: '2026-03-04T18:00:00+08:00',
  })
  return { service, client, unitId: unit.id, teamId: team.id, eventId: event.id }
}

/** An event of the office on the morning of Tree Planting Day; its id. */
export async function anEvent({ client, unitId }: Office, name: string, more: object = {}): Promise<string> {
  const { id } = await client.post('/api/events', {
    name,
    organiserUnitId: unitId,
    timeZone: 'Asia/Shanghai',
    startsAt: '2026-03-12T09:00:00+08:00',
    endsAt: '2026-03-12T11:30:00+08:00',
    ...more,
  })
  return id
}

async function aPerson({ client, teamId }: Office, name: string): Promise<{ id: string; phone: string }> {
  const phone = `1540000${String(++phones).padStart(4, '0')}`
  const { id } = await client.post('/api/persons', {
    name,
    contacts: [{ kind: 'phone', value: phone, relation: 'own' }],
    memberships: [{ teamId }],
  })
  return { id, phone }
}

/** Names somebody into a shift that is about to begin, publishes if nobody has, and opens the message on their telephone. */
export async function inviteVolunteer(service: RunningService, office: Office): Promise<string> {
  const { client, eventId, teamId } = office
  const at = ++invited
  const leader = await aPerson(office, `李领队${at}`)
  const person = await aPerson(office, `张小${'一二三四五六七八九'[at]}`)
  const zone = await client.post('/api/zones', { name: `平山区站前社区${at}`, kind: 'community' })
  const shift = await client.post(`/api/events/${eventId}/shifts`, {
    zoneId: zone.id,
    startsAt: '2026-03-04T12:30:00+08:00',
    endsAt: '2026-03-04T16:00:00+08:00',
    work: '清理卫生死角',
    min: 1,
    target: 2,
    max: 5,
    meetingPoint: '站前广场东侧',
    inChargePersonId: leader.id,
    risks: '注意过往车辆',
    insurance: '志愿者团体意外险',
    recordable: true,
  })
  await client.put(`/api/shifts/${shift.id}/assignments/${person.id}`, { teamId })
  const event = await client.get(`/api/events/${eventId}`)
  if (!event.publishedAt) await client.put(`/api/events/${eventId}/publication`, {})
  const { text } = await received(service, 'invitation', person.phone)
  return /https?:\/\/\S+\/c\/[0-9A-Z]+/i.exec(text)?.[0] as string
}
