/** Who answers for a shift: an adult within the reach of whoever names them. */
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { persons } from '#modules/organisation/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay } from '#test/support/factories/events.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

const period = { startsAt: onTheDay('13:30'), endsAt: onTheDay('17:30') }
const demand = { work: '清理小广告', min: 0, target: 2, max: 2 }

/** An event and a zone of district 210502, its office, and somebody there and elsewhere. */
async function aDistrict(app: TestApp) {
  const unit = await aUnit(app.db, { districtCode: '210502' })
  const { id: eventId } = await anEvent(app, { organiserUnitId: unit.id })
  const { id: zoneId } = await aPlace(app.db, { districtCode: '210502' })
  const office = app.as(await app.signIn({ role: 'district_office', districtCode: '210502' }))
  const own = await aPerson(app, { teamId: (await aTeam(app.db, { unitId: unit.id })).id })
  const far = await aUnit(app.db, { districtCode: '210503' })
  const stranger = await aPerson(app, { teamId: (await aTeam(app.db, { unitId: far.id })).id })
  return { eventId, zoneId, office, own, stranger }
}

test('somebody out of reach is named neither with a new shift, nor a changed one, nor a batch', async () => {
  await using app = await startApp({ worker: false })
  const { eventId, zoneId, office, own, stranger } = await aDistrict(app)
  const shifts = `/api/events/${eventId}/shifts`
  const batches = `/api/events/${eventId}/shift-batches`
  const { id } = await aShift(app, { eventId, zoneId, inChargePersonId: own.id })
  for (const part of ['inChargePersonId', 'deputyPersonId']) {
    const naming = { [part]: stranger.id }
    const batch = { zoneIds: [zoneId], times: [period], template: { ...demand, ...naming } }
    const replies = [
      await office.post(shifts).send({ zoneId, ...period, ...demand, ...naming }),
      await office.patch(`/api/shifts/${id}`).set('if-match', '"v1"').send(naming),
      await office.post(`${batches}/preview`).send(batch),
      await office.post(batches).send(batch),
    ]
    expect(replies.map(({ status, body }) => [status, body.code])).toEqual(
      replies.map(() => [404, 'person.missing']),
    )
  }
  const naming = { inChargePersonId: own.id, deputyPersonId: own.id }
  await office
    .post(shifts)
    .send({ zoneId, ...period, ...demand, ...naming })
    .expect(201)
})

test('a person already in charge stays when another actor changes the shift', async () => {
  await using app = await startApp({ worker: false })
  const { eventId, zoneId, office, own, stranger } = await aDistrict(app)
  const shift = await aShift(app, { eventId, zoneId, inChargePersonId: stranger.id })
  const change = { inChargePersonId: stranger.id, deputyPersonId: own.id, tools: '铲刀' }
  const { body } = await office
    .patch(`/api/shifts/${shift.id}`)
    .set('if-match', '"v1"')
    .send(change)
    .expect(200)
  expect([body.inCharge.id, body.deputy.id]).toEqual([stranger.id, own.id])
})

test('a minor answers for no shift; an unknown age is one only of a pupil', async () => {
  await using app = await startApp({ worker: false })
  const { eventId, zoneId } = await aDistrict(app)
  const { id: teamId } = await aTeam(app.db)
  const born = (birthDate: string | undefined, role: 'pupil' | 'member') =>
    aPerson(app, { birthDate, memberships: [{ teamId, role }] })
  const naming = async (inChargePersonId: string) => {
    const body = { zoneId, ...period, ...demand, inChargePersonId }
    const reply = await app.as('city_office').post(`/api/events/${eventId}/shifts`).send(body)
    return [reply.status, reply.body.code]
  }
  const refused = [409, 'shift.minor_in_charge']
  expect(await naming((await born('2008-03-05', 'member')).id)).toEqual(refused)
  expect(await naming((await born(undefined, 'pupil')).id)).toEqual(refused)
  // On the day of the shift they are 18.
  expect(await naming((await born('2008-03-04', 'member')).id)).toEqual([201, undefined])
  expect(await naming((await born(undefined, 'member')).id)).toEqual([201, undefined])
})

test('whoever is in charge is named to those who reach them; others see that there is somebody', async () => {
  await using app = await startApp({ worker: false })
  const { eventId, zoneId, office, own, stranger } = await aDistrict(app)
  const { id } = await aShift(app, {
    ...{ eventId, zoneId, inChargePersonId: stranger.id, deputyPersonId: own.id },
  })
  const [far, near] = ['王建国', '赵敏']
  for (const [person, name] of [
    [stranger, far],
    [own, near],
  ] as const)
    await app.db.transaction((tx) => tx.update(persons).set({ name }).where(eq(persons.id, person.id)))
  const named = ({ inCharge, deputy }: Record<string, { name: string }>) => [inCharge?.name, deputy?.name]
  const seenBy = async (who: typeof office) => {
    const list = await who.get(`/api/events/${eventId}/shifts`)
    return [named((await who.get(`/api/shifts/${id}`)).body), named(list.body.items[0])]
  }
  expect(await seenBy(office)).toEqual([
    ['王*国', near],
    ['王*国', near],
  ])
  expect(await seenBy(app.as('city_office'))).toEqual([
    [far, near],
    [far, near],
  ])
  expect(await seenBy(app.as('viewer'))).toEqual([
    ['王*国', '赵*'],
    ['王*国', '赵*'],
  ])
  const changed = await office.patch(`/api/shifts/${id}`).set('if-match', '"v1"').send({ tools: '铲刀' })
  expect(named(changed.body)).toEqual(['王*国', near])
})
