/** Two guardians who do not agree: each is told what each said, and no word of one counts as the other's. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveConsents } from '#modules/organisation/index.ts'
import { contacts } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aShift, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => app[Symbol.asyncDispose]())

const office = () => app.as('city_office')

/** A pupil with two registered guardians, the father first, who may have opted out; and the link they got. */
async function aPupil({ fatherOut = false } = {}) {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, minorsAllowed: true })
  const { classId, teachers } = await aSchool(app, { pupils: 0 })
  await anAssignment(app, { shiftId: shift.id, personId: teachers[0]!.id })
  const [father, mother] = [aPhone(), aPhone()]
  const guardian = (value: string, ownerName: string) => {
    return { kind: 'phone' as const, value, relation: 'guardian' as const, ownerName }
  }
  const { id } = await aPerson(app, {
    name: '张小语',
    birthDate: '2015-05-01',
    contacts: [guardian(father, '张建国'), guardian(mother, '李梅')],
    memberships: [{ teamId: classId, role: 'pupil' }],
  })
  if (fatherOut) {
    const { body } = await office().get(`/api/persons/${id}`)
    const at = app.clock.now()
    await app.db.transaction((tx) =>
      tx.update(contacts).set({ optedOutAt: at }).where(eq(contacts.id, body.contacts[0].id)),
    )
  }
  await anAssignment(app, { shiftId: shift.id, personId: id })
  await publish(app, eventId)
  const invited = app
    .outbox()
    .filter(({ to, kind }) => to === (fatherOut ? mother : father) && kind === 'guardian_invitation')
  const token = /\/c\/([0-9A-Z]{12})/.exec(invited[0]?.text)?.[1] as string
  const told = async (phone: string) => {
    await app.settled()
    return app
      .outbox()
      .filter(({ to, kind }) => to === phone && kind === 'guardian_consent_entered')
      .map(({ text }) => text.replace(/^【集结】/, '').replace(/\/c\/.*$/, '/c/…'))
  }
  const answer = (given: 'accepted' | 'declined') =>
    app.request.put(`/api/c/${token}/answer`).send({ answer: given })
  const answered = async () => (await app.request.get(`/api/c/${token}`)).body.answer as string
  const said = (guardianName: string, says: 'yes' | 'no') =>
    office()
      .post(`/api/persons/${id}/guardian-consents`)
      .send({ guardianName, says, via: 'paper', scope: '学雷锋活动', eventId })
      .expect(201)
  return { id, eventId, father, mother, told, answer, answered, said }
}

test('a mother’s no on paper takes the child off; both are told, the father that it was hers', async () => {
  const { father, mother, told, answer, answered, said } = await aPupil()
  await answer('accepted').expect(200)
  await said('李梅', 'no')
  expect(await told(mother)).toEqual(['张*语家长：学校已登记您不同意孩子参加3月4日活动，如有误请联系学校'])
  expect(await told(father)).toEqual([
    '张*语家长：学校已登记监护人李*不同意孩子参加3月4日活动，如有误请点 http://localhost:3000/c/…',
  ])
  expect(await answered()).toBe('declined')
  const again = await answer('accepted')
  expect([again.status, again.body.code]).toEqual([409, 'consent.refused_by_other'])
})

test('a no that a list brought is told to the father who had said yes', async () => {
  const { id, father, told, answer, answered } = await aPupil()
  await answer('accepted').expect(200)
  const listed = { personId: id, guardianName: '李梅', says: 'no' as const, scope: '名单' }
  await app.db.transaction((tx) =>
    saveConsents(tx, app.context.keys, [listed], { by: newId(), at: app.clock.now() }),
  )
  expect(await told(father)).toEqual([
    '张*语家长：学校已登记监护人李*不同意孩子参加本学年志愿服务活动，如有误请联系学校',
  ])
  expect(await answered()).toBe('declined')
})

test('a consent that the school withdraws is told as a no', async () => {
  const { id, father, told, said } = await aPupil()
  const { body } = await said('张建国', 'yes')
  await told(father)
  await office().put(`/api/persons/${id}/guardian-consents/${body.id}/withdrawal`).expect(200)
  expect(await told(father)).toEqual([
    '张*语家长：学校已登记您同意孩子参加3月4日活动，如有误请点 http://localhost:3000/c/…',
    '张*语家长：学校已登记您不同意孩子参加3月4日活动，如有误请点 http://localhost:3000/c/…',
  ])
})

test('where the father gets no messages the mother answers, and her yes lifts no no of his', async () => {
  const { id, answer, said } = await aPupil({ fatherOut: true })
  await answer('accepted').expect(200)
  const items = async () =>
    (await office().get(`/api/persons/${id}/guardian-consents`)).body.items.map(
      // biome-ignore lint/suspicious/noExplicitAny: a view of the API
      ({ guardianName, says }: any) => `${guardianName} ${says}`,
    )
  expect(await items()).toEqual(['李* yes'])
  await said('张建国', 'no')
  await app.settled()
  const again = await answer('accepted')
  expect([again.status, again.body.code]).toEqual([409, 'consent.refused_by_other'])
  expect(await items()).toEqual(['李* yes', '张*国 no'])
})

test('whose word an answer is follows the number the link went to, not who is written to since: nobody lifts a no by it', async () => {
  const { id, answer, answered, said } = await aPupil()
  const { body } = await office().get(`/api/persons/${id}`)
  const [father] = body.contacts as { id: string }[]
  // The link went to the father. Now the mother is written to; she has said no, and he presses yes.
  await office().patch(`/api/contacts/${father!.id}`).send({ optedOut: true }).expect(204)
  await said('李梅', 'no')
  await app.settled()
  const first = await answer('accepted')
  expect([first.status, first.body.code, await answered()]).toEqual([
    409,
    'consent.refused_by_other',
    'declined',
  ])
})
