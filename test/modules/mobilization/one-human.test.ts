/** A human with a record in two units holds one place at a time: refused on both sides, with nothing else told. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quotas } from '#modules/mobilization/schema.ts'
import { newId } from '#platform/ids.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

interface Side {
  unitId: string
  teamId: string
  who: SignedIn
}
interface Human {
  phone: string
  /** The record in the bureau, and the one in the community. */
  ids: [string, string]
}

let app: TestApp
let bureau: Side
let community: Side

beforeAll(async () => {
  app = await startApp()
  const side = async (): Promise<Side> => {
    const { id: unitId } = await aUnit(app.db)
    const { id: teamId } = await aTeam(app.db, { unitId })
    return { unitId, teamId, who: await app.signIn({ role: 'unit_administrator', unitId }) }
  }
  bureau = await side()
  community = await side()
})
afterAll(() => app[Symbol.asyncDispose]())

let made = 0
async function humans(count: number): Promise<Human[]> {
  const all: Human[] = []
  for (let at = 0; at < count; at++) {
    const [name, phone] = [`双报到${++made}`, aPhone()]
    const record = async ({ teamId }: Side) => (await aPerson(app, { name, phone, teamId })).id
    all.push({ phone, ids: [await record(bureau), await record(community)] })
  }
  await app.advance({ seconds: 11 })
  return all
}

const twoShifts = async (day: string) => [
  await aShift(app, {
    eventId: await eventOf(day),
    startsAt: onTheDay('13:30', day),
    endsAt: onTheDay('15:30', day),
  }),
  await aShift(app, {
    eventId: await eventOf(day),
    startsAt: onTheDay('15:00', day),
    endsAt: onTheDay('17:00', day),
  }),
]
const eventOf = async (day: string) =>
  (await anEvent(app, { startsAt: onTheDay('00:00', day), endsAt: onTheDay('23:59', day) })).id
const place = (by: Side, shift: { id: string }, personId: string) =>
  app.as(by.who).put(`/api/shifts/${shift.id}/assignments/${personId}`).send({})
const refusal = (shift: { id: string }, personId: string) => ({
  code: 'shift.arranged_elsewhere',
  details: { shiftId: shift.id, personId },
})

test('a place of one record is refused to the other on either side, and is free again when it is given up', async () => {
  const [early, late] = await twoShifts('2026-03-05')
  const [one, other] = (await humans(2)) as [Human, Human]
  await place(bureau, early!, one.ids[0]).expect(200)
  await place(community, late!, other.ids[1]).expect(200)
  for (const [by, shift, id] of [
    [community, late!, one.ids[1]],
    [bureau, early!, other.ids[0]],
    // Also on the very same shift.
    [community, early!, one.ids[1]],
  ] as const) {
    const refused = await place(by, shift, id)
    expect([refused.status, refused.body]).toMatchObject([409, refusal(shift, id)])
    const may = await app.as(by.who).get(`/api/shifts/${shift.id}/eligibility/${id}`)
    expect(may.body).toEqual({ eligible: false, because: 'arranged_elsewhere' })
  }
  await app.as(bureau.who).delete(`/api/shifts/${early!.id}/assignments/${one.ids[0]}`).expect(204)
  await place(community, late!, one.ids[1]).expect(200)
})

test('of two offices that place the two records of one human at once, one wins', async () => {
  const [early, late] = await twoShifts('2026-03-06')
  for (const { ids } of await humans(4)) {
    const replies = await Promise.all([place(bureau, early!, ids[0]), place(community, late!, ids[1])])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(replies.find(({ status }) => status === 409)!.body.code).toBe('shift.arranged_elsewhere')
  }
})

