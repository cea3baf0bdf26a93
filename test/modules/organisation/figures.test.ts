import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

test('a person on two lists is one volunteer, and schools are counted apart from units', async () => {
  await using app = await startApp()
  const school = await aUnit(app.db, { kind: 'school' })
  const one = await aTeam(app.db)
  const other = await aTeam(app.db, { statedHeads: 12 })
  const lesson = await aTeam(app.db, { unitId: school.id, kind: 'class', statedHeads: 30 })
  await aPerson(app, { memberships: [{ teamId: one.id }, { teamId: other.id }] })
  await aPerson(app, { teamId: other.id })
  await aPerson(app, { memberships: [{ teamId: lesson.id, role: 'pupil' }] })

  const { body } = await app.as('city_office').get('/api/organisation-figures').expect(200)
  expect(body).toEqual({
    units: 2,
    teams: 2,
    volunteers: 2,
    unnamedVolunteers: 10,
    schools: 1,
    classes: 1,
    teachersAndPupils: 1,
    unnamedTeachersAndPupils: 29,
    unitsByKind: { government: 2, school: 1 },
  })
})

test('a district office counts its own district', async () => {
  await using app = await startApp()
  const here = await aUnit(app.db, { districtCode: '210503' })
  const there = await aUnit(app.db, { districtCode: '210504' })
  await aPerson(app, { teamId: (await aTeam(app.db, { unitId: here.id })).id })
  await aPerson(app, { teamId: (await aTeam(app.db, { unitId: there.id })).id })

  const district = await app.signIn({ role: 'district_office', districtCode: '210503' })
  const { body } = await app.as(district).get('/api/organisation-figures').expect(200)
  expect(body).toMatchObject({ units: 1, teams: 1, volunteers: 1 })
})
