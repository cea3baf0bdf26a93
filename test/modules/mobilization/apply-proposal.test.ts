import { expect, test } from 'vitest'
import { applyProposal, type Proposal, participationByLink } from '#modules/mobilization/index.ts'
import type { TestApp } from '#test/support/app.ts'
import { startApp } from '#test/support/app.ts'
import { anEvent, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool, crowd } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam, nobody } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

type Wanted = Pick<Proposal, 'eventId'> & Partial<Proposal>

const apply = (app: TestApp, { assignments = [], allotments = [], ...rest }: Wanted) =>
  applyProposal(app.db, {
    assignments,
    allotments,
    by: 'system',
    at: app.clock.now(),
    keys: app.context.keys,
    ...rest,
  })

const takenOf = async (app: TestApp, shiftId: string) =>
  (await app.as('city_office').get(`/api/shifts/${shiftId}`)).body.taken

test('a proposal places people, and the next one replaces what it placed but not what a person decided', async () => {
  const { id: eventId } = await anEvent(app)
  const [here, there] = [await aShift(app, { eventId }), await aShift(app, { eventId })]
  const { teamId, people } = await crowd(app, 4)
  const [a, b, pinned, named] = people.map(({ id }) => id) as [string, string, string, string]
  const at = (personId: string, shift: { id: string }) => ({ personId, teamId, shiftId: shift.id })
  await anAssignment(app, { shiftId: here.id, personId: named })

  const first = await apply(app, { eventId, assignments: [at(a, here), at(b, here), at(pinned, here)] })
  expect(first).toMatchObject({ assigned: 3, kept: 0, takenBack: 0, refused: [] })
  await app
    .as('city_office')
    .put(`/api/shifts/${here.id}/assignments/${pinned}`)
    .send({ pinned: true })
    .expect(200)

  const second = await apply(app, { eventId, assignments: [at(a, there), at(pinned, there)] })
  const refused = [{ personId: pinned, shiftId: there.id, because: 'overlaps' }]
  expect(second).toMatchObject({ assigned: 1, takenBack: 2, refused })
  expect([await takenOf(app, here.id), await takenOf(app, there.id)]).toEqual([2, 1])
  const { body } = await app.as('city_office').get(`/api/shifts/${here.id}/assignments`)
  expect(body.items.map(({ person }: { person: { id: string } }) => person.id).sort()).toEqual(
    [pinned, named].sort(),
  )
  const { body: list } = await app.as('city_office').get(`/api/events/${eventId}/participations`)
  expect(list.items).toHaveLength(3)
})

test('what no longer holds is refused with its reason, and the rest is placed', async () => {
  const { id: eventId } = await anEvent(app)
  const tight = await aShift(app, { eventId, max: 1 })
  const closed = await aShift(app, { eventId })
  const elsewhere = await aShift(app)
  const morning = await aShift(app, { eventId, startsAt: onTheDay('08:00'), endsAt: onTheDay('10:00') })
  await app
    .as('city_office')
    .put(`/api/shifts/${closed.id}/cancellation`)
    .send({ reason: '下雨' })
    .expect(200)
  const { teamId, people } = await crowd(app, 4)
  const [a, b, busy, c] = people.map(({ id }) => id) as [string, string, string, string]
  await anAssignment(app, { shiftId: elsewhere.id, personId: busy })
  const school = await aSchool(app, { teachers: 0, pupils: 1 })
  const pupil = { personId: school.pupils[0]!.id, teamId: school.classId, shiftId: tight.id }
  const gone = nobody()
  const at = (personId: string, shift: { id: string }) => ({ personId, teamId, shiftId: shift.id })

  const applied = await apply(app, {
    eventId,
    assignments: [
      at(a, tight),
      at(b, tight),
      at(busy, tight),
      at(c, closed),
      at(b, morning),
      at(gone, morning),
      pupil,
    ],
  })
  expect(applied).toMatchObject({ assigned: 2, gone: [gone] })
  expect(applied.refused).toEqual([
    { personId: b, shiftId: tight.id, because: 'full' },
    { personId: busy, shiftId: tight.id, because: 'overlaps' },
    { personId: c, shiftId: closed.id, because: 'closed' },
    { personId: pupil.personId, shiftId: tight.id, because: 'minor' },
  ])
  expect(await takenOf(app, tight.id)).toBe(1)
})

