/** Figures as they change: to whoever reads, to screens, and only as long as they may. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleGrants } from '#modules/accounts/schema.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { LiveView } from '#modules/live/contract.ts'
import { Streams } from '#modules/live/streams.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { newId } from '#platform/ids.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aDay, aVolunteer, type Day, type Volunteer } from '#test/support/factories/attendance.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
let day: Day
let people: Volunteer[]

beforeAll(async () => {
  app = await startApp({ at: '2026-03-04T13:35:00+08:00', worker: false, unused: true })
  day = await aDay(app)
  const team = await aTeam(app.db, { name: '城建先锋队' })
  people = []
  for (let n = 0; n < 12; n++) people.push(await aVolunteer(app, day, { teamId: team.id, name: '张小三' }))
})
afterAll(() => app[Symbol.asyncDispose]())

const checkIn = ({ token, assignmentId }: Volunteer) =>
  app.request
    .put(`/api/c/${token}/assignments/${assignmentId}/check-in`)
    .send({ operationId: newId() })
    .expect(200)

interface Sent {
  id: string
  event: string
  data: Partial<LiveView>
}

/** Reads a stream, one event after the other. */
async function* eventsOf(url: string, headers: Record<string, string> = {}): AsyncGenerator<Sent, string> {
  const response = await fetch(app.url + url, { headers })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
  expect(response.headers.get('x-accel-buffering')).toBe('no')
  let rest = ''
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    rest += new TextDecoder().decode(bytes)
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const fields = Object.fromEntries(
        rest
          .slice(0, end)
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      )
      rest = rest.slice(end + 2)
      if (fields.data)
        yield { id: fields.id as string, event: fields.event as string, data: JSON.parse(fields.data) }
      else if (fields.retry) return fields.retry
    }
  }
  return ''
}

