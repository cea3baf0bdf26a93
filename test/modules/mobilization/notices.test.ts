import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => app[Symbol.asyncDispose]())
beforeEach(async () => {
  await app.settled()
  app.clock.set(instantFrom('2026-02-20T01:00:00Z'))
})

const office = () => app.as('city_office')

/** What a number was told after a moment, by kind. */
const toldTo = (phone: string, ...kinds: string[]): string[] =>
  app
    .outbox()
    .filter((line) => line.to === phone && kinds.includes(line.kind))
    .map(({ text }) => text.replace(/^【集结】/, ''))

const linkIn = (text: string) => /\/c\/([0-9A-Z]{12})/.exec(text)?.[1] as string

/** A published event with one shift in 永丰社区 and so many people on it, each with a phone. */
async function aShiftWithPeople(size: number, { names = ['王芳', '李小明', '张三'] } = {}) {
  const { id: eventId } = await anEvent(app, { name: '学雷锋志愿服务' })
  const zoneId = (await aPlace(app.db, { name: '永丰社区' })).id
  const shift = await aShift(app, { eventId, zoneId, work: '清除卫生死角', minorsAllowed: true })
  const { id: teamId } = await aTeam(app.db)
  const people = []
  for (let at = 0; at < size; at++) {
    const phone = aPhone()
    const { id } = await aPerson(app, { name: names[at] ?? '赵强', phone, teamId })
    const assignment = await anAssignment(app, { shiftId: shift.id, personId: id })
    people.push({ id, phone, assignmentId: assignment.id })
  }
  await publish(app, eventId)
  const { body } = await office().get(`/api/events/${eventId}/participations`)
  // biome-ignore lint/suspicious/noExplicitAny: a view of the API
  const participationOf = (id: string) => body.items.find((each: any) => each.person.id === id).id as string
  return { eventId, shift, teamId, people, participationOf }
}

async function change(shiftId: string, input: object): Promise<void> {
  const seen = await office().get(`/api/shifts/${shiftId}`)
  await office()
    .patch(`/api/shifts/${shiftId}`)
    .set('If-Match', seen.headers.etag as string)
    .send(input)
    .expect(200)
}

const settled = async () => {
  await app.settled()
  await app.advance({ minutes: 5 })
  await app.advance({ seconds: 1 })
}

test('a shift that is edited several times is told once, five minutes after the last edit: what was and what is', async () => {
  const { shift, people, participationOf } = await aShiftWithPeople(3)
  const [stays, declined, excused] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]]
  for (const [{ id }, answer] of [
    [stays, 'accepted'],
    [declined, 'declined'],
  ] as const) {
    await office()
      .put(`/api/participations/${participationOf(id)}/answer`)
      .send({ answer })
      .expect(200)
  }
  await office().put(`/api/assignments/${excused.assignmentId}/excusal`).expect(200)
  await change(shift.id, { startsAt: onTheDay('14:00'), endsAt: onTheDay('18:00') })
  await app.advance({ minutes: 4 })
  await change(shift.id, { startsAt: onTheDay('14:30'), endsAt: onTheDay('18:30') })
  await app.advance({ minutes: 4 })
  expect(toldTo(stays.phone, 'change')).toEqual([])
  await app.advance({ minutes: 1, seconds: 5 })
  const told = toldTo(stays.phone, 'change')
  expect(told).toEqual([
    expect.stringMatching(
      /^岗位变更：王\*，3月4日13:30改为14:30，地点不变，请重新确认 http:\/\/localhost:3000\/c\/[0-9A-Z]{12}$/,
    ),
  ])
  expect([toldTo(declined.phone, 'change'), toldTo(excused.phone, 'change')]).toEqual([[], []])

  const token = linkIn(told[0] as string)
  const seen = await app.request.get(`/api/c/${token}`).expect(200)
  expect(seen.body.assignments).toMatchObject([{ answer: 'accepted', askedAgainAt: expect.any(String) }])
  const again = await app.request.put(`/api/c/${token}/answer`).send({ answer: 'accepted' }).expect(200)
  expect(again.body.assignments).toMatchObject([{ answer: 'accepted', askedAgainAt: null }])
  await app.advance({ hours: 1 })
  expect(toldTo(stays.phone, 'change')).toHaveLength(1)
})

