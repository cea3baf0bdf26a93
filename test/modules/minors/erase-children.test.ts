/** What is kept of children under 14 whose guardians did not say yes, and for how long. */
import { eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { importRows, imports } from '#modules/imports/schema.ts'
import { participations } from '#modules/mobilization/schema.ts'
import { contacts, personContacts, persons } from '#modules/organisation/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aConsent, aPerson, aPhone, aUnit, openedPersons } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing } from '#test/support/factories/spreadsheets.ts'

const guardian = () => [{ kind: 'phone' as const, value: aPhone(), relation: 'guardian' as const }]
const of = async (app: TestApp, id: string) => (await openedPersons(app)).find((each) => each.id === id)!
const numbersOf = (app: TestApp, id: string) =>
  app.db.read.select().from(personContacts).where(eq(personContacts.personId, id))
const to = (app: TestApp, moment: string) =>
  app.advance({ seconds: Math.ceil(instantFrom(moment).diff(app.clock.now(), 'seconds').seconds) })
const erase = async (app: TestApp) => {
  await app.db.transaction((tx) => enqueue(tx, 'minors.erase', {}))
  await app.settled()
}

test('names and numbers go ten days after the event, only of those under 14 without a yes', async () => {
  await using app = await startApp({ at: '2026-02-25T09:00:00+08:00' })
  const { classId, pupils, teachers } = await aSchool(app, { pupils: 3 })
  const [unasked, consented, refused] = pupils.map(({ id }) => id) as [string, string, string]
  const older = await aPerson(app, {
    memberships: [{ teamId: classId, role: 'pupil' }],
    birthDate: '2011-03-01',
  })
  const event = await anEvent(app, { endsAt: onTheDay('18:00') })
  const shift = await aShift(app, { eventId: event.id, minorsAllowed: true })
  await aConsent(app, { personId: consented })
  for (const { id } of [...teachers, ...pupils]) await anAssignment(app, { shiftId: shift.id, personId: id })
  await publish(app, event.id)
  await aConsent(app, { personId: refused, says: 'no' })
  // The event ends on 4 March at 18:00; it is 14 March, 17:59.
  await to(app, '2026-03-14T17:59:00+08:00')
  await erase(app)
  expect((await of(app, unasked)).name).toMatch(/^志愿者/)
  await to(app, '2026-03-14T18:00:00+08:00')
  await erase(app)
  expect(await of(app, unasked)).toMatchObject({
    name: '（已删除）',
    birthDate: null,
    erasedAt: expect.anything(),
  })
  expect(await numbersOf(app, unasked)).toEqual([])
  expect((await of(app, consented)).name).toMatch(/^志愿者/)
  expect(await numbersOf(app, consented)).toHaveLength(1)
  // A standing no needs somebody to be about; the number is not needed for it.
  expect(await of(app, refused)).toMatchObject({ name: expect.stringMatching(/^志愿者/), erasedAt: null })
  expect(await numbersOf(app, refused)).toEqual([])
  expect((await of(app, older.id)).name).toMatch(/^志愿者/)
})

test('what is erased is counted, audited and nowhere else: link, note, number, guardian', async () => {
  await using app = await startApp({ at: '2026-03-01T09:00:00+08:00' })
  const { classId, pupils, teachers } = await aSchool(app, { pupils: 1 })
  const id = pupils[0]!.id
  const event = await anEvent(app, { endsAt: onTheDay('18:00') })
  const shift = await aShift(app, { eventId: event.id, minorsAllowed: true })
  for (const each of [...teachers, ...pupils])
    await anAssignment(app, { shiftId: shift.id, personId: each.id })
  await publish(app, event.id)
  const contactId = (await numbersOf(app, id))[0]!.contactId
  const [before] = await app.db.read.select().from(contacts).where(eq(contacts.id, contactId))
  await to(app, '2026-03-14T18:00:00+08:00')
  await erase(app)
  await erase(app)
  const [after] = await app.db.read.select().from(contacts).where(eq(contacts.id, contactId))
  expect(after?.valueIndex).toBe(`erased:${contactId}`)
  expect(after?.value).not.toBe(before?.value)
  const [participation] = await app.db.read
    .select()
    .from(participations)
    .where(eq(participations.personId, id))
  expect(participation).toMatchObject({ note: null, linkRevokedBecause: 'erased' })
  const entries = await app.db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'person.erased'))
  expect(entries.map(({ subject, details }) => [subject, details])).toEqual([
    [`person:${id}`, '{"keep":"nothing","minor":true}'],
  ])
  expect(await app.context.metrics.metrics()).toContain('muster_children_erased_total 1')
  const listed = await app.as('city_office').get(`/api/persons?teamId=${classId}`).expect(200)
  expect(listed.body.items).toHaveLength(1)
  await app.as('city_office').get(`/api/persons/${id}`).expect(404)
  const messages = await app.as('city_office').get(`/api/messages?eventId=${event.id}`).expect(200)
  expect(messages.body.items.map(({ to }: { to: string }) => to)).toContain('****')
  const report = await app.as('city_office').get(`/api/events/${event.id}/report`).expect(200)
  expect(report.body.total.assigned).toBe(2)
})

