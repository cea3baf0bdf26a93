/** What a list of people is narrowed by, at the service: age, numbers, what guardians said; and how many there are. */
import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'

test('people are found by age, by what is wrong with their numbers and by what guardians said, and counted', async () => {
  await using app = await startApp()
  const office = app.as('city_office')
  const school = await aUnit(app.db, { name: '实验小学', kind: 'school' })
  const klass = await aTeam(app.db, { unitId: school.id, name: '三年1班', kind: 'class' })
  const made = async (name: string, more: object, role = 'member') =>
    (
      await office
        .post('/api/persons')
        .send({ name, memberships: [{ teamId: klass.id, role }], ...more })
        .expect(201)
    ).body
  const phone = (value: string, relation = 'own') => ({ contacts: [{ kind: 'phone', value, relation }] })
  const teacher = await made('孙老师', { birthDate: '1980-05-01', ...phone('13900000001') }, 'teacher')
  await made('钱未知', {})
  const pupil = await made('周小明', phone('13900000002', 'guardian'), 'pupil')
  const grown = await made(
    '吴小红',
    { birthDate: '2015-09-01', ...phone('13900000003', 'guardian') },
    'pupil',
  )
  const silent = await made('郑小亮', phone('13900000004', 'guardian'), 'pupil')
  const say = (id: string, says: string) =>
    office
      .post(`/api/persons/${id}/guardian-consents`)
      .send({ says, guardianName: '家长', via: 'paper', scope: '学雷锋活动' })
      .expect(201)
  await say(pupil.id, 'yes')
  await say(grown.id, 'no')
  const { body: marked } = await office
    .patch(`/api/contacts/${teacher.contacts[0].id}`)
    .send({ invalid: true })
  expect(marked).toBeDefined()

  const found = async (query: string) => {
    const { body } = await office.get(`/api/persons?${query}`).expect(200)
    const { body: counted } = await office.get(`/api/person-count?${query}`).expect(200)
    expect(counted).toEqual({ count: body.items.length, more: false })
    return body.items.map(({ name }: { name: string }) => name).sort()
  }
  const pupils = ['周小明', '吴小红', '郑小亮'].sort()
  expect(await found('age=adult')).toEqual(['孙老师'])
  expect(await found('age=minor')).toEqual(pupils)
  expect(await found('age=unknown')).toEqual(['钱未知'])
  expect(await found('number=missing')).toEqual(['钱未知'])
  expect(await found('number=invalid')).toEqual(['孙老师'])
  expect(await found('age=minor&consent=none')).toEqual(['郑小亮'])
  expect(await found('consent=yes')).toEqual(['周小明'])
  expect(await found('consent=no')).toEqual(['吴小红'])
  expect(await found(`teamId=${klass.id}&role=pupil&consent=none`)).toEqual([silent.name])
  // What is out of reach is neither listed nor counted.
  const other = await aUnit(app.db, { name: '市邮政局' })
  const elsewhere = await app.signIn({ role: 'unit_administrator', unitId: other.id })
  expect((await app.as(elsewhere).get('/api/person-count').expect(200)).body).toEqual({
    count: 0,
    more: false,
  })
  await office.get('/api/persons?age=old').expect(400)
})
