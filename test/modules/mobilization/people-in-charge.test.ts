import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment, crowd } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

test('one request puts the leader of the largest team in charge of every shift that has nobody; others stay in charge', async () => {
  await using app = await startApp({ unused: true })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const open = await aShift(app, { eventId, inChargePersonId: null })
  const empty = await aShift(app, { eventId, inChargePersonId: null })
  const taken = await aShift(app, { eventId })
  const leader = await aPerson(app, { name: '李队长' })
  const small = await crowd(app, 1)
  const { id: large } = await aTeam(app.db, { leaderPersonId: leader.id })
  const many = await crowd(app, 2, large)
  for (const { id } of [...small.people, ...many.people]) {
    await anAssignment(app, { shiftId: open.id, personId: id })
  }
  const name = () =>
    office.put(`/api/events/${eventId}/people-in-charge`).send({ rule: 'largest_team_leader' }).expect(200)
  expect((await name()).body).toEqual({ named: 1, left: [empty.id] })
  expect((await office.get(`/api/shifts/${open.id}`)).body.inCharge.id).toBe(leader.id)
  expect((await office.get(`/api/shifts/${taken.id}`)).body.inCharge.id).toBe(taken.inCharge?.id)
  expect((await name()).body).toEqual({ named: 0, left: [empty.id] })
})

test('the liaison of the unit that answers for the zone that day is put in charge, not the one whose duty has just ended', async () => {
  await using app = await startApp({ unused: true })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, inChargePersonId: null })
  const day = shift.startsAt.slice(0, 10)
  const [before, now] = [await aPerson(app, { name: '前联络员' }), await aPerson(app, { name: '现联络员' })]
  for (const [person, period] of [
    [before, { validFrom: '2026-01-01', validUntil: day }],
    [now, { validFrom: day }],
  ] as const) {
    const unit = await aUnit(app.db, { liaisonPersonId: person.id })
    await office
      .post('/api/responsibilities')
      .send({ zoneId: shift.zone.id, unitId: unit.id, level: 'unit', ...period })
      .expect(201)
  }
  const rule = 'responsible_unit_liaison'
  const { body } = await office.put(`/api/events/${eventId}/people-in-charge`).send({ rule }).expect(200)
  expect(body).toEqual({ named: 1, left: [] })
  expect((await office.get(`/api/shifts/${shift.id}`)).body.inCharge.id).toBe(now.id)
})

test('whoever is in charge is told once with all of their shifts, and a hand-over of the team takes these along', async () => {
  await using app = await startApp({ unused: true })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const { id: teamId } = await aTeam(app.db)
  const [oldPhone, newPhone] = [aPhone(), aPhone()]
  const old = await aPerson(app, {
    name: '王强',
    phone: oldPhone,
    memberships: [{ teamId, role: 'leader' }],
  })
  const next = await aPerson(app, {
    name: '李敏',
    phone: newPhone,
    memberships: [{ teamId, role: 'deputy' }],
  })
  await office
    .patch(`/api/teams/${teamId}`)
    .set('if-match', (await office.get(`/api/teams/${teamId}`)).headers.etag as string)
    .send({ leaderPersonId: old.id })
    .expect(200)
  const shifts = []
  for (const [name, time] of [
    ['解放北路', '13:30'],
    ['永丰社区', '15:30'],
    ['站前街道', '17:30'],
  ] as const) {
    const { id: zoneId } = await aPlace(app.db, { name })
    const period = { startsAt: onTheDay(time), endsAt: onTheDay(time.replace(':30', ':59')) }
    shifts.push(await aShift(app, { eventId, zoneId, ...period, inChargePersonId: old.id }))
  }
  const [one, two, foreign] = shifts.map(({ id }) => id) as [string, string, string]
  // The team serves on the first two; of the third, where it serves no more, its leader is in charge all the same.
  const { people } = await crowd(app, 1, teamId)
  for (const shiftId of [one, two]) await anAssignment(app, { shiftId, personId: people[0]!.id })
  const given = await anAssignment(app, { shiftId: foreign, personId: people[0]!.id })
  await office.put(`/api/assignments/${given.id}/excusal`).expect(200)
  await publish(app, eventId)
  const told = (phone: string) =>
    app
      .outbox()
      .filter((line) => line.to === phone && line.kind === 'in_charge')
      .map(({ text }) => text.replace(/^【集结】/, ''))
  expect(told(oldPhone)).toHaveLength(1)
  expect(told(oldPhone)[0]).toContain('王*：您是3月4日13:30解放北路现场负责人，号码将告知志愿者。')
  const seen = await office.get(`/api/teams/${teamId}`)
  await office
    .put(`/api/teams/${teamId}/leadership`)
    .set('if-match', seen.headers.etag as string)
    .send({ personId: next.id })
    .expect(200)
  await app.settled()
  const head = async (id: string) => (await office.get(`/api/shifts/${id}`)).body.inCharge.name
  expect([await head(one), await head(two), await head(foreign)]).toEqual(['李敏', '李敏', '王强'])
  expect(told(newPhone).join()).toContain('李*：您是3月4日13:30解放北路现场负责人')
  expect(told(newPhone).join()).toContain('15:30永丰社区现场负责人')
  expect(told(oldPhone)).toHaveLength(1)
  // Whoever was told, and is replaced, is told so; who is named again reads that they are in charge once more.
  const replaced = (phone: string) =>
    app
      .outbox()
      .filter((line) => line.to === phone && line.kind === 'in_charge_replaced')
      .map(({ text }) => text.replace(/^【集结】/, ''))
  expect(replaced(oldPhone)).toEqual([
    ['13:30解放北路', '15:30永丰社区']
      .map((where) => `王*：3月4日${where}现场负责人已改由他人担任，您无需再负责，感谢支持！`)
      .join('；'),
  ])
  const name = async (inChargePersonId: string | null, deputyPersonId: string | null = null) => {
    const seen = await office.get(`/api/shifts/${foreign}`)
    await office
      .patch(`/api/shifts/${foreign}`)
      .set('if-match', seen.headers.etag as string)
      .send({ inChargePersonId, deputyPersonId })
      .expect(200)
    await app.settled()
  }
  await name(next.id, old.id)
  expect(replaced(oldPhone)).toHaveLength(1)
  await name(next.id)
  expect(replaced(oldPhone).slice(1).join()).toContain('17:30站前街道现场负责人已改由他人担任')
  await name(old.id)
  expect(told(oldPhone).slice(1).join()).toContain('您是3月4日17:30站前街道现场负责人')
  expect(replaced(newPhone).join()).toContain('李*：3月4日17:30站前街道现场负责人已改由他人担任')
  await name(old.id)
  expect([told(oldPhone), replaced(oldPhone), replaced(newPhone)].map(({ length }) => length)).toEqual([
    2, 2, 1,
  ])
})

