import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkTemplate } from '#modules/messaging/check-template.ts'
import { createLogProvider } from '#modules/messaging/providers/log.ts'
import { templates } from '#modules/messaging/schema.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aContact, aKind, aMessage, toNobody } from '#test/support/factories/messaging.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ unused: true })
  app.messaging.kinds.registerKind('notice', aKind())
})
afterAll(() => app[Symbol.asyncDispose]())

const url = '/api/message-templates/notice/sms'
const good = { signature: '志愿本溪', body: { zh: '{names}请看 {link}', en: '{names}: {link}' } }

describe('a template', () => {
  test('is read with its variables, and measured with its longest words', async () => {
    const reply = await app.as('city_office').get(url).expect(200)
    expect(reply.headers.etag).toBe('"v0"')
    expect(reply.body).toMatchObject({
      own: false,
      version: 0,
      signature: '集结',
      check: { usable: true, problems: [] },
    })
    expect(reply.body.check.zh).toEqual({
      text: '【集结】张*三您好 https://muster.example/c/0123456789AB',
      characters: 47,
      segments: 1,
      segmentsMax: 1,
    })
  })

  test('that was saved is what people get from then on, until it is dropped', async () => {
    const office = app.as('city_office')
    const saved = await office.put(url).set('If-Match', '"v0"').send(good).expect(200)
    expect([saved.headers.etag, saved.body.own]).toEqual(['"v1"', true])
    const contactId = await aContact(app.context)
    const id = await aMessage(app.context, { contactId, subjects: toNobody('p:1') })
    await app.settled()
    expect(app.outbox().find(({ messageId }) => messageId === id).text).toBe(
      '【志愿本溪】p:1请看 https://muster.example/c/p:1',
    )
    const english = await aMessage(app.context, { contactId, subjects: toNobody('p:1'), locale: 'en' })
    await app.settled()
    expect(app.outbox().find(({ messageId }) => messageId === english).text).toBe(
      '【志愿本溪】p:1: https://muster.example/c/p:1',
    )
    const dropped = await office.delete(url).set('If-Match', '"v1"').expect(200)
    expect(dropped.body).toMatchObject({ own: false, signature: '集结' })
  })

  test('is changed only by who has seen what it says now', async () => {
    const office = app.as('city_office')
    await office.put(url).send(good).expect(428)
    await office.put(url).set('If-Match', '"v0"').send(good).expect(200)
    await office.put(url).set('If-Match', '"v0"').send(good).expect(412)
    await office.put(url).set('If-Match', '"v1"').send(good).expect(200)
    await office.delete(url).set('If-Match', '"v1"').expect(412)
    await office.delete(url).set('If-Match', '"v2"').expect(200)
  })

  test('that nobody could carry is refused with everything that is wrong', async () => {
    const bad = { body: { zh: '【集结】{names}你好{nobody} }', en: `${'x'.repeat(1990)} {link}` } }
    const reply = await app.as('city_office').put(url).set('If-Match', '"v0"').send(bad)
    expect([reply.status, reply.body.code]).toEqual([422, 'template.unusable'])
    const problems = reply.body.details.problems.map(({ problem, where, what }: Record<string, string>) => [
      problem,
      where,
      what,
    ])
    expect(problems).toEqual([
      ['variable_unknown', 'body.zh', 'nobody'],
      ['brace_unmatched', 'body.zh', null],
      ['required_variable_missing', 'body.en', 'names'],
      ['signature_in_text', 'body.zh', null],
      ['too_long', 'body.en', '31'],
    ])
  })

  test('is checked without being saved', async () => {
    const reply = await app.as('city_office').post(`${url}/checks`).send(good).expect(200)
    expect(reply.body.usable).toBe(true)
    expect((await app.as('city_office').get(url)).body.own).toBe(false)
  })

  test('serves everybody, so an office of one district does not change it', async () => {
    const district = app.as(await app.signIn({ role: 'district_office', districtCode: '210502' }))
    await district.put(url).set('If-Match', '"v0"').send(good).expect(403)
    await app.as('viewer').get(url).expect(403)
    await app.request.get(url).expect(401)
  })

  test('of a kind nobody knows is not found; unknown keys are refused', async () => {
    await app.as('city_office').get('/api/message-templates/nothing/sms').expect(404)
    await app.as('city_office').get('/api/message-templates/notice/pigeon').expect(400)
    await app
      .as('city_office')
      .put(url)
      .set('If-Match', '"v0"')
      .send({ ...good, more: 1 })
      .expect(400)
  })

  test('every kind of the service comes with words that can be carried as they are', async () => {
    const { body } = await app.as('city_office').get('/api/message-templates').expect(200)
    const kinds = new Set(body.items.map(({ kind }: { kind: string }) => kind))
    expect([...kinds].sort()).toEqual([
      'account.activation',
      'account.handed_over',
      'account.login_code',
      'account.officer_change',
      'account.phone_changed',
      'account.phone_code',
      'account.roles_together',
      'appeal_decided',
      'cancellation',
      'change',
      'correction',
      'event_cancellation',
      'guardian_cancellation',
      'guardian_change',
      'guardian_consent_entered',
      'guardian_event_cancellation',
      'guardian_invitation',
      'guardian_reminder',
      'guardian_removal',
      'in_charge',
      'in_charge_cancelled',
      'in_charge_moved',
      'in_charge_replaced',
      'invitation',
      'late_entry_asked',
      'late_entry_decided',
      'minors.alarm',
      'minors.emergency',
      'notice',
      'ranking_drafted',
      'reminder',
      'removal',
      'task_digest',
      'unit_asked',
      'unit_changed',
      'unit_event_cancellation',
      'unit_reminded',
      'wrong_number',
    ])
    const unusable = body.items.filter((item: { check: { usable: boolean } }) => !item.check.usable)
    expect(unusable).toEqual([])
  })
})

