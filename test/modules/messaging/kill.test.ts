import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { claimDue } from '#modules/messaging/claim.ts'
import { deliverBatch } from '#modules/messaging/deliver.ts'
import { handOverOf } from '#modules/messaging/hand-over.ts'
import { queueMessages } from '#modules/messaging/index.ts'
import { record } from '#modules/messaging/record.ts'
import { messages } from '#modules/messaging/schema.ts'
import { settleUnknown } from '#modules/messaging/settle-unknown.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aKind, someContacts, toNobody } from '#test/support/factories/messaging.ts'
import { statesOf } from '#test/support/outbox.ts'
import { startFlags } from '#test/support/service.ts'

const carriers = { sms: 'log', email: 'log' } as const

async function withMessages(count: number): Promise<TestApp> {
  const app = await startApp({ worker: false, unused: true })
  app.messaging.kinds.registerKind('notice', aKind())
  const phones = Array.from({ length: count }, (_, at) => `154${70_000_000 + at}`)
  const contacts = await someContacts(app.context, phones)
  const requests = contacts.map((contactId, at) => {
    return {
      kind: 'notice',
      contactId,
      groupKey: 'event:1',
      subjects: toNobody(`p:${at}`),
      generation: 1,
      eventId: null,
      lane: 'invitation' as const,
    }
  })
  await app.db.transaction((tx) => queueMessages(tx, requests, app.clock.now()))
  return app
}

/** Delivers in a process of its own and kills it with SIGKILL once it has written `lines` more lines. */
async function deliverUntilKilled(app: TestApp, lines: number): Promise<void> {
  const { config, clock } = app.context
  const before = sizeOf(config.messages.logFile)
  const child: ChildProcess = spawn(
    process.execPath,
    [...startFlags, 'test/modules/messaging/deliver-process.ts'],
    {
      env: {
        ...process.env,
        DATABASE_URL: config.databaseUrl,
        DATA_DIR: config.dataDir,
        CLOCK: 'simulated',
        CLOCK_START: clock.now().toISO() ?? '',
        LOG_LEVEL: 'silent',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const ended = once(child, 'exit')
  while (child.exitCode === null && sizeOf(config.messages.logFile) - before < lines * 200) await pause(1)
  child.kill('SIGKILL')
  await ended
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** The ids in lines that were written to their end; a kill may cut one short. */
function wholeLines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [(JSON.parse(line) as { messageId: string }).messageId]
      } catch {
        return []
      }
    })
}

async function settleAll({ clock, context, messaging }: TestApp) {
  clock.advance({ minutes: 6 })
  await settleUnknown({ ...context, messaging })
  while (await deliverBatch({ ...context, messaging }));
}

test('kill -9 during a large sending loses no message and repeats none', async () => {
  const count = 3_000
  await using app = await withMessages(count)
  for (let round = 0; round < 3; round++) {
    await deliverUntilKilled(app, 150 + round * 130)
    app.clock.advance({ minutes: 6 })
  }
  await settleAll(app)
  expect(await statesOf(app.db)).toEqual({ sent: count })
  const told = wholeLines(app.context.config.messages.logFile)
  expect(told).toHaveLength(count)
  expect(new Set(told).size).toBe(count)
})

test('messages that were handed over but not recorded are found by looking them up, the others are sent', async () => {
  await using app = await withMessages(100)
  const { db } = app
  const now = app.clock.now()
  const claim = {
    id: newId(),
    now,
    leaseUntil: now.plus({ minutes: 5 }),
    max: 100,
    carriers,
  }
  const claimed = await db.transaction((tx) => claimDue(tx, claim))
  const handedOver = claimed.slice(0, 40).map(({ id }) => {
    return {
      messageId: id,
      kind: 'notice',
      to: '15400000000',
      locale: 'zh' as const,
      template: { filedAs: null, values: {} },
      subject: null,
      unsubscribeUrl: null,
      text: id,
    }
  })
  await app.messaging.providers.sms.send(handedOver, handOverOf(app.context, claim.id, undefined))
  await settleAll(app)
  expect(await statesOf(db)).toEqual({ sent: 100 })
  const told = app.outbox().map(({ messageId }) => messageId)
  expect([told.length, new Set(told).size]).toEqual([100, 100])
})

