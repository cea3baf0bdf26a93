import { describe, expect, test } from 'vitest'
import { type MessageRequest, queueMessages } from '#modules/messaging/index.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aContact, aKind, toNobody } from '#test/support/factories/messaging.ts'
import { nobody } from '#test/support/factories/organisation.ts'
import { statesOf } from '#test/support/outbox.ts'

async function startWithKind(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp({ ...options, unused: true })
  app.messaging.kinds.registerKind('notice', aKind())
  return app
}

function about(contactId: string, subjects: string[], more: Partial<MessageRequest> = {}): MessageRequest {
  return {
    kind: 'notice',
    contactId,
    groupKey: 'event:1',
    subjects: toNobody(...subjects),
    generation: 1,
    eventId: null,
    lane: 'change',
    ...more,
  }
}

const queue = (app: TestApp, requests: MessageRequest[]) =>
  app.db.transaction((tx) => queueMessages(tx, requests, app.clock.now()))

describe('the outbox', () => {
  test('one number gets one message naming all its people', async () => {
    await using app = await startWithKind()
    const shared = await aContact(app.context)
    const queued = await queue(app, [about(shared, ['p:1']), about(shared, ['p:2']), about(shared, ['p:1'])])
    await app.settled()
    expect(queued).toEqual({ queued: 1, repeated: 0 })
    expect(app.outbox().map(({ values }) => values.names)).toEqual(['p:1、p:2'])
  })

  test('asking again for the same people writes nothing, before and after it was sent', async () => {
    await using app = await startWithKind()
    const contact = await aContact(app.context)
    await queue(app, [about(contact, ['p:1'])])
    expect(await queue(app, [about(contact, ['p:1'])])).toEqual({ queued: 0, repeated: 1 })
    await app.settled()
    expect(await queue(app, [about(contact, ['p:1'])])).toEqual({ queued: 0, repeated: 1 })
    await app.settled()
    expect(await statesOf(app.db)).toEqual({ sent: 1 })
  })

  test('somebody who joins a number before it was written to is named in the same message', async () => {
    await using app = await startWithKind({ worker: false })
    const contact = await aContact(app.context)
    await queue(app, [about(contact, ['p:1'])])
    expect(await queue(app, [about(contact, ['p:1', 'p:2'])])).toEqual({ queued: 0, repeated: 0 })
    expect(await app.db.read.select({ subject: messageSubjects.subject }).from(messageSubjects)).toHaveLength(
      2,
    )
    expect(await app.db.read.select().from(messages)).toHaveLength(1)
  })

  test('a subject added after sending gets its own message, and no subject is named twice', async () => {
    await using app = await startWithKind()
    const contact = await aContact(app.context)
    await queue(app, [about(contact, ['p:1'])])
    await app.settled()
    await queue(app, [about(contact, ['p:1', 'p:2'])])
    await app.settled()
    expect(app.outbox().map(({ values }) => values.names)).toEqual(['p:1', 'p:2'])
  })

  test('a new generation sends to the same people again', async () => {
    await using app = await startWithKind()
    const contact = await aContact(app.context)
    await queue(app, [about(contact, ['p:1'])])
    await queue(app, [about(contact, ['p:1'], { generation: 2 })])
    await app.settled()
    expect(app.outbox()).toHaveLength(2)
  })

  test('a message that was cancelled told nobody, so asking again writes another', async () => {
    await using app = await startWithKind({ worker: false })
    const contact = await aContact(app.context)
    await queue(app, [about(contact, ['p:1'])])
    await app.db.transaction((tx) => tx.update(messages).set({ state: 'cancelled' }))
    expect(await queue(app, [about(contact, ['p:1'])])).toEqual({ queued: 1, repeated: 0 })
  })

  test('five that ask at once write one message', async () => {
    await using app = await startWithKind()
    const contact = await aContact(app.context)
    const all = await Promise.all(Array.from({ length: 5 }, () => queue(app, [about(contact, ['p:1'])])))
    await app.settled()
    expect(all.reduce((sum, { queued }) => sum + queued, 0)).toBe(1)
    expect(app.outbox()).toHaveLength(1)
  })

  test('what is rolled back is never sent', async () => {
    await using app = await startWithKind()
    const contact = await aContact(app.context)
    const failing = app.db.transaction(async (tx) => {
      await queueMessages(tx, [about(contact, ['p:1'])], app.clock.now())
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await app.settled()
    expect(await statesOf(app.db)).toEqual({})
  })

  test('a contact that does not exist and a message about nobody are refused', async () => {
    await using app = await startWithKind({ worker: false })
    await expect(queue(app, [about(nobody(), ['p:1'])])).rejects.toMatchObject({
      code: 'message.contact_missing',
    })
    await expect(queue(app, [about(nobody(), [])])).rejects.toMatchObject({ code: 'message.without_subject' })
  })

  test('neither text nor number is stored', async () => {
    await using app = await startWithKind()
    const contact = await aContact(app.context, '15400001234')
    await queue(app, [about(contact, ['p:1'])])
    await app.settled()
    expect(app.outbox()[0]).toMatchObject({
      to: '15400001234',
      text: '【集结】p:1您好 https://muster.example/c/p:1',
    })
    expect(JSON.stringify(await app.db.read.select().from(messages))).not.toMatch(/15400001234|您好/)
  })
})
