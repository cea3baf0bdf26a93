import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { anEvent, aShift, publish } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'

test('whoever was excused and is named into the shift again is asked again, each time', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId })
  const phone = aPhone()
  const { id: teamId } = await aTeam(app.db)
  const { id: personId } = await aPerson(app, { teamId, phone })
  const { id } = await anAssignment(app, { shiftId: shift.id, personId })
  await publish(app, eventId)
  const leader = app.as(await app.signIn({ role: 'team_leader', teamId }))
  const asked = () => app.outbox().filter((line) => line.to === phone && line.kind === 'invitation').length
  expect(asked()).toBe(1)
  for (const times of [2, 3]) {
    await app.advance({ hours: 1 })
    await leader.put(`/api/assignments/${id}/excusal`).expect(200)
    await app.advance({ minutes: 10 })
    await leader.put(`/api/shifts/${shift.id}/assignments/${personId}`).send({}).expect(200)
    await app.settled()
    await app.advance({ minutes: 6 })
    expect(asked()).toBe(times)
  }
  await app.advance({ hours: 2 })
  expect(asked()).toBe(3)
})
