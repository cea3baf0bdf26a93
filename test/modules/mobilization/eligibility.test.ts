import { expect, test } from 'vitest'
import {
  type Candidate,
  type Company,
  eligibilityOf,
  minorsTooMany,
  type Offer,
} from '#modules/mobilization/rules.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift } from '#test/support/factories/events.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aConsent, aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

const offer: Offer = { closed: false, minorsAllowed: true, minorsPerAdult: 10, left: 1, missing: [] }
const adult: Candidate = { minor: false, consent: 'none', schooled: false, skills: new Set() }
const pupil: Candidate = { ...adult, minor: true, schooled: true }
const alone: Company = { minors: 0, escorts: 0, split: false, ownTeachers: 0 }
const escorted: Company = { ...alone, escorts: 1, ownTeachers: 1 }

test.each([
  ['nothing in the way', {}, adult, alone, undefined, undefined],
  ['a shift that was called off', { closed: true }, adult, alone, undefined, 'closed'],
  ['no place left', { left: 0 }, adult, alone, undefined, 'full'],
  ['another shift at that time', {}, adult, alone, 'overlaps', 'overlaps'],
  ['another record of them elsewhere', {}, adult, alone, 'arranged_elsewhere', 'arranged_elsewhere'],
  ['one reason, not two: time before room', { left: 0 }, adult, alone, 'overlaps', 'overlaps'],
  [
    'the last place is kept for a skill',
    { missing: [{ skill: '急救', missing: 1 }] },
    adult,
    alone,
    undefined,
    'unskilled',
  ],
  [
    'room beyond the skill',
    { left: 2, missing: [{ skill: '急救', missing: 1 }] },
    adult,
    alone,
    undefined,
    undefined,
  ],
  ['a pupil where minors may not serve', { minorsAllowed: false }, pupil, escorted, undefined, 'minor'],
  ['a pupil with its teacher', {}, pupil, escorted, undefined, undefined],
  ['a pupil without a teacher', {}, pupil, alone, undefined, 'ratio'],
  ['the eleventh pupil of one teacher', {}, pupil, { ...escorted, minors: 10 }, undefined, 'ratio'],
  ['the tenth pupil of one teacher', {}, pupil, { ...escorted, minors: 9 }, undefined, undefined],
  [
    'a part of a class without its own teacher',
    {},
    pupil,
    { ...escorted, split: true, ownTeachers: 0 },
    undefined,
    'ratio',
  ],
  [
    'a guardian who took the consent back',
    {},
    { ...pupil, consent: 'refused' },
    escorted,
    undefined,
    'not_consented',
  ],
  [
    'a minor without school or consent',
    {},
    { ...pupil, schooled: false },
    escorted,
    undefined,
    'not_consented',
  ],
] as const)('%s', (_, change, candidate, company, busy, because) => {
  const judged = eligibilityOf({ ...offer, ...change } as Offer, candidate, { company, busy })
  expect(judged).toEqual(because ? { eligible: false, because } : { eligible: true })
})

test('somebody with the skill that is wanted takes the place kept for it', () => {
  const wanting = { ...offer, missing: [{ skill: '急救', missing: 1 }] }
  const nurse = { ...adult, skills: new Set(['急救']) }
  expect(eligibilityOf(wanting, nurse, { company: alone, busy: undefined })).toEqual({ eligible: true })
})

test('how many minors are too many', () => {
  expect([minorsTooMany(10, 1, 10), minorsTooMany(11, 1, 10), minorsTooMany(3, 0, 10)]).toEqual([0, 1, 3])
})

const refused = (because: string) => [409, `shift.${because}`, { eligible: false, because }]
const placed = [200, 'placed', { eligible: true }]

async function place(app: TestApp, shiftId: string, personId: string) {
  const { status, body } = await app
    .as('city_office')
    .put(`/api/shifts/${shiftId}/assignments/${personId}`)
    .send({})
  const asked = await app.as('city_office').get(`/api/shifts/${shiftId}/eligibility/${personId}`)
  return [status, body.code ?? 'placed', asked.body]
}

test('pupils go where minors may, with a teacher of their own school for every ten', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app, { minorsPerAdult: 2 })
  const park = await aShift(app, { eventId, minorsAllowed: true })
  const { id: roadId } = await aPlace(app.db, { minorsSuitable: false })
  const road = await aShift(app, { eventId, zoneId: roadId })
  const { teachers, pupils } = await aSchool(app, { pupils: 3 })
  const other = await aSchool(app, { pupils: 0 })
  expect(await place(app, road.id, pupils[0]!.id)).toEqual(refused('minor'))
  expect(await place(app, park.id, pupils[0]!.id)).toEqual(refused('ratio'))
  expect(await place(app, park.id, other.teachers[0]!.id)).toEqual(placed)
  expect(await place(app, park.id, pupils[0]!.id)).toEqual(refused('ratio'))
  expect(await place(app, park.id, teachers[0]!.id)).toEqual(placed)
  expect(await place(app, park.id, pupils[0]!.id)).toEqual(placed)
  expect(await place(app, park.id, pupils[1]!.id)).toEqual(placed)
  expect(await place(app, park.id, pupils[2]!.id)).toEqual(refused('ratio'))
})

test('a registered guardian on the same shift counts as an escort, and a consent that was withdrawn is final', async () => {
  await using app = await startApp()
  const shift = await aShift(app, { minorsAllowed: true })
  const { classId, pupils } = await aSchool(app, { teachers: 0, pupils: 0 })
  expect(pupils).toEqual([])
  const phone = aPhone()
  const contacts = [{ kind: 'phone' as const, value: phone, relation: 'guardian' as const }]
  const child = await aPerson(app, {
    birthDate: '2014-01-01',
    contacts,
    memberships: [{ teamId: classId, role: 'pupil' }],
  })
  const mother = await aPerson(app, { phone })
  expect(await place(app, shift.id, child.id)).toEqual(refused('ratio'))
  await anAssignment(app, { shiftId: shift.id, personId: mother.id })
  await aConsent(app, { personId: child.id, withdrawnAt: app.clock.now() })
  expect(await place(app, shift.id, child.id)).toEqual(refused('not_consented'))
  await aConsent(app, { personId: child.id, givenAt: app.clock.now().plus({ seconds: 1 }) })
  expect(await place(app, shift.id, child.id)).toEqual(placed)
})

test('somebody of unknown age is a minor in a school and a grown-up elsewhere', async () => {
  await using app = await startApp()
  const shift = await aShift(app)
  const { id: unitId } = await aUnit(app.db, { kind: 'school' })
  const { id: classId } = await aTeam(app.db, { unitId, kind: 'class' })
  const pupil = await aPerson(app, {
    birthDate: undefined,
    memberships: [{ teamId: classId, role: 'pupil' }],
  })
  const worker = await aPerson(app, { birthDate: undefined })
  expect(await place(app, shift.id, pupil.id)).toEqual(refused('minor'))
  expect(await place(app, shift.id, worker.id)).toEqual(placed)
})

test('the last places are kept for the skills a shift asks for', async () => {
  await using app = await startApp()
  const shift = await aShift(app, { max: 2, skills: [{ skill: '急救', min: 1 }] })
  const [first, second] = [await aPerson(app), await aPerson(app)]
  const nurse = await aPerson(app, { skills: ['急救'] })
  expect(await place(app, shift.id, first.id)).toEqual(placed)
  expect(await place(app, shift.id, second.id)).toEqual(refused('unskilled'))
  expect(await place(app, shift.id, nurse.id)).toEqual(placed)
})