test('the role leader and the leader of a team are one fact, and invitations say which teams nobody leads', async () => {
  await using app = await startApp({ worker: false })
  const office = app.as('city_office')
  const { id: unitId } = await aUnit(app.db)
  const { id: teamId } = await aTeam(app.db, { unitId, name: '雷锋志愿服务队' })
  const [one, other] = [await aPerson(app, { teamId }), await aPerson(app, { teamId })]
  const invite = async () =>
    (await office.post('/api/accounts/bulk-invitations').send({ unitId, deliver: 'list' })).body.nobody
  expect(await invite()).toEqual([
    { kind: 'team', id: teamId, name: '雷锋志愿服务队' },
    { kind: 'unit', id: unitId, name: expect.any(String) },
  ])
  const put = (personId: string, role: string) =>
    office.put(`/api/teams/${teamId}/members/${personId}`).send({ role })
  const leader = async () => (await office.get(`/api/teams/${teamId}`)).body.leader?.id ?? null
  await put(one.id, 'leader').expect(204)
  expect(await leader()).toBe(one.id)
  expect((await put(other.id, 'leader').expect(409)).body.code).toBe('leadership.held')
  expect((await invite()).map(({ kind }: { kind: string }) => kind)).toEqual(['unit'])
  await put(one.id, 'member').expect(204)
  expect(await leader()).toBe(null)
  const { headers } = await office.get(`/api/teams/${teamId}`)
  await office
    .patch(`/api/teams/${teamId}`)
    .set('if-match', headers.etag as string)
    .send({ leaderPersonId: other.id })
    .expect(200)
  const { body } = await office.get(`/api/persons/${other.id}`)
  expect(body.memberships).toMatchObject([{ role: 'leader' }])
  await office.delete(`/api/teams/${teamId}/members/${other.id}`).expect(204)
  expect(await leader()).toBe(null)
})

test('that a number is published with a shift is recorded once, told to its owner once, and no revelation', async () => {
  await using app = await startApp({ unused: true })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const [phone, deputyPhone, nextPhone] = [aPhone(), aPhone(), aPhone()]
  const [head, deputy, next, silent] = [
    await aPerson(app, { name: '王卫国', phone }),
    await aPerson(app, { phone: deputyPhone }),
    await aPerson(app, { name: '李静', phone: nextPhone }),
    await aPerson(app),
  ]
  const shift = await aShift(app, { eventId, inChargePersonId: head.id, deputyPersonId: deputy.id })
  await aShift(app, { eventId, inChargePersonId: silent.id })
  const told = async () => {
    await app.settled()
    const kinds = app.outbox().filter(({ kind }) => kind === 'in_charge')
    return kinds.map(({ to, text }) => [to, text])
  }
  const published = async () =>
    (
      await app.db.read.select().from(auditEntries).where(eq(auditEntries.action, 'shift.number_published'))
    ).map(({ subject, details }) => [subject, JSON.parse(details).personId])
  expect(await told()).toEqual([])
  await publish(app, eventId)
  const first = [
    phone,
    expect.stringMatching(/王\*国：您是\d+月\d+日\d\d:\d\d.+现场负责人，号码将告知志愿者。$/),
  ]
  expect(await told()).toEqual([first])
  const change = async (body: object) => {
    const { version } = (await office.get(`/api/shifts/${shift.id}`)).body
    return office.patch(`/api/shifts/${shift.id}`).set('if-match', `"v${version}"`).send(body).expect(200)
  }
  await change({ deputyPersonId: null })
  await change({ inChargePersonId: next.id })
  await told()
  await change({ inChargePersonId: head.id })
  // Told meanwhile that somebody else is in charge, so told anew; but published once.
  expect((await told()).map(([to]) => to)).toEqual([phone, nextPhone, phone])
  expect(await published()).toEqual([
    [`shift:${shift.id}`, head.id],
    [`shift:${shift.id}`, next.id],
  ])
  const revealed = eq(auditEntries.action, 'person.revealed')
  expect(await app.db.read.$count(auditEntries, revealed)).toBe(0)
})

