/** What the service holds about somebody, behind their own link. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aDay, aVolunteer, type Day } from '#test/support/factories/attendance.ts'
import { aConsent, aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
let day: Day
beforeAll(async () => {
  app = await startApp({ at: '2026-03-04T13:00:00+08:00', worker: false })
  day = await aDay(app)
})
afterAll(() => app[Symbol.asyncDispose]())

const dataOf = async (token: string) => (await app.request.get(`/api/c/${token}/data`).expect(200)).body
const pageOf = (token: string, language = 'zh') =>
  app.request.get(`/c/${token}/data?lang=${language}`).set('accept', 'text/html')

async function aCadre() {
  const { id: unitId } = await aUnit(app.db, { name: '市住建局' })
  const { id: teamId } = await aTeam(app.db, { unitId, name: '市住建局志愿服务队' })
  return aVolunteer(app, day, { name: '张小三', phone: '15400001234', teamId })
}

test('a volunteer reads which list they stand on, what is held and who opened it; no value is shown', async () => {
  const { token, personId } = await aCadre()
  await app.as('city_office').post(`/api/persons/${personId}/revelations`).expect(200)
  expect(await dataOf(token)).toEqual({
    person: {
      maskedName: '张*三',
      held: {
        sex: false,
        birthYear: true,
        birthDateOrResidence: true,
        identityNumber: false,
        serviceCategory: false,
        skills: 0,
      },
    },
    contacts: [{ kind: 'phone', masked: '154****1234', relation: 'own' }],
    listedBy: [{ unit: '市住建局', team: '市住建局志愿服务队', role: 'member' }],
    consents: [],
    accesses: [
      {
        at: expect.any(String),
        what: 'person.revealed',
        text: { zh: '查看完整信息', en: 'Full data shown' },
      },
    ],
  })
  const page = await pageOf(token)
  expect(page.status).toBe(200)
  for (const text of [
    '市住建局 市住建局志愿服务队、队员',
    '154****1234、本人',
    '查看完整信息',
    '/correction?lang=zh',
  ])
    expect(page.text).toContain(text)
  expect(page.text).not.toMatch(/张小三|15400001234|1985/)
  expect(Buffer.byteLength(page.text)).toBeLessThanOrEqual(15 * 1024)
  expect((await pageOf(token, 'en')).text).toContain('What is held about you')
  expect((await app.request.get(`/c/${token}?lang=zh`).set('accept', 'text/html')).text).toContain(
    `/c/${token}/data?lang=zh`,
  )
})

test('that another unit lists the same human is not told, byte for byte', async () => {
  const cadre = await aCadre()
  const before = await dataOf(cadre.token)
  const { id: other } = await aPerson(app, {
    name: '张小三',
    phone: '15400001234',
    teamId: (await aTeam(app.db)).id,
  })
  await app.as('city_office').put(`/api/persons/${other}/other-records/${cadre.personId}`)
  expect(await dataOf(cadre.token)).toEqual(before)
})

test('a parent reads the statements that stand; the school and the class are not named to whoever holds the link', async () => {
  const { id: unitId } = await aUnit(app.db, { kind: 'school', name: '实验小学' })
  const { id: classId } = await aTeam(app.db, { unitId, kind: 'class', name: '三年级一班' })
  const contacts = [{ kind: 'phone' as const, value: '15400004321', relation: 'guardian' as const }]
  const { id: personId } = await aPerson(app, {
    name: '王小语',
    birthDate: '2016-05-01',
    contacts,
    memberships: [{ teamId: classId, role: 'pupil' }],
  })
  const adult = await aCadre()
  await app.db.transaction(async (tx) => {
    const { assignments, participations } = await import('#modules/mobilization/schema.ts')
    const { eq } = await import('drizzle-orm')
    await tx.update(participations).set({ personId }).where(eq(participations.id, adult.participationId))
    await tx.update(assignments).set({ personId, minor: true }).where(eq(assignments.id, adult.assignmentId))
  })
  await aConsent(app, { personId, says: 'yes', scope: '学雷锋' })
  const data = await dataOf(adult.token)
  expect([data.listedBy, data.consents.length]).toEqual([[{ unit: null, team: null, role: 'pupil' }], 1])
  const page = await pageOf(adult.token)
  expect(page.text).toContain('学校、学生')
  expect(page.text).not.toMatch(/实验小学|三年级|王小语|15400004321/)
})

test('a link that is revoked or unknown tells nothing', async () => {
  const { token } = await aCadre()
  await app.request.delete(`/api/c/${token}`).expect(204)
  expect((await app.request.get(`/api/c/${token}/data`)).status).toBe(410)
  expect((await app.request.get('/api/c/000000000000/data')).status).toBe(404)
})