test('a shift is not moved into a place that another record holds, and a declined place is not taken again', async () => {
  const day = '2026-03-07'
  const morning = await aShift(app, {
    eventId: await eventOf(day),
    startsAt: onTheDay('08:00', day),
    endsAt: onTheDay('10:00', day),
  })
  const [early] = await twoShifts(day)
  const [{ ids }] = (await humans(1)) as [Human]
  await place(bureau, morning, ids[0]).expect(200)
  await place(community, early!, ids[1]).expect(200)
  const taking = await app.as(community.who).get(`/api/events/${early!.eventId}/participations`)
  const times = { startsAt: onTheDay('14:00', day), endsAt: onTheDay('16:00', day) }
  const move = () =>
    app
      .as('city_office')
      .patch(`/api/shifts/${morning.id}`)
      .set('if-match', `"v${morning.version}"`)
      .send(times)
  const refused = await move()
  expect([refused.status, refused.body]).toMatchObject([
    409,
    {
      code: 'shift.would_overlap',
      details: { people: 1, overlapping: [{ personId: ids[0], shiftId: null }] },
    },
  ])
  const answer = (answer: string) =>
    app.as(community.who).put(`/api/participations/${taking.body.items[0].id}/answer`).send({ answer })
  await answer('declined').expect(200)
  await move().expect(200)
  const again = await answer('accepted')
  expect([again.status, again.body.code]).toEqual([409, 'shift.arranged_elsewhere'])
})

test('a plan takes one human as one person; what a record keeps binds the other, in this event and in the next', async () => {
  const day = '2026-03-10'
  const eventId = await eventOf(day)
  const all = await humans(12)
  await app.db.transaction((tx) =>
    tx.insert(quotas).values(
      [bureau, community].map(({ unitId }) => {
        return { id: newId(), eventId, unitId, asked: 100, createdAt: app.clock.now() }
      }),
    ),
  )
  const hours = { startsAt: onTheDay('13:30', day), endsAt: onTheDay('15:30', day) }
  const shifts = [
    await aShift(app, { eventId, max: 200, ...hours }),
    await aShift(app, {
      eventId,
      max: 200,
      ...hours,
      startsAt: onTheDay('15:00', day),
      endsAt: onTheDay('16:00', day),
    }),
  ]
  const [kept, elsewhere, signedUp] = all as [Human, Human, Human]
  await place(community, shifts[0]!, kept.ids[1]).expect(200)
  const outside = await aShift(app, { eventId: await eventOf(day), ...hours, endsAt: onTheDay('17:00', day) })
  await place(community, outside, elsewhere.ids[1]).expect(200)
  const offer = ({ who, teamId }: Side, personId: string) =>
    app
      .as(who)
      .post(`/api/events/${eventId}/sign-ups`)
      .send({ teamId, personIds: [personId] })
  const byName = await aTeam(app.db, { unitId: community.unitId })
  await app
    .as(community.who)
    .put(`/api/teams/${byName.id}/members/${signedUp.ids[1]}`)
    .send({ role: 'member' })
    .expect(204)
  expect((await offer({ ...community, teamId: byName.id }, signedUp.ids[1])).body.signedUp).toBe(1)
  expect((await offer(bureau, signedUp.ids[0])).body).toEqual({
    signedUp: 0,
    already: 0,
    refused: [{ personId: signedUp.ids[0], because: 'arranged_elsewhere' }],
  })

  const city = app.as('city_office')
  for (const round of ['first', 'again']) {
    const planId = (await city.post(`/api/events/${eventId}/plans`).send({ policy: 'fill' }).expect(202)).body
      .id
    await app.settled()
    const applied = await city.put(`/api/plans/${planId}/application`).send({}).expect(200)
    expect([round, applied.body.applied?.refused]).toEqual([round, []])
    const held: string[] = []
    for (const { id } of shifts)
      for (const { person } of (await city.get(`/api/shifts/${id}/assignments?limit=200`)).body.items)
        held.push(person.id)
    const times = ({ ids }: Human) => ids.filter((id) => held.includes(id)).length
    expect(all.filter((human) => human !== elsewhere).map(times)).toEqual(Array(11).fill(1))
    expect(times(elsewhere)).toBe(0)
    expect([held.includes(kept.ids[1]), held.includes(signedUp.ids[1])]).toEqual([true, true])
  }
})