test('a small change of time asks nobody again, and an edit that is undone within five minutes sends nothing', async () => {
  const { shift, people, participationOf } = await aShiftWithPeople(1)
  const { id, phone } = people[0]!
  await office()
    .put(`/api/participations/${participationOf(id)}/answer`)
    .send({ answer: 'accepted' })
    .expect(200)
  await change(shift.id, { meetingPoint: '永丰社区门口' })
  await settled()
  expect(toldTo(phone, 'change')).toEqual([
    expect.stringMatching(/^岗位变更：王\*，3月4日13:30改在永丰社区门口，详情请点 http/),
  ])
  await change(shift.id, { startsAt: onTheDay('14:00') })
  await change(shift.id, { startsAt: onTheDay('13:30') })
  await settled()
  expect(toldTo(phone, 'change')).toHaveLength(1)
})

test('a cancelled shift is told at once with its reason, and stays on the page', async () => {
  const { shift, people } = await aShiftWithPeople(1)
  const { phone } = people[0]!
  const token = linkIn(toldTo(phone, 'invitation')[0] as string)
  await office().put(`/api/shifts/${shift.id}/cancellation`).send({ reason: '施工封路' }).expect(200)
  await app.settled()
  expect(toldTo(phone, 'cancellation')).toEqual([
    '取消通知：王*，3月4日13:30永丰社区清除卫生死角因施工封路取消，请勿前往，感谢支持！',
  ])
  const { body } = await app.request.get(`/api/c/${token}`).expect(200)
  expect(body.assignments).toMatchObject([{ cancelReason: '施工封路', cancelledAt: expect.any(String) }])
})

test('a cancelled event is told once to each person, and nothing else of it is sent', async () => {
  const { eventId, shift, people } = await aShiftWithPeople(1)
  const { id, phone } = people[0]!
  const later = await aShift(app, { eventId, startsAt: onTheDay('18:00'), endsAt: onTheDay('19:00') })
  await anAssignment(app, { shiftId: later.id, personId: id })
  await change(shift.id, { meetingPoint: '南门' })
  await office().put(`/api/events/${eventId}/cancellation`).send({ reason: '因雨。' }).expect(200)
  await settled()
  expect(toldTo(phone, 'cancellation', 'event_cancellation', 'change')).toEqual([
    '取消通知：王*，3月4日学雷锋志愿服务活动因雨取消，请勿前往，感谢支持！',
  ])
})

test('a guardian reads words of their own, once for all children of the number', async () => {
  const { id: eventId } = await anEvent(app)
  const zoneId = (await aPlace(app.db, { name: '永丰社区' })).id
  const shift = await aShift(app, { eventId, zoneId, work: '捡拾垃圾', minorsAllowed: true })
  const { classId, teachers } = await aSchool(app, { pupils: 0 })
  await anAssignment(app, { shiftId: shift.id, personId: teachers[0]!.id })
  const phone = aPhone()
  for (const name of ['张小语', '张小言']) {
    const contacts = [{ kind: 'phone' as const, value: phone, relation: 'guardian' as const }]
    const child = await aPerson(app, {
      name,
      birthDate: '2015-05-01',
      contacts,
      memberships: [{ teamId: classId, role: 'pupil' }],
    })
    await anAssignment(app, { shiftId: shift.id, personId: child.id })
  }
  await publish(app, eventId)
  const link = 'http://localhost:3000/c/[0-9A-Z]{12}'
  const asked = (name: string) => `张\\*${name}家长：学校3月4日13:30到永丰社区捡拾垃圾，同意与否请点 ${link}`
  expect(toldTo(phone, 'guardian_invitation')).toEqual([
    expect.stringMatching(new RegExp(`^${asked('[语言]')}；${asked('[语言]')}$`)),
  ])
  await change(shift.id, { startsAt: onTheDay('14:30'), endsAt: onTheDay('18:30') })
  await settled()
  const moved = (name: string) => `张\\*${name}家长：3月4日孩子的活动改为14:30，地点不变，请点 ${link} 确认`
  expect(toldTo(phone, 'guardian_change', 'change')).toEqual([
    expect.stringMatching(new RegExp(`^${moved('[语言]')}；${moved('[语言]')}$`)),
  ])
  await office().put(`/api/shifts/${shift.id}/cancellation`).send({ reason: '雨' }).expect(200)
  await app.settled()
  const off = (name: string) => `张\\*${name}家长：3月4日14:30孩子在永丰社区的活动因雨取消，请勿前往。`
  expect(toldTo(phone, 'guardian_cancellation', 'cancellation')).toEqual([
    expect.stringMatching(new RegExp(`^${off('[语言]')}；${off('[语言]')}$`)),
  ])
})

