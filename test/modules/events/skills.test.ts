/** The shifts of an event ask for at most 31 different skills. */
import { expect, test } from 'vitest'
import { shiftSkills } from '#modules/events/schema.ts'
import { startApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay } from '#test/support/factories/events.ts'
import { aMobilization } from '#test/support/factories/planning.ts'

const skill = (n: number) => ({ skill: `技能${String(n).padStart(2, '0')}`, min: 1 })
const skills = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => skill(from + n))

test('the 32nd skill is refused by name: with a new shift, a changed one and a batch', async () => {
  await using app = await startApp({ worker: false })
  const { id: eventId } = await anEvent(app)
  await aShift(app, { eventId, skills: skills(0, 16) })
  const last = await aShift(app, { eventId, skills: skills(16, 31) })
  const office = app.as('city_office')
  const { id: zoneId } = await aPlace(app.db)
  const period = { startsAt: onTheDay('13:30'), endsAt: onTheDay('17:30') }
  const template = { work: '清理小广告', min: 0, target: 2, max: 2, skills: [skill(0), skill(31)] }
  const batch = { zoneIds: [zoneId], times: [period], template }
  const replies = [
    await office.post(`/api/events/${eventId}/shifts`).send({ zoneId, ...period, ...template }),
    await office
      .patch(`/api/shifts/${last.id}`)
      .set('if-match', '"v1"')
      .send({ skills: skills(16, 33) }),
    await office.post(`/api/events/${eventId}/shift-batches/preview`).send(batch),
    await office.post(`/api/events/${eventId}/shift-batches`).send(batch),
  ]
  expect(replies.map(({ status, body }) => [status, body.code, body.details])).toEqual([
    [409, 'event.too_many_skills', { skillsMax: 31, skills: ['技能31'] }],
    [409, 'event.too_many_skills', { skillsMax: 31, skills: ['技能31', '技能32'] }],
    [409, 'event.too_many_skills', { skillsMax: 31, skills: ['技能31'] }],
    [409, 'event.too_many_skills', { skillsMax: 31, skills: ['技能31'] }],
  ])
  // One that is no longer asked for makes room.
  const change = { skills: [...skills(16, 30), skill(31)] }
  await office.patch(`/api/shifts/${last.id}`).set('if-match', '"v1"').send(change).expect(200)
})

test('an event that asks for more from before is planned all the same', async () => {
  await using app = await startApp()
  const { eventId, shiftIds } = await aMobilization(
    app,
    [{ heads: 4, skills: ['技能00'] }],
    [
      { min: 1, target: 2, max: 4 },
      { min: 1, target: 2, max: 4 },
    ],
  )
  const rows = skills(0, 40).map((each, n) => ({ shiftId: shiftIds[n % 2]!, ...each }))
  await app.db.transaction((tx) => tx.insert(shiftSkills).values(rows))
  const office = app.as('city_office')
  const started = await office.post(`/api/events/${eventId}/plans`).send({}).expect(202)
  await app.settled()
  const { body } = await office.get(`/api/plans/${started.body.id}`).expect(200)
  expect(body).toMatchObject({ state: 'proposed', progress: 100 })
  await office.put(`/api/plans/${started.body.id}/application`).send({}).expect(200)
})
