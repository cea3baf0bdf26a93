import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { participations } from '#modules/mobilization/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => app[Symbol.asyncDispose]())

const office = () => app.as('city_office')
const lines = (phone: string, kind = 'invitation') =>
  app.outbox().filter((line) => line.to === phone && line.kind === kind)
const linkIn = (text: string) => /\/c\/([0-9A-Z]{12})/.exec(text)?.[1] as string

/** Gives an account the person it belongs to. */
async function belongsTo(account: SignedIn, personId: string): Promise<SignedIn> {
  await app.db.transaction((tx) => tx.update(users).set({ personId }).where(eq(users.id, account.userId)))
  return account
}

/** A team with its leader's account, and people of it placed on one shift of a published event. */
async function aLedTeam(names: { name: string; phone?: string }[]) {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, max: 20, minorsAllowed: true })
  const { id: teamId } = await aTeam(app.db)
  const people: { id: string; name: string; phone?: string }[] = []
  for (const wanted of names) {
    const { id } = await aPerson(app, { ...wanted, teamId })
    await anAssignment(app, { shiftId: shift.id, personId: id })
    people.push({ id, ...wanted })
  }
  const leader = await app.signIn({ role: 'team_leader', teamId })
  const list = async (query = '') =>
    (await app.as(leader).get(`/api/events/${eventId}/participations${query}`).expect(200)).body.items
  return { eventId, shift, teamId, people, leader, list }
}

// biome-ignore lint/suspicious/noExplicitAny: views of the API
const states = (items: any[]) =>
  items.map(({ person, reachState, reached }) => [person.name, reachState, reached]).sort()

test('a leader sees who was not reached and why, corrects a number, and the person is asked again there', async () => {
  const [good, wrong, out] = [aPhone(), aPhone(), aPhone()]
  const { eventId, teamId, people, leader, list } = await aLedTeam([
    { name: '甲一', phone: good },
    { name: '乙二', phone: wrong },
    { name: '丙三', phone: out },
    { name: '丁四' },
    { name: '戊五' },
  ])
  const { body: known } = await office().get(`/api/persons/${people[2]!.id}`)
  await office().patch(`/api/contacts/${known.contacts[0].id}`).send({ optedOut: true }).expect(204)
  expect(states(await list())).toEqual(
    people.map(({ name }) => [name, 'not_told', null]).sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
  )
  expect(await list('?reached=false')).toEqual([])
  await publish(app, eventId)
  const token = linkIn(lines(wrong)[0].text)
  await app.request.delete(`/api/c/${token}`).expect(204)
  const fifth = (await list()).find(({ person }: { person: { name: string } }) => person.name === '戊五')
  await app.as(leader).put(`/api/participations/${fifth.id}/answer`).send({ answer: 'accepted' }).expect(200)

  const lost = await list('?reached=false')
  expect(states(lost)).toEqual([
    ['丁四', 'no_contact', false],
    ['丙三', 'opted_out', false],
    ['乙二', 'link_stopped', false],
  ])
  expect(states(await list('?reached=true'))).toEqual([
    ['戊五', 'answered', true],
    ['甲一', 'sent', true],
  ])

  const corrected = aPhone()
  const second = lost.find(({ person }: { person: { name: string } }) => person.name === '乙二')
  const correct = (id: string, phone: string) =>
    app.as(leader).put(`/api/participations/${id}/number`).send({ phone })
  await correct(second.id, corrected).expect(200)
  await app.settled()
  expect([lines(corrected).length, lines(wrong).length]).toEqual([1, 1])
  await app.request.get(`/api/c/${linkIn(lines(corrected)[0].text)}`).expect(200)
  expect(states(await list('?reached=false')).map(([name]) => name)).toEqual(['丁四', '丙三'])
  expect((await correct(second.id, '12').expect(422)).body.code).toBe('contact.invalid')

  const elsewhere = await aTeam(app.db)
  const both = await aPerson(app, {
    name: '己六',
    phone: aPhone(),
    memberships: [{ teamId }, { teamId: elsewhere.id }],
  })
  const late = await aShift(app, { eventId, startsAt: onTheDay('18:00'), endsAt: onTheDay('19:00') })
  await anAssignment(app, { shiftId: late.id, personId: both.id })
  const sixth = (await list('?search=己六'))[0]
  expect((await correct(sixth.id, aPhone()).expect(403)).body.code).toBe('person.not_identifiable')
})