const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` })
const next = async (stream: AsyncGenerator<Sent, string>) => (await stream.next()).value as Sent
const streamOf = () => `/api/events/${day.eventId}/stream`

test('a reader gets everything once, then what differs; who comes back goes on from there', async () => {
  const office = { token: app.tokenOf('city_office') }
  await checkIn(people[0] as Volunteer)
  const stream = eventsOf(streamOf(), bearer(office))
  const first = await next(stream)
  expect(first).toMatchObject({
    event: 'snapshot',
    data: {
      eventId: day.eventId,
      total: { present: 1, shifts: 1, target: 20 },
      zones: [{ id: day.zoneId, name: '平山区站前街道', present: 1 }],
      teamsShort: [{ name: '城建先锋队', expected: 12, present: 1 }],
      latest: [],
    },
  })
  expect(first.data.minutes).toMatchObject([{ at: '2026-03-04T05:35:00.000Z', present: 1 }])
  await checkIn(people[1] as Volunteer)
  await checkIn(people[2] as Volunteer)
  let change = await next(stream)
  expect(change.event).toBe('change')
  if (change.data.total?.present === 2) change = await next(stream)
  expect(change.data).toMatchObject({
    total: { present: 3 },
    zones: [{ present: 3 }],
    latest: [{ zone: '平山区站前街道' }],
  })
  expect(JSON.stringify([first, change])).not.toMatch(/张小三|王主任/)

  // While it is open, one that knows the first change is told the rest, and one of another process everything.
  const { value: continued } = await eventsOf(streamOf(), {
    ...bearer(office),
    'last-event-id': first.id,
  }).next()
  expect(continued).toMatchObject({ event: 'change', data: { total: { present: 3 } } })
  const strange = { ...bearer(office), 'last-event-id': `${newId()}-1` }
  expect(await eventsOf(`${streamOf()}?seconds=0`, strange).next()).toMatchObject({
    value: { event: 'snapshot' },
  })
  const read = await app.as('viewer').get(`/api/events/${day.eventId}/live`).expect(200)
  expect(read.body).toMatchObject({ total: { present: 3 }, zones: [{ present: 3 }] })
  await stream.return('')
})

test('a stream ends soon after its right is taken away, and keeps no session alive', async () => {
  const somebody: SignedIn = await app.signIn({ role: 'viewer' })
  const stream = eventsOf(streamOf(), bearer(somebody))
  await next(stream)
  await app.db.transaction((tx) =>
    tx.update(roleGrants).set({ revokedAt: app.clock.now() }).where(eq(roleGrants.userId, somebody.userId)),
  )
  for (let sent = await stream.next(); !sent.done; sent = await stream.next());
  await app.as(somebody).get(streamOf()).expect(403)
})

test('a reader who takes nothing is given up, and holds up nobody', async () => {
  const streams = new Streams(app.context, { stuckMs: 200, waitingMax: 1 })
  const wish = {
    eventId: day.eventId,
    lastId: undefined,
    right: { key: 'own', holds: async () => true },
    seconds: undefined,
  }
  const stuck = await streams.open(wish)
  stuck.on('error', () => undefined)
  const reading = await streams.open(wish)
  let read = ''
  reading.on('data', (part) => {
    read += part
  })
  await checkIn(people[3] as Volunteer)
  await expect.poll(() => read.match(/event: change/g)?.length ?? 0).toBe(1)
  await expect.poll(() => [stuck.destroyed, streams.readers]).toEqual([true, 1])
  expect(reading.destroyed).toBe(false)
  streams.endAll()
  expect(streams.readers).toBe(0)
})

test('a stream that is old ends, and its reader goes on at once where it was', async () => {
  const streams = new Streams(app.context, { ageMs: 0, askMs: 100 })
  const wish = {
    eventId: day.eventId,
    lastId: undefined,
    right: { key: 'own', holds: async () => true },
    seconds: undefined,
  }
  let read = ''
  for await (const part of await streams.open(wish)) read += part
  expect(read).toMatch(/^id: (.+)\nevent: snapshot\n.*\n\nretry: 50\n\n$/s)
  const staying = await streams.open(wish)
  const again = await streams.open({ ...wish, lastId: /^id: (.+)$/m.exec(read)?.[1] })
  // Nothing has changed since: nothing is told twice.
  expect([again.readableLength, staying.readableLength > 0]).toEqual([0, true])
  // Whoever has taken nothing of it by then is given up.
  await expect.poll(() => [staying.destroyed, streams.readers]).toEqual([true, 0])
  streams.endAll()
})

test('a screen shows figures without signing in, schools in sum and nobody by name, until it is revoked', async () => {
  const organiser = app.as('city_office')
  const { body: screen } = await organiser
    .post(`/api/events/${day.eventId}/screens`)
    .send({ name: '指挥大厅' })
    .expect(201)
  const token = new URL(screen.url).pathname.replace('/screen/', '')
  const { body: page } = await app.request.get(`/api/screen/${token}`).expect(200)
  expect(page).toMatchObject({
    event: { name: '学雷锋志愿服务日', timeZone: 'Asia/Shanghai' },
    places: [{ id: day.zoneId, centre: [123.7625, 41.2918] }],
    live: { total: { shifts: 1 } },
  })
  expect(JSON.stringify(page)).not.toMatch(/张小三|王主任/)
  await app.db.transaction((tx) =>
    tx.update(zones).set({ kind: 'school_surroundings' }).where(eq(zones.id, day.zoneId)),
  )
  const { body: inSum } = await app.request.get(`/api/screen/${token}`).expect(200)
  expect([inSum.places, inSum.live.zones]).toMatchObject([[], [{ id: 'schools', name: '' }]])
  expect((await organiser.get(`/api/events/${day.eventId}/screens`)).body.items).toMatchObject([
    { name: '指挥大厅' },
  ])

  const stream = eventsOf(`/api/screen/${token}/stream`)
  expect(await next(stream)).toMatchObject({ event: 'snapshot' })
  await organiser.delete(`/api/screens/${screen.id}`).expect(204)
  expect((await organiser.get(`/api/events/${day.eventId}/screens`)).body.items).toEqual([])
  for (let sent = await stream.next(); !sent.done; sent = await stream.next());
  expect((await app.request.get(`/api/screen/${token}`).expect(410)).body.code).toBe('screen.ended')
  expect((await app.request.get('/api/screen/0000000000000000').expect(404)).body.code).toBe('screen.unknown')
})

test('a screen goes dark with the right of whoever issued it, and lights up again with it', async () => {
  const somebody = await app.signIn({ role: 'city_office' })
  const screens = `/api/events/${day.eventId}/screens`
  const { body } = await app.as(somebody).post(screens).send({ name: '大厅' }).expect(201)
  const token = new URL(body.url).pathname.replace('/screen/', '')
  const of = eq(roleGrants.userId, somebody.userId)
  const set = (values: Partial<typeof roleGrants.$inferInsert>) =>
    app.db.transaction((tx) => tx.update(roleGrants).set(values).where(of))
  const shown = async () => {
    const { status } = await app.request.get(`/api/screen/${token}`)
    const { body: listed } = await app.as('city_office').get(screens).expect(200)
    return [status, listed.items.some(({ id }: { id: string }) => id === body.id)]
  }
  expect(await shown()).toEqual([200, true])
  const stream = eventsOf(`/api/screen/${token}/stream`)
  await next(stream)
  await set({ revokedAt: app.clock.now() })
  for (let sent = await stream.next(); !sent.done; sent = await stream.next());
  expect(await shown()).toEqual([410, false])
  const { id: unitId } = await aUnit(app.db)
  await set({ revokedAt: null, role: 'unit_administrator', unitId, scope: `unit:${unitId}` })
  expect(await shown()).toEqual([410, false])
  await set({ role: 'city_office', unitId: null, scope: 'everything' })
  expect(await shown()).toEqual([200, true])
})

test('who is in charge in a zone is called at once, and the audit trail has one entry a user and day', async () => {
  const office = app.as('city_office')
  const ask = () => office.get(`/api/events/${day.eventId}/zones/${day.zoneId}/in-charge`).expect(200)
  await ask()
  expect((await ask()).body.items).toMatchObject([
    { work: '清理小广告', people: [{ role: 'in_charge', name: '王主任', phone: day.inChargePhone }] },
  ])
  const entries = await app.db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'in_charge.numbers_seen'))
  expect(entries).toMatchObject([{ subject: `event:${day.eventId}` }])
})

test('whose number is not given is named to whoever reaches them alone: the deputy, and all of them once the shift is long over', async () => {
  const there = await aDay(app)
  const far = await aTeam(app.db, { unitId: (await aUnit(app.db, { districtCode: '210504' })).id })
  const [inCharge, deputy] = [
    await aPerson(app, { name: '王主任', phone: there.inChargePhone, teamId: far.id }),
    await aPerson(app, { name: '李副主任', phone: '15400009998', teamId: far.id }),
  ]
  const named = { inChargePersonId: inCharge.id, deputyPersonId: deputy.id }
  await app.db.transaction((tx) => tx.update(shifts).set(named).where(eq(shifts.id, there.shiftId)))
  const district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const seenBy = async (who: SignedIn | 'city_office') => {
    const { body } = await app.as(who).get(`/api/events/${there.eventId}/zones/${there.zoneId}/in-charge`)
    return body.items[0].people.map(({ name, phone }: { name: string; phone: string | null }) => [
      name,
      phone,
    ])
  }
  const given = ['王主任', there.inChargePhone]
  expect(await seenBy(district)).toEqual([given, ['李**任', null]])
  expect(await seenBy('city_office')).toEqual([given, ['李副主任', null]])
  const endsAt = app.clock.now().minus({ hours: 3 })
  await app.db.transaction((tx) =>
    tx
      .update(shifts)
      .set({ startsAt: endsAt.minus({ hours: 1 }), endsAt })
      .where(eq(shifts.id, there.shiftId)),
  )
  expect(await seenBy(district)).toEqual([
    ['王*任', null],
    ['李**任', null],
  ])
})

test('when the service stops, streams end first, each with another time to come back after', async () => {
  const own = await startApp({ at: '2026-03-04T13:35:00+08:00', worker: false, unused: true })
  const there = await aDay(own)
  const open = async () => {
    const response = await fetch(`${own.url}/api/events/${there.eventId}/stream`, {
      headers: bearer({ token: own.tokenOf('viewer') }),
    })
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    return async () => {
      let text = ''
      for (let part = await reader.read(); !part.done; part = await reader.read())
        text += new TextDecoder().decode(part.value)
      return text
    }
  }
  const readers = await Promise.all([open(), open(), open()])
  const rests = Promise.all(readers.map((rest) => rest()))
  await own[Symbol.asyncDispose]()
  const told = (await rests).map((text) => /^retry: (\d+)$/m.exec(text)?.[1])
  expect(new Set(told).size).toBe(3)
})
