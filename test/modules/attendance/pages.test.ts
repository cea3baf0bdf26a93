import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { assignments } from '#modules/mobilization/schema.ts'
import { newKeyEntry, readKeyFile, writeKeyFile } from '#platform/crypto/key-file.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import { aDay, aVolunteer } from '#test/support/factories/attendance.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { attendanceOf, onTime, open, press } from './pressing.ts'

const app = sharedApp(onTime)

const dayBefore = instantFrom('2026-03-03T10:00:00+08:00')

test('the page says whose link it is, where to be when, what to mind and whom to call, in Chinese', async () => {
  app.clock.set(dayBefore)
  const day = await aDay(app, { shift: { toolsBroughtBy: '区城管局', insurance: '团体意外险' } })
  const page = await open(app, await aVolunteer(app, day, { name: '张晓雪', answer: null }))
  expect(page.status).toBe(200)
  expect(page.headers['cache-control']).toBe('no-store')
  for (const said of [
    '学雷锋志愿服务日',
    '张*雪',
    '清理小广告',
    '3月4日（周三）13:30–17:30',
    '主办单位：',
    '，您好！以下是您的志愿服务岗位（仅限本人使用）。',
    '所需工具（由区城管局提供）',
    '团体意外险',
    'https://uri.amap.com/marker?position=123.7625%2C41.2918',
    '签到记录保存5年',
    '平山区站前街道',
    '站前广场东侧',
    '铲刀、水桶',
    '不要攀爬电线杆',
    '王主任',
    `href="tel:${day.inChargePhone}"`,
    '不是本人',
  ]) {
    expect(page.text).toContain(said)
  }
  expect(page.text).not.toContain('张晓雪')
})

test('the page exists in English, and is small enough for an old phone on a slow network', async () => {
  const volunteer = await aVolunteer(app, await aDay(app), { answer: null })
  const page = await open(app, volunteer, 'en-GB,en;q=0.9,zh;q=0.5')
  expect(page.text).toContain('Wed 4 March 13:30–17:30')
  expect(page.text).toContain('I will come')
  expect(page.text).toContain('<html lang="en">')
  for (const language of ['zh', 'en']) {
    expect(Buffer.byteLength((await open(app, volunteer, language)).text)).toBeLessThanOrEqual(15 * 1024)
  }
})

