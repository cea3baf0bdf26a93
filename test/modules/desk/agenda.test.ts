import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { anEvent, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

test('an empty installation says what comes first, and what of it is done', async () => {
  await using app = await startApp()
  const stepsFor = async (who: ReturnType<typeof app.as>) =>
    (await who.get('/api/first-steps').expect(200)).body
  const office = app.as(await app.signIn({ role: 'city_office' }))
  const all = ['units', 'people', 'zones', 'colleagues', 'event']
  const { steps, complete } = await stepsFor(office)
  expect(steps.map(({ step }: { step: string }) => step)).toEqual(all)
  expect([complete, steps.at(-1).done]).toEqual([false, false])
  const doneNow = async () =>
    (await stepsFor(office)).steps
      .filter(({ done }: { done: boolean }) => done)
      .map(({ step }: { step: string }) => step)
  const before = await doneNow()
  expect(before).not.toContain('zones')
  const { id: unitId } = await aUnit(app.db)
  const { id: teamId } = await aTeam(app.db, { unitId })
  await aPerson(app, { teamId })
  const city = await aZone(app.db, { kind: 'district', code: '210504', districtCode: '210504' })
  await aZone(app.db, { parent: city })
  await app.signIn({ role: 'viewer' })
  expect(await doneNow()).toEqual(['units', 'people', 'zones', 'colleagues'])
  await anEvent(app)
  expect(await stepsFor(office)).toMatchObject({ complete: true })
  // Whoever can do none of it is told of none.
  expect(await stepsFor(app.as(await app.signIn({ role: 'viewer' })))).toEqual({ steps: [], complete: true })
})

test('the agenda says what is on today, what waits for the reader, and what waits for others', async () => {
  await using app = await startApp()
  const unit = await aUnit(app.db)
  const office = app.as('city_office')
  const liaison = app.as(await app.signIn({ role: 'unit_administrator', unitId: unit.id }))
  expect((await office.get('/api/agenda').expect(200)).body).toEqual({
    ...{ today: [], waiting: [], others: [], events: 0 },
  })
  const event = await anEvent(app)
  const { id: shiftId } = await aShift(app, { eventId: event.id, min: 2, target: 3, max: 4 })
  await office
    .put(`/api/events/${event.id}/quotas`)
    .send({ quotas: [{ unitId: unit.id, asked: 5 }] })
    .expect(200)
  const saysTo = async (asking: typeof office, part: 'waiting' | 'others') => {
    const { body } = await asking.get('/api/agenda').expect(200)
    return body[part].map(({ step, because, count }: Record<string, unknown>) => [step, because, count])
  }
  // The unit is asked, the office waits for it.
  expect(await saysTo(liaison, 'waiting')).toEqual([['quotas', 'units_unanswered', 1]])
  expect(await saysTo(office, 'others')).toEqual([['quotas', 'units_unanswered', 1]])

  const team = await aTeam(app.db, { unitId: unit.id })
  const person = await aPerson(app, { teamId: team.id })
  await anAssignment(app, { shiftId, personId: person.id })
  // What cannot wait stands first.
  expect(await saysTo(office, 'waiting')).toEqual([
    ['board', 'below_min', 1],
    ['about', 'ready_to_publish', null],
  ])
  await publish(app, event.id)
  expect((await office.get('/api/agenda')).body.today).toEqual([])
  app.clock.set(app.clock.now().plus({ days: 12 }))
  const { body } = await office.get('/api/agenda').expect(200)
  expect(body.today).toMatchObject([
    { event: { id: event.id, startsAt: onTheDay('00:00') }, shifts: 1, taken: 1, belowMin: 1, over: false },
  ])
  // Over, and nobody froze the figures; once they are frozen nothing is left to do.
  await app.advance({ days: 1 })
  expect(await saysTo(office, 'waiting')).toEqual([['report', 'not_frozen', null]])
  await office.post(`/api/events/${event.id}/report-snapshots`).send({}).expect(201)
  expect((await office.get('/api/agenda')).body).toMatchObject({ waiting: [], events: 0 })
})
