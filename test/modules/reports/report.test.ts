import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groupCounts, lateEntries } from '#modules/attendance/schema.ts'
import { participations } from '#modules/mobilization/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom, isoOf } from '#platform/time.ts'
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

const seventeen = instantFrom('2026-03-04T17:00:00+08:00')
let app: TestApp
let day: Day
let bureau: { id: string }
let office: { id: string }
let school: { id: string }
let people: Record<string, Volunteer>

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
    pupil: await volunteer('学', { teamId: pupils.id, memberships: [{ teamId: pupils.id, role: 'pupil' }] }),
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

const report = (query = '') => app.as('city_office').get(`/api/events/${day.eventId}/report${query}`)

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

describe('given out', () => {
  test('as a workbook whose sheets are the breakdowns', async () => {
    const reply = await app
      .as('city_office')
      .get(`/api/events/${day.eventId}/report.xlsx`)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => done(null, Buffer.concat(chunks)))
      })
    expect(reply.status).toBe(200)
    expect(reply.headers['content-disposition']).toBe(
      `attachment; filename="report.xlsx"; filename*=UTF-8''${encodeURIComponent('学雷锋志愿服务日-统计表-20260304.xlsx')}`,
    )
    const files = unzipSync(reply.body as Buffer)
    const text = (part: string) => Buffer.from(files[part] as Uint8Array).toString('utf8')
    const workbook = text('xl/workbook.xml')
    expect([...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      '快报',
      '总表',
      '按区县',
      '按区域类型',
      '按单位',
      '按主管单位',
      '口径说明',
    ])
    expect(workbook).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="4">'按单位'!$1:$1</definedName>`,
    )
    for (const at of [1, 2, 3, 4, 5, 6, 7]) {
      expect(text(`xl/worksheets/sheet${at}.xml`)).toMatch(
        /<pageSetUpPr fitToPage="1"\/>.*<pageSetup [^>]*fitToWidth="1" fitToHeight="0"[^>]*orientation="landscape"/s,
      )
    }
    expect(text('xl/sharedStrings.xml')).toContain('【快报】3月4日下午')
  })

  test('as a bulletin that says who came, without hours during a shift', async () => {
    const get = async (language: string, at: string) => {
      const cutOffAt = encodeURIComponent(`2026-03-04T${at}+08:00`)
      const url = `/api/events/${day.eventId}/bulletin?language=${language}&cutOffAt=${cutOffAt}`
      return (await app.as('city_office').get(url).expect(200)).body.text
    }
    const came =
      '1家单位、1支志愿服务队和1所学校的志愿者、师生共4人到岗，另清点未实名师生28人，在2个网格2个岗位开展清扫、清理小广告服务'
    expect(await get('zh', '18:00:00')).toBe(
      [
        `【快报】3月4日下午，我市开展学雷锋志愿服务日活动。截至18时，${came}，累计9小时。`,
        '',
        '附：组织情况',
        '共安排10人次（10人），到岗4人次（4人），到岗率40.0%。',
        '到岗按核验方式：现场核验（A）0、队长点名（B）1、本人签到（C）3、补录（D）0人次；提前1、准时2、晚到1人次。',
        '缺席2、未答复1（其中待审核补录1）、不能参加1、请假1、取消1人次。',
        '另清点未实名28人（其中成人2人），随行5人，不计入人次和时长。',
        '发送消息0条：无。',
      ].join('\n'),
    )
    expect((await get('zh', '17:00:00')).split('\n')[0]).toBe(
      `【快报】3月4日下午，我市开展学雷锋志愿服务日活动。截至17时，${came}。`,
    )
    expect((await get('zh', '12:00:00')).split('\n')[0]).toBe(
      '【快报】3月4日下午，我市开展学雷锋志愿服务日活动。截至12时，暂无到岗记录。',
    )
    expect((await get('en', '18:00:00')).split('\n')[0]).toBe(
      'Bulletin. On 4 March, 学雷锋志愿服务日 took place. By 18:00, 4 people of 1 units, 1 teams, 1 schools had arrived, and 28 more were counted without names, at 2 shifts in 2 zones, 9 hours in all.',
    )
  })

  test('as a snapshot that never changes, with its cut-off and definitions', async () => {
    const city = app.as('city_office')
    const taken = await city
      .post(`/api/events/${day.eventId}/report-snapshots`)
      .set('Idempotency-Key', 'press-17-00')
      .send({ title: '17:00 快报', cutOffAt: seventeen.toISO() })
      .expect(201)
    expect(taken.body).toMatchObject({
      title: '17:00 快报',
      cutOffAt: '2026-03-04T09:00:00.000Z',
      total: { arrived: 4 },
    })
    expect(taken.body.report.definitions.arrived.meaning.zh).toMatch(/已签到/)
    await anOutcome(app.db, people.absent!.assignmentId, {
      arrived: { checkInAt: seventeen.minus({ minutes: 1 }), timing: 'late' },
    })
    const again = await city.get(`/api/report-snapshots/${taken.body.id}`).expect(200)
    expect(again.body).toEqual(taken.body)
    const repeated = await city
      .post(`/api/events/${day.eventId}/report-snapshots`)
      .set('Idempotency-Key', 'press-17-00')
      .send({ title: '17:00 快报', cutOffAt: seventeen.toISO() })
    expect(repeated.body.id).toBe(taken.body.id)
    const list = await city.get(`/api/events/${day.eventId}/report-snapshots`).expect(200)
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([taken.body.id])
    await city.get(`/api/report-snapshots/${taken.body.id}/report.xlsx`).expect(200)
  })

  test('snapshots hold the whole event, so a part of it neither takes nor reads one', async () => {
    const district = app.as(await app.signIn({ role: 'district_office', districtCode: '210503' }))
    const reply = await district.post(`/api/events/${day.eventId}/report-snapshots`).send({})
    expect([reply.status, reply.body.code]).toEqual([403, 'access.out_of_reach'])
    await district.get(`/api/events/${day.eventId}/report-snapshots`).expect(403)
  })
})

test('the report names no person', async () => {
  const { text } = await report().expect(200)
  const all = await app.db.read.select({ personId: participations.personId }).from(participations)
  for (const { personId } of all) expect(text).not.toContain(personId)
})
