import { expect, test } from 'vitest'
import { deliverBatch } from '#modules/messaging/deliver.ts'
import { queueMessages } from '#modules/messaging/index.ts'
import { startApp } from '#test/support/app.ts'
import { aKind, noticesToMany } from '#test/support/factories/messaging.ts'
import { answeredDuring } from '#test/support/loop.ts'
import { statesOf } from '#test/support/outbox.ts'

/** A fifth of the reference day: `npm run bench:loop` sends all of it. */
const everybody = 3_000

test(`${everybody} messages are written, sent once each, and accounted for, while others are answered`, async () => {
  await using app = await startApp({ worker: false, unused: true })
  const { context, db, messaging } = app
  messaging.kinds.registerKind('notice', aKind())
  const { phones, requests } = await noticesToMany(context, everybody)

  const { answered } = await answeredDuring(app, async () => {
    await db.transaction((tx) => queueMessages(tx, requests, app.clock.now()))
    while (await deliverBatch({ ...context, messaging }));
  })

  expect(await statesOf(db)).toEqual({ sent: everybody })
  const lines = app.outbox()
  expect(lines).toHaveLength(everybody)
  expect(new Set(lines.map(({ to }) => to))).toEqual(new Set(phones))
  expect(answered).toBeGreaterThan(20)
})
