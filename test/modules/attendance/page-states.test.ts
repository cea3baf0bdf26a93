import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, shifts } from '#modules/events/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import { aDay, aVolunteer } from '#test/support/factories/attendance.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { attendanceOf, onTime, open, press } from './pressing.ts'

const app = sharedApp(onTime)

test('a late person is still recorded, and gets a friendly message', async () => {
  app.clock.set(instantFrom('2026-03-04T15:00:00+08:00'))
  const volunteer = await aVolunteer(app, await aDay(app))
  await press(app, volunteer, 'check-in')
  expect((await open(app, volunteer)).text).toMatch(/已签到15:00.*已记录到岗（晚于集合时间），辛苦了！/s)
})

test('after the end nobody checks in, and a person who did not check out is told who confirms the hours', async () => {
  const day = await aDay(app)
  const [came, stayed] = [await aVolunteer(app, day), await aVolunteer(app, day)]
  await press(app, came, 'check-in')
  await app.advance({ hours: 18 })
  expect((await open(app, came)).text).toContain('本班次已结束，服务时长由队长核定。')
  const page = (await open(app, stayed)).text
  expect(page).toContain('本班次已结束，不能再签到。')
  expect(page).not.toMatch(/\/(check-in|check-out|answer)\?/)
})

test('"不是本人" revokes the link at once, and says thank you', async () => {
  const volunteer = await aVolunteer(app, await aDay(app))
  const reply = await press(app, volunteer, 'not-me')
  expect([reply.status, reply.text.includes('感谢告知')]).toEqual([200, true])
  const dead = await open(app, volunteer)
  expect([dead.status, dead.text.includes('链接已失效')]).toEqual([410, true])
  const body = { operationId: newId(), assignmentId: volunteer.assignmentId }
  const late = await app.request
    .post(`/c/${volunteer.token}/check-in`)
    .type('form')
    .set('accept', 'text/html')
    .send(body)
  expect([late.status, late.text.includes('链接已失效')]).toEqual([410, true])
  expect(await attendanceOf(app, volunteer)).toBe(undefined)
})

test('an unknown link gives a page that says so and shows no data', async () => {
  for (const token of ['000000000000', 'x', '%E5%BC%A0', "'--"]) {
    const page = await open(app, { token })
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
  }
})

test.each([
  ['event', events, 'eventId', '活动已取消'],
  ['shift', shifts, 'shiftId', '已取消'],
] as const)('a cancelled %s is said, and there is nothing to press', async (_, table, id, said) => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  await app.db.transaction((tx) =>
    tx
      .update(table as typeof events)
      .set({ cancelledAt: app.clock.now() })
      .where(eq(table.id, day[id]))
      .returning(),
  )
  const page = (await open(app, volunteer)).text
  expect(page).toContain(said)
  expect(page).not.toMatch(/\/(check-in|answer)\?/)
  const body = { operationId: newId(), assignmentId: volunteer.assignmentId }
  const refused = await app.request.post(`/c/${volunteer.token}/check-in`).type('form').send(body)
  expect(refused.status).toBe(409)
  expect(refused.text).toContain(said)
})

test('names and tasks that look like markup stay text', async () => {
  const day = await aDay(app, {
    shift: { work: '<img src=x onerror=alert(1)>', meetingPoint: '"><script>1</script>' },
  })
  const page = (await open(app, await aVolunteer(app, day))).text
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(page).not.toMatch(/<img|<script>1/)
})
