import { count } from 'drizzle-orm'
import Type from 'typebox'
import { expect, test } from 'vitest'
import type { Database } from '#platform/database/port.ts'
import { createOnce, forgetAnswers, OnceKey } from '#platform/http/idempotency.ts'
import { idempotentAnswers } from '#platform/http/schema.ts'
import { Body } from '#platform/http/schemas.ts'
import { newId } from '#platform/ids.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { openTestDatabase } from '#test/support/database.ts'
import { smallServer } from './small-server.ts'

const at = instantFrom('2026-03-04T05:30:00Z')

/** A route that creates a row, and refuses those called `bad` after it was written. */
async function creating(db: Database) {
  const app = await smallServer()
  app.route({
    method: 'POST',
    url: '/api/things',
    config: { access: 'things.edit' },
    schema: { headers: OnceKey, body: Body({ name: Type.String(), size: Type.Optional(Type.Integer()) }) },
    handler: async (request, reply) => {
      const made = await createOnce(db, request, async (tx) => {
        const id = newId()
        const { name } = request.body
        await tx
          .insert(jobs)
          .values({ id, kind: name, params: {}, state: 'waiting', runAt: at, createdAt: at })
        if (name === 'bad') throw new Error('after the write')
        return { id, name }
      })
      return reply.status(201).send(made)
    },
  })
  return (payload: object, key?: string, who = 'things.edit') =>
    app.inject({
      method: 'POST',
      url: '/api/things',
      payload,
      headers: { authorization: who, ...(key ? { 'idempotency-key': key } : {}) },
    })
}

async function rowsIn(db: Database): Promise<number> {
  const [row] = await db.read.select({ rows: count() }).from(jobs)
  return row?.rows ?? 0
}

test('a request that is repeated with its key creates once and is answered the same', async () => {
  await using database = await openTestDatabase()
  const post = await creating(database.db)
  const first = await post({ name: 'a', size: 1 }, 'key-00000001')
  const again = await post({ size: 1, name: 'a' }, 'key-00000001')
  expect(first.statusCode).toBe(201)
  expect([again.statusCode, again.json()]).toEqual([201, first.json()])
  expect(await rowsIn(database.db)).toBe(1)
})

test('of many that arrive together one creates, and all are answered the same', async () => {
  await using database = await openTestDatabase()
  const post = await creating(database.db)
  const answers = await Promise.all(Array.from({ length: 8 }, () => post({ name: 'a' }, 'key-00000001')))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(201))
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  expect(await rowsIn(database.db)).toBe(1)
})

test('a key with another request is refused', async () => {
  await using database = await openTestDatabase()
  const post = await creating(database.db)
  await post({ name: 'a' }, 'key-00000001')
  const other = await post({ name: 'b' }, 'key-00000001')
  expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency.reused'])
  expect(await rowsIn(database.db)).toBe(1)
})

test('an answer is given again only under the roles it was given under, and is not readable where it is kept', async () => {
  await using database = await openTestDatabase()
  const post = await creating(database.db)
  const first = await post({ name: '金丝雀' }, 'key-00000001', 'things.edit alice leader')
  const again = await post({ name: '金丝雀' }, 'key-00000001', 'things.edit alice leader')
  const fallen = await post({ name: '金丝雀' }, 'key-00000001', 'things.edit alice member')
  expect([first.statusCode, again.body, fallen.statusCode, fallen.json().code]).toEqual([
    201,
    first.body,
    409,
    'idempotency.other_rights',
  ])
  expect(await rowsIn(database.db)).toBe(1)
  expect(JSON.stringify(await database.db.read.select().from(idempotentAnswers))).not.toContain('金丝雀')
})

test('what failed is not remembered: the same key may try again', async () => {
  await using database = await openTestDatabase()
  const post = await creating(database.db)
  expect((await post({ name: 'bad' }, 'key-00000001')).statusCode).toBe(500)
  expect(await rowsIn(database.db)).toBe(0)
  expect((await post({ name: 'good' }, 'key-00000001')).statusCode).toBe(201)
})

test('keys belong to whoever uses them, and without one everything is created', async () => {
  await using database = await openTestDatabase()
  const post = await creating(database.db)
  const mine = await post({ name: 'a' }, 'key-00000001', 'things.edit alice')
  const theirs = await post({ name: 'a' }, 'key-00000001', 'things.edit bob')
  expect(theirs.json().id).not.toBe(mine.json().id)
  await post({ name: 'a' })
  await post({ name: 'a' })
  expect(await rowsIn(database.db)).toBe(4)
})

test('a key that is too short or has spaces is refused', async () => {
  await using database = await openTestDatabase()
  const post = await creating(database.db)
  for (const key of ['short', 'with a space in it']) {
    expect((await post({ name: 'a' }, key)).json().code).toBe('idempotency.malformed')
  }
})

test('answers are forgotten after a day', async () => {
  await using database = await openTestDatabase()
  const { db } = database
  await db.transaction(async (tx) => {
    const row = { scope: 's', requestHash: 'h', rightsHash: 'r' }
    await tx.insert(idempotentAnswers).values([
      { ...row, id: newId(), key: 'old', createdAt: at.minus({ hours: 25 }) },
      { ...row, id: newId(), key: 'new', createdAt: at.minus({ hours: 23 }) },
    ])
    await forgetAnswers(tx, at)
  })
  expect(
    (await db.read.select({ key: idempotentAnswers.key }).from(idempotentAnswers)).map(({ key }) => key),
  ).toEqual(['new'])
})