test('what was claimed and never handed over waits again when the lease ends, and nothing of it is in doubt', async () => {
  await using app = await withMessages(20)
  const now = app.clock.now()
  const claim = { id: newId(), now, leaseUntil: now.plus({ minutes: 5 }), max: 20, carriers }
  const claimed = await app.db.transaction((tx) => claimDue(tx, claim))
  const begun = claimed.slice(0, 3).map(({ id }) => id)
  expect(await handOverOf(app.context, claim.id, undefined).begin(begun)).toEqual(new Set(begun))
  app.clock.advance({ minutes: 6 })
  // A provider that cannot be asked: the look-up settles nothing.
  const { lookup: _, ...mute } = app.messaging.providers.sms
  const messaging = { ...app.messaging, providers: { sms: mute, email: mute } }
  await settleUnknown({ ...app.context, messaging })
  expect(await statesOf(app.db)).toEqual({ unknown: 3, queued: 17 })
  const rows = await app.db.read.select().from(messages).where(eq(messages.state, 'queued'))
  expect(rows.every(({ attempts, claim }) => attempts === 0 && claim === null)).toBe(true)
})

test('nothing is handed over under a lease that has ended, or a claim that another has', async () => {
  await using app = await withMessages(10)
  const now = app.clock.now()
  const claim = { id: newId(), now, leaseUntil: now.plus({ minutes: 5 }), max: 10, carriers }
  const ids = (await app.db.transaction((tx) => claimDue(tx, claim))).map(({ id }) => id)
  expect(await handOverOf(app.context, newId(), undefined).begin(ids)).toEqual(new Set())
  app.clock.advance({ minutes: 5 })
  expect(await handOverOf(app.context, claim.id, undefined).begin(ids)).toEqual(new Set())
})

test('an outcome that comes when another has claimed the message is not written over it', async () => {
  await using app = await withMessages(2)
  const now = app.clock.now()
  const claim = { id: newId(), now, leaseUntil: now.plus({ minutes: 5 }), max: 2, carriers }
  const claimed = await app.db.transaction((tx) => claimDue(tx, claim))
  const [mine, other] = claimed.map(({ id }) => id) as [string, string]
  const taken = { claim: newId(), providerId: 'of the other' }
  await app.db.transaction((tx) => tx.update(messages).set(taken).where(eq(messages.id, other)))
  const outcome = { outcome: 'sent' as const, providerId: 'late' }
  const results = claimed.map((message) => ({ message, provider: 'log' as const, segments: 1, outcome }))
  await app.db.transaction((tx) => record(tx, { claim: claim.id, results, at: now, random: () => 0.5 }))
  const { id, state, providerId } = messages
  const after = await app.db.read.select({ id, state, providerId }).from(messages).orderBy(asc(id))
  expect(after).toEqual(
    [
      { id: mine, state: 'sent', providerId: 'late' },
      { id: other, state: 'sending', providerId: 'of the other' },
    ].sort((a, b) => (a.id < b.id ? -1 : 1)),
  )
})

test('a service that stops hands nothing more over, and what it had claimed waits again at once', async () => {
  await using app = await withMessages(50)
  const stopping = new AbortController()
  const sending = deliverBatch({ ...app.context, messaging: app.messaging }, stopping.signal)
  stopping.abort()
  await sending
  expect(await statesOf(app.db)).toEqual({ queued: 50 })
  expect(app.outbox()).toEqual([])
  await settleAll(app)
  expect(await statesOf(app.db)).toEqual({ sent: 50 })
})

test('while this process is still sending, the end of the lease changes nothing', async () => {
  await using app = await withMessages(10)
  const now = app.clock.now()
  const claim = {
    id: newId(),
    now,
    leaseUntil: now.plus({ minutes: 5 }),
    max: 10,
    carriers,
  }
  await app.db.transaction((tx) => claimDue(tx, claim))
  app.messaging.underWay.add(claim.id)
  await settleAll(app)
  expect(await statesOf(app.db)).toEqual({ sending: 10 })
  expect(app.outbox()).toEqual([])
})

test('a line that a crash cut short is not a message: it is sent again on a line of its own', async () => {
  await using app = await withMessages(1)
  const { logFile } = app.context.config.messages
  const [message] = await app.db.read.select().from(messages)
  writeFileSync(logFile, `{"messageId":"${message?.id}","to":"154`)
  await app.db.transaction((tx) => tx.update(messages).set({ state: 'unknown', claim: newId() }))
  await settleAll(app)
  expect(await statesOf(app.db)).toEqual({ sent: 1 })
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  expect(JSON.parse(lines[1] as string)).toMatchObject({ messageId: message?.id })
})
