import { asc, desc } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DomainError } from '#platform/errors.ts'
import { after, cursorOf, pageOf, readCursor } from '#platform/http/page.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp } from '#test/support/app.ts'
import { openTestDatabase } from '#test/support/database.ts'

const at = instantFrom('2026-03-04T05:30:00Z')

test('a cursor holds what it was made of', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 3 }), (key) => {
      expect(readCursor(cursorOf(key), key.length)).toEqual(key)
    }),
  )
  expect(readCursor(cursorOf([at, 'id']), 2)).toEqual([at, 'id'])
})

test('whatever else is sent as a cursor is refused', () => {
  const hostile = [
    '',
    'x',
    '....',
    Buffer.from('[1]').toString('base64url'),
    Buffer.from('[null,{"at":"x"}]').toString('base64url'),
  ]
  for (const cursor of hostile) {
    expect(() => readCursor(cursor, 2)).toThrow(
      expect.objectContaining({ code: 'cursor.malformed' }) as DomainError,
    )
  }
})

test('a cursor of another list is refused before it reaches the database', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const office = app.as('city_office')
  const foreign = [
    ['/api/campaigns', [5, 'x']],
    ['/api/events', ['soon', 'x']],
    ['/api/units', [{ at: 1 }, 'x']],
  ] as const
  for (const [list, key] of foreign) {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url')
    const { status, body } = await office.get(list).query({ cursor })
    expect({ list, status, code: body.code }).toEqual({ list, status: 422, code: 'cursor.malformed' })
  }
})

test.each(['asc', 'desc'] as const)(
  'pages in %s order hold every row once, though sort keys repeat',
  async (direction) => {
    await using database = await openTestDatabase()
    const { db } = database
    const rows = Array.from({ length: 23 }, (_, i) => ({
      id: `id-${String((i * 7) % 23).padStart(2, '0')}`,
      kind: 'k',
      params: {},
      state: 'waiting' as const,
      runAt: at.plus({ minutes: i % 3 }),
      createdAt: at,
    }))
    await db.transaction((tx) => tx.insert(jobs).values(rows))
    const order = direction === 'asc' ? asc : desc
    const seen: string[] = []
    let cursor: string | undefined
    let pages = 0
    do {
      const found = await db.read
        .select({ id: jobs.id, runAt: jobs.runAt })
        .from(jobs)
        .where(after([jobs.runAt, jobs.id], cursor, direction))
        .orderBy(order(jobs.runAt), order(jobs.id))
        .limit(5 + 1)
      const page = pageOf(found, 5, (row) => [row.runAt, row.id])
      expect(page.items.length).toBeLessThanOrEqual(5)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
      pages += 1
    } while (cursor)
    const expected = [...rows]
      .sort((a, b) => a.runAt.toMillis() - b.runAt.toMillis() || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id)
    expect(seen).toEqual(direction === 'asc' ? expected : expected.reverse())
    expect(pages).toBe(5)
  },
)

test('a page that is exactly full is the last one', () => {
  expect(pageOf(['a', 'b'], 2, (row) => [row])).toEqual({ items: ['a', 'b'], nextCursor: null })
  expect(pageOf([], 2, () => [''])).toEqual({ items: [], nextCursor: null })
})
