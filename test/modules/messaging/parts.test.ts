/** What a text message costs: no default text takes more billed parts than its kind declares. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { segmentsOf } from '#modules/messaging/segments.ts'
import { filled, signed } from '#modules/messaging/template-text.ts'
import { startApp, type TestApp } from '#test/support/app.ts'

/** As long as `https://zyfw.benxi.gov.cn`, which a service on a clock of its own must not have. */
const address = 'http://zyfws.benxi.gov.cn'
const signature = '本溪文明办'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ worker: false, env: { PUBLIC_URL: address } })
})
afterAll(() => app[Symbol.asyncDispose]())

type Pick = 'sample' | 'longest'

/** The billed parts of a kind's text in Chinese: with links, and for a provider that forbids them. */
function partsOf(name: string, pick: Pick) {
  const kind = app.messaging.kinds.get(name)!
  const values = Object.fromEntries(
    Object.entries(kind.variables).map(([key, each]) => [key, each[pick] ?? each.sample]),
  )
  const { body, withoutLinks = body } = kind.words.sms
  return [body, withoutLinks].map(({ zh }) => {
    const text = signed(filled(zh, values), signature)
    return { text, parts: segmentsOf(text, 'china') }
  })
}

test('every text message, filled with the longest names of the city, takes the parts its kind declares', () => {
  const names = app.messaging.kinds.names()
  const measured = names.map((name) => {
    const most = Math.max(...partsOf(name, 'longest').map(({ parts }) => parts))
    return `${name} ${most}`
  })
  const declared = names.map((name) => `${name} ${app.messaging.kinds.get(name)!.smsParts}`)
  expect(measured).toEqual(declared)
})

test('activation, codes and what units are asked take one part, however long the names', () => {
  const one = app.messaging.kinds.names().filter((name) => app.messaging.kinds.get(name)!.smsParts === 1)
  expect(one).toEqual([
    'account.activation',
    'account.handed_over',
    'account.login_code',
    'account.officer_change',
    'account.phone_changed',
    'account.phone_code',
    'account.roles_together',
    'appeal_decided',
    'correction',
    'in_charge',
    'in_charge_cancelled',
    'in_charge_moved',
    'in_charge_replaced',
    'minors.alarm',
    'minors.emergency',
    'ranking_drafted',
    'task_digest',
    'unit_asked',
    'unit_changed',
    'unit_event_cancellation',
    'unit_reminded',
  ])
})

test('an invitation and a reminder take one part with ordinary names, under a short address', () => {
  const short = (text: string) =>
    text.replace(address, 'https://bxzy.cn').replace(new URL(address).host, 'bxzy.cn')
  for (const name of ['invitation', 'reminder'])
    for (const { text } of partsOf(name, 'sample')) expect(segmentsOf(short(text), 'china'), text).toBe(1)
})

test('no variable of free text is measured by a short sample alone', () => {
  const free = /^(team|unit|event|where|what|who|name|people|by)$/
  const unmeasured = app.messaging.kinds.names().flatMap((name) =>
    Object.entries(app.messaging.kinds.get(name)!.variables)
      .filter(([key, { longest }]) => free.test(key) && !longest)
      .map(([key]) => `${name} ${key}`),
  )
  expect(unmeasured).toEqual([])
})

test('every kind says who reads it when it is sent, or is for the holder of an account or of an answer', () => {
  const { kinds } = app.messaging
  const read = kinds.names().filter((name) => kinds.get(name)!.readersOf)
  expect(read).toEqual([
    'account.roles_together',
    'appeal_decided',
    'cancellation',
    'change',
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
  // At the number of an account, which whoever changes it is told of by itself; what became of a correction holds no link.
  const toHolders = kinds.names().filter((name) => !kinds.get(name)!.readersOf)
  expect(toHolders).toEqual([
    'account.activation',
    'account.handed_over',
    'account.login_code',
    'account.officer_change',
    'account.phone_changed',
    'account.phone_code',
    'correction',
  ])
})
