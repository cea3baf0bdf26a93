import { expect, test } from 'vitest'
import { deliverBatch } from '#modules/messaging/deliver.ts'
import { queueMessages } from '#modules/messaging/index.ts'
import { startApp } from '#test/support/app.ts'
import { aKind, someContacts } from '#test/support/factories/messaging.ts'
import { watchLoop } from '#test/support/loop.ts'
import { statesOf } from '#test/support/outbox.ts'

/** The reference day: one message for each of 11,302 volunteers and 3,229 teachers and pupils. */
const everybody = 14_531

test(`${everybody} messages are written, sent once each, and accounted for`, async () => {
  await using app = await startApp({ worker: false })
  const { context, db } = app
  context.messaging.kinds.registerKind('notice', aKind())
  const phones = Array.from({ length: everybody }, (_, at) => `154${String(90_000_000 + at)}`)
  const contacts = await someContacts(context, phones)
  const requests = contacts.map((contactId, at) => ({
    kind: 'notice',
    contactId,
    groupKey: 'event:1',
    subjects: [`participation:${at}`],
    generation: 1,
    eventId: null,
    lane: 'invitation' as const,
  }))

  const loop = watchLoop()
  await db.transaction((tx) => queueMessages(tx, requests, app.clock.now()))
  const queued = performance.now()
  while (await deliverBatch(context));
  const delivered = performance.now()
  const longestMs = loop.stop()

  expect(await statesOf(db)).toEqual({ sent: everybody })
  const lines = app.outbox()
  expect(lines).toHaveLength(everybody)
  expect(new Set(lines.map(({ to }) => to))).toEqual(new Set(phones))
  // Under a second on an idle machine; room for one that runs other tests beside it.
  expect(delivered - queued).toBeLessThan(20_000)
  expect(longestMs).toBeLessThan(100)
}, 120_000)