test('the page has no inline script and loads nothing from other hosts', async () => {
  const page = await open(app, await aVolunteer(app, await aDay(app)))
  expect(page.headers['content-security-policy']).toContain("script-src 'self'")
  expect(page.text).not.toMatch(/<script(?! src="\/c\/position\.js")|\son\w+=|(?<!href=")https?:\/\//)
  const script = await app.request.get('/c/position.js')
  expect([script.status, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
})

test('a GET of the page changes nothing, however often scanners and previews send it', async () => {
  const volunteer = await aVolunteer(app, await aDay(app), { answer: null })
  for (const method of ['get', 'head', 'get'] as const) await app.request[method](`/c/${volunteer.token}`)
  const [assignment] = await app.db.read
    .select()
    .from(assignments)
    .where(eq(assignments.id, volunteer.assignmentId))
  expect(assignment?.answer).toBe(null)
  expect(await attendanceOf(app, volunteer)).toBe(undefined)
  for (const path of ['answer', 'check-in', 'check-out', 'not-me']) {
    expect((await app.request.get(`/c/${volunteer.token}/${path}`)).status).toBe(405)
  }
})

test('a volunteer accepts, checks in and checks out with buttons alone', async () => {
  app.clock.set(dayBefore)
  const volunteer = await aVolunteer(app, await aDay(app), { answer: null })
  expect((await open(app, volunteer)).text).not.toContain('/check-in?')
  const accepted = await press(app, volunteer, 'answer', 'accepted')
  expect([accepted.status, accepted.headers.location]).toEqual([303, `/c/${volunteer.token}?lang=zh`])
  expect((await open(app, volunteer)).text).toContain('3月4日12:30起可在这里签到')
  await app.advance({ hours: 27, minutes: 25 })
  expect((await press(app, volunteer, 'check-in')).status).toBe(303)
  expect((await open(app, volunteer)).text).toMatch(/已签到13:25.*准时到岗/s)
  const button = '<button class="primary">'
  const early = (await open(app, volunteer)).text
  expect([early.includes(button), early.includes('现在离班次结束还有4小时5分钟，确定签退吗？')]).toEqual([
    false,
    true,
  ])
  await app.advance({ hours: 4 })
  expect((await press(app, volunteer, 'check-out')).status).toBe(303)
  expect((await open(app, volunteer)).text).toContain('撤销签退（10分钟内）')
  expect((await press(app, volunteer, 'undo-check-out')).status).toBe(303)
  expect((await press(app, volunteer, 'check-out')).status).toBe(303)
  expect((await open(app, volunteer)).text).toMatch(
    /已签退17:2\d.*本次服务时长3小时5\d分钟（以审核记录为准）/s,
  )
})

test('a form submitted twice has one effect', async () => {
  const volunteer = await aVolunteer(app, await aDay(app))
  const operationId = newId()
  const first = await press(app, volunteer, 'check-in', undefined, { operationId })
  expect(first.status).toBe(303)
  const before = await attendanceOf(app, volunteer)
  await app.advance({ minutes: 20 })
  const body = { operationId, assignmentId: volunteer.assignmentId }
  const again = await app.request.post(`/c/${volunteer.token}/check-in`).type('form').send(body)
  expect(again.status).toBe(303)
  expect(await attendanceOf(app, volunteer)).toEqual(before)
})

test('a phone that allows it sends its position as evidence', async () => {
  const volunteer = await aVolunteer(app, await aDay(app))
  const position = { latitude: '41.292', longitude: '123.762', accuracyM: '20' }
  expect((await press(app, volunteer, 'check-in', undefined, position)).status).toBe(303)
  expect(await attendanceOf(app, volunteer)).toMatchObject({ positionJudgement: 'inside', grade: 'A' })
})

test('a person who declines is thanked, is not asked why, and can still check in', async () => {
  app.clock.set(dayBefore)
  const volunteer = await aVolunteer(app, await aDay(app), { answer: null })
  expect((await press(app, volunteer, 'answer', 'declined')).status).toBe(303)
  const page = (await open(app, volunteer)).text
  expect(page).toContain('感谢告知')
  expect(page).not.toContain('<textarea')
  expect((await press(app, volunteer, 'answer', 'accepted')).status).toBe(303)
  expect((await open(app, volunteer)).text).toContain('您已确认参加')
})

test('a person who never answered can check in', async () => {
  const volunteer = await aVolunteer(app, await aDay(app), { answer: null })
  expect((await press(app, volunteer, 'check-in')).status).toBe(303)
  expect(await attendanceOf(app, volunteer)).toMatchObject({ via: 'link' })
})

test('each language leads to the other, and what was written in Chinese is marked as such in English', async () => {
  app.clock.set(dayBefore)
  const volunteer = await aVolunteer(app, await aDay(app))
  expect((await open(app, volunteer)).text).toContain(
    '<a href="?lang=en" hreflang="en" lang="en">English</a>',
  )
  const page = (await open(app, volunteer, 'en')).text
  expect(page).toContain('<a href="?lang=zh" hreflang="zh" lang="zh-CN">中文</a>')
  const said = page
    .replace(/<(\w+)[^>]* lang="zh-CN"[^>]*>[^<]*<\/\1>/g, '')
    .replace(/<header>.*?<\/header>|<title>.*?<\/title>|<[^>]*>/gs, '')
  expect(said.match(/.*\p{Script=Han}.*/gu)).toBe(null)
})

test('upcoming assignments go into a calendar file, without the personal link', async () => {
  app.clock.set(dayBefore)
  const volunteer = await aVolunteer(
    app,
    await aDay(app, { shift: { work: '清理小广告, 擦洗栏杆；'.repeat(4) } }),
  )
  const file = await app.request
    .get(`/c/${volunteer.token}/calendar.ics`)
    .buffer(true)
    .parse((reply, done) => {
      let text = ''
      reply.setEncoding('utf8')
      reply.on('data', (chunk: string) => {
        text += chunk
      })
      reply.on('end', () => done(null, text))
    })
  expect([file.status, file.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  const text = file.body as string
  const lines = text.split('\r\n')
  expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([])
  const whole = text.replaceAll('\r\n ', '')
  expect(whole).toContain('DTSTART:20260304T053000Z\r\nDTEND:20260304T093000Z\r\n')
  expect(whole).toContain(`UID:${volunteer.assignmentId}@`)
  expect(whole).toContain('清理小广告\\, 擦洗栏杆')
  expect(whole).not.toContain(volunteer.token)
  await press(app, volunteer, 'answer', 'declined')
  const none = await app.request.get(`/c/${volunteer.token}/calendar.ics`)
  expect(none.text).not.toContain('VEVENT')
})

test('the REST routes of a link show and do the same as the page', async () => {
  app.clock.set(dayBefore)
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day, { name: '张晓雪', answer: null })
  const view = await app.request.get(`/api/c/${volunteer.token}`)
  expect(view.status).toBe(200)
  expect(view.body).toMatchObject({
    person: { maskedName: '张*雪' },
    answer: 'unanswered',
    assignments: [
      { id: volunteer.assignmentId, work: '清理小广告', contact: { name: '王主任' }, attendance: null },
    ],
  })
  expect(JSON.stringify(view.body)).not.toContain('晓')
  const accepted = await app.request.put(`/api/c/${volunteer.token}/answer`).send({ answer: 'accepted' })
  expect(accepted.body).toMatchObject({ answer: 'accepted', assignments: [{ answer: 'accepted' }] })
  expect((await app.request.delete(`/api/c/${volunteer.token}`)).status).toBe(204)
  expect((await app.request.get(`/api/c/${volunteer.token}`)).body.code).toBe('link.revoked')
})

test('a personal link and an activation that were sent before the link key was rotated still open', async () => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const account = { login: 'kanban', name: '看板', grants: [{ role: 'viewer' }] }
  const { body: user } = await app.as('city_office').post('/api/users').send(account).expect(201)
  const { body } = await app
    .as('city_office')
    .post(`/api/users/${user.id}/activations`)
    .send({ deliver: 'list' })
    .expect(201)
  const token = body.link.split('/').at(-1)
  const { path } = app.context.keys
  const file = readKeyFile(path)
  const fresh = newKeyEntry(new Date('2026-03-04T05:00:00Z'))
  writeKeyFile(path, { ...file, links: { primary: fresh.id, keys: [fresh, ...file.links.keys] } })
  app.context.keys.reload()
  expect((await open(app, volunteer)).status).toBe(200)
  expect((await app.request.get(`/api/activations/${token}`)).status).toBe(200)
  expect((await open(app, await aVolunteer(app, day))).status).toBe(200)
})