test('what is beyond the roll goes after ten days; a merge, another class and a second list lengthen nothing', async () => {
  await using app = await startApp({ at: '2026-01-01T09:00:00+08:00' })
  const { classId } = await aSchool(app, { pupils: 0 })
  const { classId: other } = await aSchool(app, { pupils: 0 })
  const pupil = (more: object = {}) =>
    aPerson(app, {
      name: '张小语',
      birthDate: '2016-05-01',
      residence: '平山区永丰社区',
      contacts: guardian(),
      memberships: [{ teamId: classId, role: 'pupil' }],
      ...more,
    })
  const first = (await pupil()).id
  await movedTo(app, first, '2026-01-01')
  await to(app, '2026-01-11T09:00:00+08:00')
  await erase(app)
  expect(await of(app, first)).toMatchObject({ residence: null, birthDate: '2016-05-01', name: '张小语' })
  expect(await numbersOf(app, first)).toHaveLength(1)
  // A newer record of the same child, in another class, swallows the first.
  await to(app, '2026-02-20T09:00:00+08:00')
  const second = (await pupil({ memberships: [{ teamId: other, role: 'pupil' }] })).id
  await movedTo(app, second, '2026-02-20')
  await app.as('city_office').post('/api/person-merges').send({ keptId: second, mergedId: first }).expect(201)
  await to(app, '2026-03-02T08:59:00+08:00')
  await erase(app)
  expect((await of(app, second)).name).toBe('张小语')
  await to(app, '2026-03-02T09:00:00+08:00')
  await erase(app)
  const both = await app.db.read
    .select({ name: persons.name, residence: persons.particulars })
    .from(persons)
    .where(inArray(persons.id, [first, second]))
  expect(both).toEqual([
    { name: '（已删除）', residence: null },
    { name: '（已删除）', residence: null },
  ])
})

/** Factories record people at a fixed time. */
const movedTo = (app: TestApp, id: string, day: string) =>
  app.db.transaction((tx) =>
    tx
      .update(persons)
      .set({ createdAt: instantFrom(`${day}T09:00:00+08:00`) })
      .where(eq(persons.id, id))
      .returning({ id: persons.id }),
  )

test('the preview of a class list says how long; the list and its undo are gone after ten days', async () => {
  await using app = await startApp({ at: '2026-02-20T09:00:00+08:00' })
  await aUnit(app.db, { name: '实验小学', kind: 'school' })
  const rows = [
    ['实验小学“小手拉大手”活动师生名单'],
    ['班级', '姓名', '性别', '出生日期', '身份', '电话', '监护人', '监护人电话', '监护人同意'],
    ['三年级1班', '李敏老师', '女', '1985-05-05', '教师', '15400000005', null, null, null],
    ['三年级1班', '小明', '男', '2017-01-02', '学生', null, '大明', '15400000006', '是'],
    ['三年级1班', '小红', '女', '2017-03-04', '学生', null, '大红', '15400000007', null],
  ]
  const judged = await importing(app, [await aWorkbook(rows, '实验小学师生名单.xlsx')])
  const said = judged.remarks.filter(({ code }: { code: string }) => code === 'pupil.unconsented')
  expect(said).toMatchObject([{ rows: 1, text: expect.stringContaining('活动结束10天后删除姓名和号码') }])
  await committing(app, judged.id)
  await to(app, '2026-03-02T08:30:00+08:00')
  await app.db.transaction((tx) => enqueue(tx, 'imports.forget', {}))
  await app.settled()
  expect(await app.db.read.select().from(imports)).toHaveLength(1)
  await app.advance({ hours: 1 })
  await app.db.transaction((tx) => enqueue(tx, 'imports.forget', {}))
  await app.settled()
  expect(await app.db.read.select().from(imports)).toEqual([])
  expect(await app.db.read.select().from(importRows)).toEqual([])
})
