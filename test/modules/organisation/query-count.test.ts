import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { selectsOf } from '#test/support/counting.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

test('lists take the same number of queries for one row and for three, for every role', async () => {
  await using app = await startApp({ worker: false })
  const unit = await aUnit(app.db, { districtCode: '210502' })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const phone = aPhone()
  const fill = async () => {
    const team = await aTeam(app.db, { unitId: unit.id })
    const child = await aUnit(app.db, { parentId: unit.id })
    await aTeam(app.db, { unitId: child.id })
    for (const name of ['王伟', '李静']) {
      await aPerson(app, { name, phone, teamId: team.id, skills: ['英语', '手语'] })
    }
  }
  const urls = [
    '/api/units',
    '/api/teams',
    '/api/persons',
    '/api/persons?search=wang',
    '/api/person-duplicates',
    '/api/person-duplicates?because=unit',
  ]
  const measure = async () => {
    const counts: number[] = []
    for (const url of urls) {
      for (const who of ['city_office', admin] as const) {
        counts.push(await selectsOf(app, () => app.as(who).get(url)))
      }
    }
    return counts
  }
  await fill()
  await fill()
  const few = await measure()
  await fill()
  await fill()
  expect(await measure()).toEqual(few)
  expect(Math.min(...few)).toBeGreaterThan(0)
})
