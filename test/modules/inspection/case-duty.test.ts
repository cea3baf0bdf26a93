/** 现在谁在岗: which teams are where a case is, as far as whoever owes it may know. */
import { expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aDay, aVolunteer } from '#test/support/factories/attendance.ts'
import { aResponsibility } from '#test/support/factories/grid.ts'
import { anInspectedCity, anUpload, aScheme } from '#test/support/factories/inspection.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp({ at: '2026-03-04T13:35:00+08:00', worker: false })

test('whoever owes a case reads of teams out of reach those of ten and more, and no classes; the district reads all', async () => {
  const city = await anInspectedCity(app)
  const scheme = await aScheme(app, city, [{ code: 'GG-01', pointClass: 'common', photo: 'never' }])
  const day = await aDay(app)
  const keeper = await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
  await aResponsibility(app.db, { zoneId: day.zoneId, unitId: keeper.id })
  const far = await aUnit(app.db, { districtCode: '210504' })
  const sizes = [
    [await aTeam(app.db, { name: '甲队', unitId: far.id }), 11],
    [await aTeam(app.db, { name: '乙队', unitId: far.id }), 3],
    [await aTeam(app.db, { name: '三年1班', kind: 'class', unitId: far.id }), 12],
    [await aTeam(app.db, { name: '房产局队', unitId: keeper.id }), 2],
  ] as const
  for (const [{ id: teamId }, people] of sizes)
    for (let n = 0; n < people; n++) await aVolunteer(app, day, { teamId })
  const roll = { operationId: newId(), entries: [], rest: 'present' }
  await app.as('city_office').put(`/api/shifts/${day.shiftId}/roll`).send(roll).expect(200)
  const failing = [{ standardId: scheme.standards['GG-01'], answer: 'not' }]
  const upload = anUpload(null, failing, { patrol: { schemeId: scheme.id, zoneId: day.zoneId } })
  const { body: brought } = await app.as(city.inspector).post('/api/visit-uploads').send(upload).expect(201)
  const read = async (who: SignedIn | 'city_office') => {
    const { body } = await app.as(who).get(`/api/cases/${brought.caseIds[0]}/duty`).expect(200)
    return body.shifts.flatMap(({ teams }: { teams: { name: string; present: number }[] }) =>
      teams.map(({ name, present }) => `${name} ${present}`).sort(),
    )
  }
  const all = ['三年1班 12', '乙队 3', '房产局队 2', '甲队 11'].sort()
  const some = ['房产局队 2', '甲队 11'].sort()
  expect(await read(await app.signIn({ role: 'unit_administrator', unitId: keeper.id }))).toEqual(some)
  expect(await read(await app.signIn({ role: 'district_office', districtCode: '210502' }))).toEqual(all)
  expect(await read(city.inspector)).toEqual(all)
  expect(await read('city_office')).toEqual(all)
  const support = await app.signIn({ role: 'task_officer', unitId: keeper.id })
  expect(await read(support)).toEqual(some)
})