test('a template names variables of its kind and nothing of the machine beneath', async () => {
  const body = { zh: '{names}{constructor}{__proto__}', en: '{names}' }
  const reply = await app.as('city_office').post(`${url}/checks`).send({ body }).expect(200)
  const problems = reply.body.problems.map(({ problem, what }: Record<string, string>) => [problem, what])
  expect(problems).toEqual([
    ['variable_unknown', 'constructor'],
    ['brace_unmatched', null],
  ])
})

describe('what a provider cannot carry', () => {
  const { capabilities } = createLogProvider({ file: '/nowhere', clock: { now: () => app.clock.now() } })
  const template = { signature: '集结', subject: null, body: good.body, filedAs: null }
  const problemsWith = (more: Partial<typeof capabilities>, body = good.body) =>
    checkTemplate({ ...template, body }, 'sms', aKind(), { ...capabilities, ...more }).problems.map(
      ({ problem, where, what }) => [problem, where, what],
    )

  test('links in variables, where only fixed words may hold one', () => {
    expect(problemsWith({ links: 'fixed' })).toEqual([
      ['link_not_allowed', 'body.zh', 'link'],
      ['link_not_allowed', 'body.en', 'link'],
    ])
  })

  test('any link, where none is allowed', () => {
    const fixed = { zh: '{names}请访问 muster.example.cn/c', en: '{names}, see https://muster.example.cn/c' }
    expect(problemsWith({ links: 'fixed' }, fixed)).toEqual([])
    expect(problemsWith({ links: 'nowhere' }, fixed)).toEqual([
      ['link_not_allowed', 'body.zh', 'muster.example.cn'],
      ['link_not_allowed', 'body.en', 'https://'],
    ])
  })

  test('a text message without a signature, or one that is too long', () => {
    const check = checkTemplate({ ...template, signature: null }, 'sms', aKind(), {
      ...capabilities,
      segmentsMax: 1,
    })
    expect(check.problems.map(({ problem }) => problem)).toEqual(['signature_missing'])
    const long = { zh: `{names}${'长'.repeat(70)}`, en: '{names}' }
    expect(problemsWith({ segmentsMax: 1 }, long)).toEqual([['too_long', 'body.zh', '2']])
  })

  test('a mail without a subject', () => {
    expect(
      checkTemplate(template, 'email', aKind(), capabilities).problems.map(({ problem }) => problem),
    ).toEqual(['subject_missing', 'subject_missing'])
  })
})

test('words that were saved before their kind had to say more are shown to the office as lacking it, and not sent', async () => {
  const office = app.as('city_office')
  const at = app.clock.now()
  const row = {
    kind: 'notice',
    channel: 'sms' as const,
    signature: '志愿本溪',
    bodyZh: '您好',
    bodyEn: 'Hello',
  }
  await app.db.transaction((tx) =>
    tx.insert(templates).values({ id: newId(), ...row, createdAt: at, changedAt: at }),
  )
  const { body } = await office.get(url).expect(200)
  expect([body.own, body.body.zh, body.check.usable]).toEqual([true, '您好', false])
  expect(body.check.problems[0]).toMatchObject({ problem: 'required_variable_missing', what: 'names' })
  const id = await aMessage(app.context, {
    contactId: await aContact(app.context),
    subjects: toNobody('p:1'),
  })
  await app.settled()
  expect(app.outbox().find(({ messageId }) => messageId === id).text).toBe(
    '【志愿本溪】p:1您好 https://muster.example/c/p:1',
  )
  await office.delete(url).set('If-Match', '"v1"').expect(200)
})