test.each([
  ['a change at 06:30 of a shift at 09:00 is told at once', '06:30', '09:00', '06:35'],
  ['at 23:00, of a shift at 07:30, in the night', '23:00', '07:30', '23:05'],
  ['at 23:00, of a shift at 10:00, at 06:00', '23:00', '10:00', '06:00'],
  ['at 23:00, of a shift at 13:30, after quiet hours', '23:00', '13:30', '08:00'],
])('what cannot wait is not held back by quiet hours: %s', async (_, editedAt, startsAt, toldAt) => {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, startsAt: onTheDay('12:00'), endsAt: onTheDay('18:00') })
  const phone = aPhone()
  const person = await aPerson(app, { phone })
  await anAssignment(app, { shiftId: shift.id, personId: person.id })
  await publish(app, eventId)
  app.clock.set(instantFrom(onTheDay(editedAt, editedAt > '20:00' ? '2026-03-03' : '2026-03-04')))
  await change(shift.id, { startsAt: onTheDay(startsAt), endsAt: onTheDay('18:30') })
  await settled()
  for (let minute = 0; minute < 12 * 60 && toldTo(phone, 'change').length === 0; minute += 5)
    await app.advance({ minutes: 5 })
  expect(toldTo(phone, 'change')).toHaveLength(1)
  const at = app.clock.now().setZone('Asia/Shanghai')
  const due = instantFrom(onTheDay(toldAt, toldAt > '20:00' ? '2026-03-03' : '2026-03-04'))
  expect(Math.abs(at.diff(due, 'minutes').minutes)).toBeLessThan(6)
})

test('a person without a usable contact is on the call list until a leader marks them as told', async () => {
  const { eventId, shift, teamId, people } = await aShiftWithPeople(1)
  const nobody = await aPerson(app, { name: '赵铁柱', teamId })
  await anAssignment(app, { shiftId: shift.id, personId: nobody.id })
  const out = await aPerson(app, { name: '孙丽', teamId, phone: aPhone() })
  await anAssignment(app, { shiftId: shift.id, personId: out.id })
  await app.settled()
  const { body: known } = await office().get(`/api/persons/${out.id}`)
  await office().patch(`/api/contacts/${known.contacts[0].id}`).send({ optedOut: true }).expect(204)
  await office().put(`/api/shifts/${shift.id}/cancellation`).send({ reason: '雨' }).expect(200)
  await app.settled()
  const leader = app.as(await app.signIn({ role: 'team_leader', teamId }))
  const calls = async () =>
    (await leader.get(`/api/events/${eventId}/notices?unreached=true`).expect(200)).body.items
  // biome-ignore lint/suspicious/noExplicitAny: a view of the API
  const who = (items: any[]) => items.map(({ person, unreached }) => [person.name, unreached]).sort()
  expect(who(await calls())).toEqual([
    ['孙丽', 'opted_out'],
    ['赵铁柱', 'no_contact'],
  ])
  // biome-ignore lint/suspicious/noExplicitAny: a view of the API
  const first = (await calls()).find(({ person }: any) => person.name === '赵铁柱')
  const marked = await leader.put(`/api/notices/${first.id}/telling`).expect(200)
  expect(marked.body).toMatchObject({ unreached: null, toldByUserId: expect.any(String) })
  expect(who(await calls())).toEqual([['孙丽', 'opted_out']])
  const all = (await leader.get(`/api/events/${eventId}/notices`).expect(200)).body.items
  expect(all).toHaveLength(3)
  expect(toldTo(people[0]!.phone, 'cancellation')).toHaveLength(1)
})

test('a person who was told in person gets no message', async () => {
  const { eventId, shift, people } = await aShiftWithPeople(1)
  app.clock.set(instantFrom(onTheDay('22:30', '2026-03-01')))
  await office().put(`/api/shifts/${shift.id}/cancellation`).send({ reason: '雨' }).expect(200)
  await app.settled()
  const { body } = await office().get(`/api/events/${eventId}/notices`)
  await office().put(`/api/notices/${body.items[0].id}/telling`).expect(200)
  await app.advance({ hours: 11 })
  expect(toldTo(people[0]!.phone, 'cancellation')).toEqual([])
})
