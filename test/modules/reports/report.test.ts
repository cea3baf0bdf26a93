import { describe, expect, test } from 'vitest'
import { groupCounts, lateEntries } from '#modules/attendance/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom, isoOf } from '#platform/time.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { app, aReportedDay, bureau, day, office, report, school } from './report-ground.ts'

aReportedDay()

// biome-ignore lint/suspicious/noExplicitAny: figures by name
type Figures = Record<string, any>

const outcomes = ({ arrived, absent, unanswered, declined, excused, cancelled }: Figures) =>
  arrived + absent + unanswered + declined + excused + cancelled

describe('the report of a day', () => {
  test('counts every assignment once, and says what is people and what is attendances', async () => {
    const { body } = await report().expect(200)
    expect(body.total).toEqual({
      demanded: 25,
      asked: 42,
      pledged: 9,
      assigned: 10,
      people: 10,
      accepted: 7,
      arrived: 4,
      gradeA: 0,
      gradeB: 1,
      gradeC: 3,
      gradeD: 0,
      absent: 2,
      unanswered: 1,
      pending: 1,
      declined: 1,
      excused: 1,
      cancelled: 1,
      open: 0,
      early: 1,
      onTime: 2,
      late: 1,
      peoplePresent: 4,
      checkedOut: 3,
      minutes: 540,
      countedHeads: 28,
      countedAdults: 2,
      companions: 5,
    })
    expect(body).toMatchObject({ shifts: 2, zones: 2, partial: false })
  })

  test('the six outcomes add up to assigned in every line, and the lines of each breakdown to the total', async () => {
    const { body } = await report().expect(200)
    expect(outcomes(body.total)).toBe(body.total.assigned)
    for (const lines of Object.values<{ figures: Figures }[]>(body.breakdowns)) {
      for (const { figures } of lines) {
        expect(outcomes(figures)).toBe(figures.assigned)
        expect(figures.early + figures.onTime + figures.late).toBe(figures.arrived)
      }
      for (const figure of ['assigned', 'arrived', 'minutes', 'countedHeads', 'cancelled']) {
        expect(lines.reduce((sum, line) => sum + line.figures[figure], 0)).toBe(body.total[figure])
      }
    }
  })

  test('organisations and people: schools and classes separate, heads without names separate', async () => {
    const { body } = await report().expect(200)
    expect(body.participants).toEqual({
      units: 1,
      teams: 2,
      volunteers: 9,
      schools: 1,
      classes: 1,
      teachersAndPupils: 1,
      headsWithoutNames: 30,
      came: {
        units: 1,
        teams: 1,
        schools: 1,
        people: 4,
        schoolHeads: 28,
        zones: 2,
        shifts: 2,
        works: ['清扫', '清理小广告'],
      },
    })
  })

  test('by district, kind of zone, unit and parent line', async () => {
    const { body } = await report().expect(200)
    const assigned = (by: string) =>
      body.breakdowns[by].map(({ key, figures }: { key: string; figures: Figures }) => [
        key,
        figures.assigned,
      ])
    expect(assigned('district')).toEqual([
      ['210502', 9],
      ['210503', 1],
    ])
    expect(assigned('zoneKind')).toEqual([
      ['street', 9],
      ['park', 1],
    ])
    expect(assigned('unit')).toEqual([
      [bureau.id, 8],
      ['', 1],
      [school.id, 1],
    ])
    expect(assigned('parent')).toEqual([
      [office.id, 8],
      ['', 2],
    ])
    expect(body.breakdowns.zoneKind[1].name).toEqual({ zh: '公园', en: 'Park' })
  })

  test('a report with a cut-off ignores what happened later', async () => {
    const at = (time: string) =>
      report(`?cutOffAt=${encodeURIComponent(`2026-03-04T${time}+08:00`)}`).expect(200)
    const noon = (await at('12:00:00')).body
    expect(noon.total).toMatchObject({
      assigned: 10,
      arrived: 0,
      absent: 7,
      unanswered: 2,
      declined: 1,
      excused: 0,
      cancelled: 0,
      open: 9,
      countedHeads: 0,
    })
    const two = (await at('14:00:00')).body
    expect(two.total).toMatchObject({
      arrived: 3,
      late: 0,
      checkedOut: 0,
      minutes: 0,
      countedHeads: 28,
      unanswered: 2,
      open: 4,
    })
    const five = (await at('17:00:00')).body
    expect(five.total).toMatchObject({ arrived: 4, late: 1, checkedOut: 2, minutes: 300 })
    expect(five.cutOffAt).toBe('2026-03-04T09:00:00.000Z')
  })

  test('a group that was counted again counts once, and as it stood at a cut-off between the counts', async () => {
    const [last] = await app.db.read.select().from(groupCounts)
    const { countedAt, ...again } = last!
    const first = {
      present: 99,
      adults: 1,
      countedAt: countedAt.minus({ minutes: 10 }),
      supersededAt: countedAt,
    }
    await app.db.transaction((tx) =>
      tx.insert(groupCounts).values({ ...again, ...first, id: newId(), operationId: newId() }),
    )
    const headsAt = async (at: string) =>
      (await report(`?cutOffAt=${encodeURIComponent(at)}`)).body.total.countedHeads
    expect(await headsAt(isoOf(countedAt.minus({ minutes: 5 })))).toBe(99)
    expect(await headsAt(isoOf(countedAt.plus({ minutes: 5 })))).toBe(28)
  })

  test('a late entry waits from when it was asked until it was decided, and not before a cut-off that was earlier', async () => {
    const decide = (decidedAt: ReturnType<typeof instantFrom> | null) =>
      app.db.transaction((tx) => tx.update(lateEntries).set({ decidedAt }))
    const pendingAt = async (time: string) =>
      (await report(`?cutOffAt=${encodeURIComponent(`2026-03-04T${time}:00+08:00`)}`)).body.total.pending
    // Asked at 17:40.
    expect([await pendingAt('17:35'), await pendingAt('17:50')]).toEqual([0, 1])
    await decide(instantFrom('2026-03-04T17:55:00+08:00'))
    expect([await pendingAt('17:50'), await pendingAt('17:58')]).toEqual([1, 0])
    await decide(null)
  })

  test('a cut-off in the future is refused', async () => {
    const reply = await report('?cutOffAt=2026-03-05T00:00:00Z')
    expect([reply.status, reply.body.code]).toEqual([422, 'report.cut_off_ahead'])
  })

  test('assigned people who never got a message are counted', async () => {
    const { body } = await report().expect(200)
    expect(body.messages).toEqual({ written: 0, byState: {}, unreachable: 7 })
  })

  test('a reader responsible for a part sees that part, and no messages of others', async () => {
    const liaison = app.as(await app.signIn({ role: 'unit_administrator', unitId: school.id }))
    const { body } = await liaison.get(`/api/events/${day.eventId}/report`).expect(200)
    expect(body).toMatchObject({ partial: true, messages: null })
    expect(body.total).toMatchObject({
      assigned: 1,
      arrived: 1,
      minutes: 120,
      countedHeads: 28,
      asked: 30,
      demanded: null,
    })
    expect(body.breakdowns.unit.map(({ key }: { key: string }) => key)).toEqual([school.id])
    const stranger = app.as(
      await app.signIn({ role: 'unit_administrator', unitId: (await aUnit(app.db)).id }),
    )
    const none = await stranger.get(`/api/events/${day.eventId}/report`).expect(200)
    expect(none.body.total).toMatchObject({ assigned: 0, countedHeads: 0, asked: 0 })
    expect(none.body.breakdowns).toEqual({ district: [], zoneKind: [], unit: [], parent: [] })
  })

  test('an event that does not exist is not found', async () => {
    const reply = await app.as('city_office').get(`/api/events/${day.zoneId}/report`)
    expect([reply.status, reply.body.code]).toEqual([404, 'event.missing'])
  })
})