test('somebody who left for a unit out of reach is named masked wherever they still stand', async () => {
  await using app = await startApp({ unused: true })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId })
  const { id: teamId } = await aTeam(app.db)
  const { id: personId } = await aPerson(app, { name: '张小三', teamId })
  await office
    .post(`/api/events/${eventId}/sign-ups`)
    .send({ teamId, personIds: [personId] })
    .expect(200)
  await anAssignment(app, { shiftId: shift.id, personId })
  const leader = app.as(await app.signIn({ role: 'team_leader', teamId }))
  const names = async () => {
    const at = [
      `shifts/${shift.id}/assignments`,
      `events/${eventId}/participations`,
      `events/${eventId}/sign-ups`,
    ]
    const bodies = await Promise.all(
      at.map(async (path) => (await leader.get(`/api/${path}`).expect(200)).body),
    )
    return bodies.map(({ items }) => items.map(({ person }: { person: { name: string } }) => person.name))
  }
  expect(await names()).toEqual(Array(3).fill(['张小三']))
  const { id: elsewhere } = await aTeam(app.db)
  await office.put(`/api/teams/${elsewhere}/members/${personId}`).send({ role: 'member' }).expect(204)
  await office.delete(`/api/teams/${teamId}/members/${personId}`).expect(204)
  expect(await names()).toEqual(Array(3).fill(['张*三']))
})

test('whoever was told that they are in charge is told when the shift is moved, and when it or the event is cancelled', async () => {
  await using app = await startApp({ unused: true })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app, { name: '学雷锋志愿服务' })
  const [phone, servingPhone] = [aPhone(), aPhone()]
  const { id: head } = await aPerson(app, { name: '王卫国', phone })
  const { id: serving } = await aPerson(app, { name: '李静', phone: servingPhone })
  const shifts = []
  for (const [name, inChargePersonId] of [
    ['解放北路', head],
    ['永丰社区', serving],
    ['站前街道', head],
    ['南芬街道', head],
  ] as const)
    shifts.push(await aShift(app, { eventId, zoneId: (await aPlace(app.db, { name })).id, inChargePersonId }))
  const [moves, served, off, last] = shifts.map(({ id }) => id) as [string, string, string, string]
  await anAssignment(app, { shiftId: served, personId: serving })
  await publish(app, eventId)
  const told = (number: string) =>
    app
      .outbox()
      .filter((line) => line.to === number && /^(in_charge_|cancellation|event_cancellation)/.test(line.kind))
      .map(({ text }) => text.replace(/^【集结】/, ''))
  const { version } = (await office.get(`/api/shifts/${moves}`)).body
  await office
    .patch(`/api/shifts/${moves}`)
    .set('if-match', `"v${version}"`)
    .send({ startsAt: onTheDay('14:30') })
    .expect(200)
  await app.settled()
  await app.advance({ minutes: 5, seconds: 5 })
  expect(told(phone)).toEqual(['王*国：您负责的岗位已调整为3月4日14:30解放北路，请按此到场。'])
  for (const id of [off, served])
    await office.put(`/api/shifts/${id}/cancellation`).send({ reason: '施工封路' }).expect(200)
  await app.settled()
  expect(told(phone).slice(1)).toEqual([
    '取消通知：王*国，您负责的3月4日13:30站前街道岗位因施工封路取消，请勿前往。',
  ])
  // Who holds a place there is told as everybody on it is, once.
  expect(told(servingPhone)).toHaveLength(1)
  const event = await office.get(`/api/events/${eventId}`)
  await office
    .put(`/api/events/${eventId}/cancellation`)
    .set('If-Match', event.headers.etag as string)
    .send({ reason: '因雨' })
    .expect(200)
  await app.settled()
  expect([last, told(phone).slice(2)]).toEqual([
    expect.any(String),
    ['取消通知：王*国，您负责的3月4日学雷锋志愿服务活动因雨取消，请勿前往。'],
  ])
})