test('what a leader notes of somebody is read by whoever answers for the team, and sealed', async () => {
  const { eventId, leader, list } = await aLedTeam([{ name: '庚七' }])
  await publish(app, eventId)
  const [{ id }] = await list()
  const note = '膝盖有伤，不爬坡'
  const written = await app.as(leader).put(`/api/participations/${id}/note`).send({ note }).expect(200)
  expect(written.body.note).toBe(note)
  expect((await list())[0].note).toBe(note)
  const counsellor = await app.as('counsellor').get(`/api/participations/${id}`).expect(200)
  expect(counsellor.body.note).toBe(null)
  const [row] = await app.db.read.select().from(participations).where(eq(participations.id, id))
  expect(row?.note).not.toContain('膝盖')
  await app.as(leader).put(`/api/participations/${id}/note`).send({ note: null }).expect(200)
  expect((await list())[0].note).toBe(null)
})

test('numbers: of the adults one leads while the event is on, and of a shift one is in charge of two hours either side', async () => {
  const [own, child, foreign] = [aPhone(), aPhone(), aPhone()]
  const { eventId, shift, people, leader } = await aLedTeam([{ name: '辛八', phone: own }])
  const other = await aPerson(app, { name: '壬九', phone: foreign })
  await anAssignment(app, { shiftId: shift.id, personId: other.id })
  const school = await aSchool(app, { pupils: 0 })
  await anAssignment(app, { shiftId: shift.id, personId: school.teachers[0]!.id })
  const contacts = [{ kind: 'phone' as const, value: child, relation: 'own' as const }]
  const pupil = await aPerson(app, {
    name: '癸十',
    birthDate: '2013-05-01',
    contacts,
    memberships: [{ teamId: school.classId, role: 'pupil' }],
  })
  await anAssignment(app, { shiftId: shift.id, personId: pupil.id })
  const read = (who: Parameters<TestApp['as']>[0], query = '') =>
    app.as(who).get(`/api/events/${eventId}/numbers${query}`)
  // biome-ignore lint/suspicious/noExplicitAny: a view of the API
  const seen = (body: any) => body.items.map(({ person, phone }: any) => [person.name, phone]).sort()
  expect((await read(leader).expect(409)).body.code).toBe('numbers.not_now')
  await publish(app, eventId)
  expect(seen((await read(leader).expect(200)).body)).toEqual([['辛八', own]])
  expect(seen((await read('city_office').expect(200)).body)).toEqual([])
  const teacher = await app.signIn({ role: 'team_leader', teamId: school.classId })
  expect(seen((await read(teacher).expect(200)).body).map(([name]: [string]) => name)).not.toContain('癸十')

  // The person in charge leads a team that is elsewhere.
  const { id: elsewhere } = await aTeam(app.db)
  const head = await belongsTo(
    await app.signIn({ role: 'team_leader', teamId: elsewhere }),
    shift.inCharge!.id,
  )
  expect(seen((await read(head).expect(200)).body)).toEqual([])
  app.clock.set(instantFrom(onTheDay('11:31')))
  const around = (await read(head, `?shiftId=${shift.id}`).expect(200)).body
  expect(seen(around).map(([name]: [string]) => name)).toEqual(expect.arrayContaining(['壬九', '辛八']))
  expect(JSON.stringify(around)).not.toContain(child)
  const { body: trail } = await app
    .as('auditor')
    .get(`/api/audit?subject=event:${eventId}&action=numbers.read`)
    .expect(200)
  expect(trail.items).toContainEqual(
    expect.objectContaining({
      actor: expect.objectContaining({ id: head.userId }),
      details: { shiftId: shift.id, personIds: expect.arrayContaining([other.id, people[0]!.id]) },
    }),
  )
  app.clock.set(instantFrom(onTheDay('19:30')))
  expect(seen((await read(head).expect(200)).body)).toEqual([])
})