test('two proposals that are applied at once leave no shift above its max and nobody in two places', async () => {
  const { teamId, people } = await crowd(app, 6)
  const one = await aShift(app, { max: 4 })
  const two = await aShift(app, { max: 4 })
  const place = (shift: { id: string; eventId: string }) =>
    apply(app, {
      eventId: shift.eventId,
      assignments: people.map(({ id }) => ({ personId: id, teamId, shiftId: shift.id })),
    })
  const [first, second] = await Promise.all([place(one), place(two)])
  expect(first.assigned + second.assigned).toBe(6)
  expect([await takenOf(app, one.id), await takenOf(app, two.id)]).toEqual([first.assigned, second.assigned])
  expect(Math.max(first.assigned, second.assigned)).toBe(4)
})

test('heads of teams are held, replaced by the next proposal, and kept once somebody is named', async () => {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, max: 20 })
  const [one, two, three] = [await crowd(app, 1), await aTeam(app.db), await aTeam(app.db)]
  const heads = (teamId: string, count: number) => ({ teamId, shiftId: shift.id, heads: count, minors: 0 })
  const first = await apply(app, {
    eventId,
    allotments: [heads(one.teamId, 8), heads(two.id, 8), heads(three.id, 8)],
  })
  expect(first).toMatchObject({ allotted: 2, refusedAllotments: [{ teamId: three.id, because: 'full' }] })
  await anAssignment(app, { shiftId: shift.id, personId: one.people[0]!.id })
  expect(await takenOf(app, shift.id)).toBe(16)
  const second = await apply(app, { eventId, allotments: [heads(three.id, 5)] })
  expect(second.allotted).toBe(1)
  expect(await takenOf(app, shift.id)).toBe(13)
})

test('after the publication a proposal cancels what it takes back, invites whom it places and tells whom it moves once', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const [here, there] = [await aShift(app, { eventId }), await aShift(app, { eventId })]
  const { id: teamId } = await aTeam(app.db)
  const { id: personId } = await aPerson(app, { teamId, phone: aPhone() })
  await apply(app, { eventId, assignments: [{ personId, teamId, shiftId: here.id }] })
  await publish(app, eventId)
  const [invitation] = app.outbox()
  const [, token] = /\/c\/(\w+)/.exec(invitation.text) as RegExpExecArray

  const { id: late } = await aPerson(app, { teamId, phone: aPhone() })
  const both = [personId, late].map((id) => ({ personId: id, teamId, shiftId: there.id }))
  await apply(app, { eventId, assignments: both })
  await app.settled()
  // Once whoever is new, and once more whoever had been told of another place.
  const told = () => app.outbox().filter(({ kind }) => kind === 'invitation')
  expect(told()).toHaveLength(3)
  expect(told().filter(({ text }) => text.includes(token as string))).toHaveLength(2)
  await apply(app, { eventId, assignments: both })
  await app.settled()
  expect(told()).toHaveLength(3)
  const linked = await participationByLink(app.db.read, app.context.keys, token as string)
  expect(linked?.assignments.map(({ shift }) => shift.id)).toEqual([there.id])
  const { body } = await app.as('city_office').get(`/api/shifts/${here.id}/assignments?cancelled=true`)
  expect(body.items).toMatchObject([{ cancelReason: 'replanned' }])
})

test('a proposal for a part of the event leaves the rest alone', async () => {
  const { id: eventId } = await anEvent(app)
  const [mine, theirs] = [await aShift(app, { eventId }), await aShift(app, { eventId })]
  const { teamId, people } = await crowd(app, 2)
  const [a, b] = people.map(({ id }) => id) as [string, string]
  const both = [
    { personId: a, teamId, shiftId: mine.id },
    { personId: b, teamId, shiftId: theirs.id },
  ]
  await apply(app, { eventId, assignments: both })
  const applied = await apply(app, { eventId, shiftIds: [mine.id], assignments: [] })
  expect(applied.takenBack).toBe(1)
  expect([await takenOf(app, mine.id), await takenOf(app, theirs.id)]).toEqual([0, 1])
  // Whoever gets a place there leaves the one they had, but those of the same proposal.
  const early = await aShift(app, { eventId, startsAt: onTheDay('08:00'), endsAt: onTheDay('10:00') })
  const [here, before] = [mine.id, early.id].map((shiftId) => ({ personId: b, teamId, shiftId })) as [
    (typeof both)[0],
    (typeof both)[0],
  ]
  const moved = { eventId, shiftIds: [mine.id], assignments: [here] }
  expect(await apply(app, moved)).toMatchObject({ assigned: 1, takenBack: 1, refused: [] })
  expect([await takenOf(app, mine.id), await takenOf(app, theirs.id)]).toEqual([1, 0])
  await apply(app, { eventId, shiftIds: [early.id], assignments: [before], alsoKept: [here] })
  expect(await apply(app, { ...moved, alsoKept: [before] })).toMatchObject({ kept: 1, takenBack: 0 })
  expect(await apply(app, moved)).toMatchObject({ kept: 1, takenBack: 1 })
})