test('a number that both records state gets one message, and whoever came under two records is one person', async () => {
  const day = '2026-03-11'
  const eventId = await eventOf(day)
  const at = (from: string, until: string) =>
    aShift(app, { eventId, startsAt: onTheDay(from, day), endsAt: onTheDay(until, day) })
  const [morning, afternoon] = [await at('08:00', '10:00'), await at('14:00', '16:00')]
  const [{ ids, phone }] = (await humans(1)) as [Human]
  await place(bureau, morning, ids[0]).expect(200)
  await place(community, afternoon, ids[1]).expect(200)
  await publish(app, eventId)
  const told = app.outbox().filter(({ to }: { to: string }) => to.endsWith(phone))
  expect(told).toHaveLength(1)
  expect(told[0].text.match(/\/c\//g)).toHaveLength(2)
  for (const by of [bureau, community]) {
    const { items } = (await app.as(by.who).get(`/api/messages?eventId=${eventId}`)).body
    const invitations = items.filter(({ kind }: { kind: string }) => kind === 'invitation')
    expect(invitations.map(({ subjects }: { subjects: string[] }) => subjects.length)).toEqual([1])
  }
  const { participants } = (await app.as('city_office').get(`/api/events/${eventId}/report`)).body
  expect([participants.units, participants.volunteers]).toEqual([2, 1])
})

test('whom another unit signed up first is one name fewer that a unit owes, as long as that sign-up holds', async () => {
  const eventId = await eventOf('2026-03-12')
  const city = app.as('city_office')
  const asked = [bureau, community].map(({ unitId }) => ({ unitId, asked: 2 }))
  await city.put(`/api/events/${eventId}/quotas`).send({ quotas: asked }).expect(200)
  const quotaOf = async ({ unitId }: Side) =>
    (await city.get(`/api/events/${eventId}/quotas?unitId=${unitId}`).expect(200)).body.items[0]
  for (const side of [bureau, community])
    await city
      .put(`/api/quotas/${(await quotaOf(side)).id}/pledge`)
      .send({ pledged: 2 })
      .expect(200)
  const owed = async () =>
    Promise.all([bureau, community].map(async (side) => (await quotaOf(side)).namesOwed))
  const offer = async ({ who, teamId }: Side, personIds: string[]) => {
    const offered = await app.as(who).post(`/api/events/${eventId}/sign-ups`).send({ teamId, personIds })
    const { signedUp, already, refused } = offered.body
    return [signedUp, already, refused.map(({ because }: { because: string }) => because)]
  }
  const [{ ids }] = (await humans(1)) as [Human]
  // And somebody who stands on both lists as one record.
  const shared = await aPerson(app, {
    memberships: [{ teamId: bureau.teamId }, { teamId: community.teamId }],
  })

  expect(await offer(community, [ids[1], shared.id])).toEqual([2, 0, []])
  expect(await owed()).toEqual([2, 0])
  for (const _ of ['first', 'again'])
    expect(await offer(bureau, [ids[0], shared.id])).toEqual([
      0,
      0,
      ['arranged_elsewhere', 'arranged_elsewhere'],
    ])
  expect(await owed()).toEqual([0, 0])
  expect((await city.get(`/api/events/${eventId}/funnel`)).body).toMatchObject({ pledged: 4, namesOwed: 0 })

  const { items } = (await city.get(`/api/events/${eventId}/sign-ups`)).body
  expect(items).toHaveLength(2)
  const theirs = items.find(({ person }: { person: { id: string } }) => person.id === ids[1])
  await app.as(community.who).delete(`/api/sign-ups/${theirs.id}`).expect(204)
  expect(await owed()).toEqual([1, 1])
  expect(await offer(bureau, [ids[0]])).toEqual([1, 0, []])
  expect(await offer(community, [ids[1]])).toEqual([0, 0, ['arranged_elsewhere']])
  expect(await owed()).toEqual([0, 0])
})
