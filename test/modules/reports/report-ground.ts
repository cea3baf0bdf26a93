/** A day with every outcome there is. */
import { afterAll, beforeAll } from 'vitest'
import { lateEntries } from '#modules/attendance/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import {
  aDay,
  aVolunteer,
  type Day,
  shiftEnd,
  shiftStart,
  type Volunteer,
} from '#test/support/factories/attendance.ts'
import { aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aGroup, anOutcome, aQuota, aShiftIn } from '#test/support/factories/reports.ts'

export let app: TestApp
export let day: Day
export let bureau: { id: string }
export let office: { id: string }
export let school: { id: string }
export let people: Record<string, Volunteer>

/** Before the tests of a file: what they stand on. */
export function aReportedDay(): void {
  /**
   * A small day with every outcome in it: two bureaus below one office, a school that gives some names and some heads,
   * somebody on two shifts.
   */
  beforeAll(async () => {
    app = await startApp({ at: '2026-03-01T09:00:00+08:00' })
    const { db } = app
    day = await aDay(app)
    office = await aUnit(db, { name: '市直机关工委' })
    bureau = await aUnit(db, { name: '住建局', parentId: office.id })
    school = await aUnit(db, { name: '实验小学', kind: 'school' })
    const team = await aTeam(db, { unitId: bureau.id })
    const pupils = await aTeam(db, { unitId: school.id, kind: 'class', name: '三年级一班' })
    const park = await aShiftIn(db, day.eventId)
    await aShiftIn(db, day.eventId, { cancelledAt: app.clock.now(), target: 100 })
    const volunteer = (name: string, more: object = {}) =>
      aVolunteer(app, day, { name, teamId: team.id, phone: aPhone(), ...more })
    const credited = { unitId: bureau.id }
    people = {
      early: await volunteer('早'),
      onTime: await volunteer('准'),
      late: await volunteer('晚', { answer: null }),
      absent: await volunteer('缺'),
      unanswered: await volunteer('未', { answer: null }),
      declined: await volunteer('婉', { answer: 'declined' }),
      excused: await volunteer('假'),
      cancelled: await volunteer('消'),
      replanned: await volunteer('换'),
      pupil: await volunteer('学', {
        teamId: pupils.id,
        memberships: [{ teamId: pupils.id, role: 'pupil' }],
      }),
      alone: await volunteer('独', { teamId: (await aTeam(db, { unitId: null })).id }),
    }
    const come = (who: string, arrived: object, set: object = credited) =>
      anOutcome(db, people[who]!.assignmentId, { ...set, arrived })
    await come('early', {
      checkInAt: shiftStart.minus({ minutes: 40 }),
      timing: 'early',
      checkOutAt: shiftEnd.minus({ hours: 1 }),
      minutes: 180,
    })
    await come('onTime', { grade: 'B', checkOutAt: shiftEnd, minutes: 240 })
    await come('late', { checkInAt: shiftStart.plus({ hours: 1 }), timing: 'late' })
    await come('pupil', { checkOutAt: shiftEnd.minus({ hours: 2 }), minutes: 120 }, { unitId: school.id })
    for (const who of ['absent', 'unanswered']) await anOutcome(db, people[who]!.assignmentId, credited)
    await anOutcome(db, people.declined!.assignmentId, { ...credited, freedAt: app.clock.now() })
    await anOutcome(db, people.excused!.assignmentId, {
      ...credited,
      excusedAt: shiftStart,
      freedAt: shiftStart,
    })
    await anOutcome(db, people.cancelled!.assignmentId, {
      ...credited,
      cancelledAt: shiftStart,
      freedAt: shiftStart,
      cancelReason: 'removed',
    })
    await anOutcome(db, people.replanned!.assignmentId, {
      ...credited,
      cancelledAt: shiftStart,
      freedAt: shiftStart,
      cancelReason: 'replanned',
    })
    await anOutcome(db, people.alone!.assignmentId, { shiftId: park })
    const counted = { present: 28, adults: 2, companions: 5 }
    await aGroup(db, { eventId: day.eventId, shiftId: park, teamId: pupils.id, heads: 30, counted })
    await aQuota(db, { eventId: day.eventId, unitId: bureau.id, asked: 12, pledged: 9 })
    await aQuota(db, { eventId: day.eventId, unitId: school.id, asked: 30, pledged: null })
    await db.transaction((tx) =>
      tx.insert(lateEntries).values({
        id: newId(),
        assignmentId: people.unanswered!.assignmentId,
        shiftId: day.shiftId,
        eventId: day.eventId,
        actId: 'act',
        origin: 'own',
        askedAt: instantFrom('2026-03-04T17:40:00+08:00'),
        arrivedAt: shiftStart,
        leftAt: shiftEnd,
        reason: '手机没电',
      }),
    )
    app.clock.set(instantFrom('2026-03-04T18:00:00+08:00'))
  })
  afterAll(() => app[Symbol.asyncDispose]())
}

export const report = (query = '') => app.as('city_office').get(`/api/events/${day.eventId}/report${query}`)
