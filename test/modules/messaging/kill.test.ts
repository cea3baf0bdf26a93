import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { claimDue } from '#modules/messaging/claim.ts'
import { deliverBatch } from '#modules/messaging/deliver.ts'
import { queueMessages } from '#modules/messaging/index.ts'
import { messages } from '#modules/messaging/schema.ts'
import { settleUnknown } from '#modules/messaging/settle-unknown.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aKind, someContacts } from '#test/support/factories/messaging.ts'
import { statesOf } from '#test/support/outbox.ts'
import { startFlags } from '#test/support/service.ts'

async function withMessages(count: number): Promise<TestApp> {
  const app = await startApp({ worker: false })
  app.context.messaging.kinds.registerKind('notice', aKind())
  const phones = Array.from({ length: count }, (_, at) => `154${70_000_000 + at}`)
  const contacts = await someContacts(app.context, phones)
  const requests = contacts.map((contactId, at) => {
    return {
      kind: 'notice',
      contactId,
      groupKey: 'event:1',
      subjects: [`p:${at}`],
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

async function settleAll(app: TestApp) {
  app.clock.advance({ minutes: 6 })
  await settleUnknown(app.context)
  while (await deliverBatch(app.context));
}

test('kill -9 in the middle of a mass sending loses nobody and repeats nobody', async () => {
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
}, 120_000)

test('messages that were handed over but not recorded are found by looking them up, the others are sent', async () => {
  await using app = await withMessages(100)
  const { context, db } = app
  const now = app.clock.now()
  const claim = {
    id: newId(),
    now,
    leaseUntil: now.plus({ minutes: 5 }),
    max: 100,
    carriers: { sms: 'log', email: 'log' } as const,
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
      text: id,
    }
  })
  await context.messaging.providers.sms.send(handedOver)
  await settleAll(app)
  expect(await statesOf(db)).toEqual({ sent: 100 })
  const told = app.outbox().map(({ messageId }) => messageId)
  expect([told.length, new Set(told).size]).toEqual([100, 100])
})

test('while this process is still sending, the end of the lease changes nothing', async () => {
  await using app = await withMessages(10)
  const now = app.clock.now()
  const claim = {
    id: newId(),
    now,
    leaseUntil: now.plus({ minutes: 5 }),
    max: 10,
    carriers: { sms: 'log', email: 'log' } as const,
  }
  await app.db.transaction((tx) => claimDue(tx, claim))
  app.context.messaging.underWay.add(claim.id)
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
