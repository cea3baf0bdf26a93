import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { rowsOf } from '#platform/database/dialect.ts'
import { dialect } from '#platform/database/kit.ts'
import type { DatabaseNotice } from '#platform/database/notices.ts'
import { afterCommit, inChunks, prepared, type Writer } from '#platform/database/port.ts'
import { violationOf } from '#platform/database/violations.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { systemClock } from '#platform/time.ts'
import { openTestDatabase } from '#test/support/database.ts'

function row(kind: string, key: string | null = null) {
  const now = systemClock.now()
  return { id: newId(), kind, key, params: {}, state: 'waiting' as const, runAt: now, createdAt: now }
}

async function kinds(db: { select: Writer['select'] }): Promise<string[]> {
  const rows = await db.select({ kind: jobs.kind }).from(jobs)
  return rows.map(({ kind }) => kind).sort()
}

test('what a transaction wrote is there when it resolves, and gone when it throws', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  await db.transaction((tx) => tx.insert(jobs).values(row('kept')))
  const failing = db.transaction(async (tx) => {
    await tx.insert(jobs).values(row('lost'))
    throw new DomainError('conflict', 'test.refused', 'No.')
  })
  await expect(failing).rejects.toMatchObject({ code: 'test.refused' })
  expect(await kinds(db.read)).toEqual(['kept'])
})

test('one that is rolled back does not touch those committed together with it', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  const all = Array.from({ length: 40 }, (_, at) =>
    db.transaction(async (tx) => {
      await tx.insert(jobs).values(row(`job ${String(at).padStart(2, '0')}`))
      if (at % 3 === 0) throw new Error(`refused ${at}`)
      return at
    }),
  )
  const outcomes = await Promise.allSettled(all)
  const kept = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  expect(kept).toEqual(Array.from({ length: 40 }, (_, at) => at).filter((at) => at % 3 !== 0))
  expect(await kinds(db.read)).toEqual(kept.map((at) => `job ${String(at).padStart(2, '0')}`))
})

test('a violated rule is named alike on both engines, and the others in the group are not harmed', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  const insert = (values: ReturnType<typeof row>) => db.transaction((tx) => tx.insert(jobs).values(values))
  const first = row('first', 'the key')
  const outcomes = await Promise.allSettled([
    insert(first),
    insert({ ...first, key: null }),
    insert(row('other')),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(violationOf((outcomes[1] as PromiseRejectedResult).reason)).toEqual({ kind: 'unique' })
  const nothing = insert({ ...row('nothing'), kind: null as unknown as string })
  expect(violationOf(await nothing.catch((error: unknown) => error))).toEqual({ kind: 'not_null' })
  expect(await kinds(db.read)).toEqual(['first', 'other'])
})

test('eight who ask at once for three places get three, and five are told', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  const ask = (who: number) =>
    db.transaction(async (tx) => {
      const taken = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.kind, 'place'))
      if (taken.length >= 3) throw new DomainError('conflict', 'shift.full', 'All 3 places are taken.')
      await tx.insert(jobs).values(row('place'))
      return who
    })
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, who) => ask(who)))
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
  expect(refusals).toEqual(Array(5).fill('shift.full'))
  expect(await kinds(db.read)).toEqual(['place', 'place', 'place'])
})

test('sixty who change the same at once all get through, however often they overtake each other', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  const ask = () =>
    db.transaction(async (tx) => {
      const taken = await tx.$count(jobs, eq(jobs.kind, 'place'))
      await tx.insert(jobs).values(row('place'))
      return taken
    })
  const places = await Promise.all(Array.from({ length: 60 }, ask))
  expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n))
})

// SQLite has one writer: nobody writes between what a transaction reads and what it writes.
test.runIf(dialect === 'postgresql')(
  'whoever looked for a key before another wrote it is run once more and finds it; a key that stands in the way stays an error',
  async () => {
    await using made = await openTestDatabase()
    const { db } = made
    const wanted = row('key')
    const writtenMeanwhile = () =>
      db.transaction((tx) => tx.insert(jobs).values(wanted), { isolation: 'statement' })
    let attempts = 0
    const outcome = await db.transaction(async (tx) => {
      attempts++
      const known = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, wanted.id))
      if (known.length > 0) return 'found'
      await writtenMeanwhile()
      await tx.insert(jobs).values(wanted)
      return 'written'
    })
    expect([outcome, attempts]).toEqual(['found', 2])
    const blindly = db.transaction((tx) => tx.insert(jobs).values(wanted))
    expect(violationOf(await blindly.catch((error: unknown) => error))).toEqual({ kind: 'unique' })
  },
)

test('a reader has nothing to write with, and a writer is useless after its transaction', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  // @ts-expect-error without a transaction there is nothing to write with: this does not compile
  void (() => db.read.insert(jobs))
  const kept = await db.transaction(async (tx) => tx)
  expect(() => kept.insert(jobs)).toThrow('this transaction has ended')
  expect(() => kept.select()).toThrow('this transaction has ended')
})

test('hooks run after the commit, once, and not at all when it is rolled back', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  const heard: string[] = []
  await db.transaction(async (tx) => {
    afterCommit(tx, () => heard.push('kept'))
    await tx.insert(jobs).values(row('kept'))
    expect(heard).toEqual([])
  })
  const failing = db.transaction(async (tx) => {
    afterCommit(tx, () => heard.push('lost'))
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(heard).toEqual(['kept'])
})

test('a snapshot sees one moment, whatever is committed meanwhile', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  const seen = await db.snapshot(async (reader) => {
    const before = await kinds(reader)
    await db.transaction((tx) => tx.insert(jobs).values(row('meanwhile')))
    return [before, await kinds(reader)]
  })
  expect(seen).toEqual([[], []])
  expect(await kinds(db.read)).toEqual(['meanwhile'])
})

test('a prepared statement is built once for a connection and takes its values each time', async () => {
  await using made = await openTestDatabase({ databaseConnections: 1 })
  const { db } = made
  let built = 0
  const find = (tx: Writer, kind: string) =>
    prepared(tx, 'test_find', (on) => {
      built++
      return on
        .select({ id: jobs.id })
        .from(jobs)
        .where(eq(jobs.kind, sql.placeholder('kind')))
        .prepare('test_find')
    }).execute({ kind })
  const [first, second] = [row('first'), row('second')]
  await db.transaction((tx) => tx.insert(jobs).values([first, second]))
  expect(await db.transaction((tx) => find(tx, 'first'))).toEqual([{ id: first.id }])
  expect(await db.transaction((tx) => find(tx, 'second'))).toEqual([{ id: second.id }])
  expect(built).toBe(1)
})

test('a large transaction lets others of the process have their turn', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  let turns = 0
  const ticking = setInterval(() => turns++, 1)
  await db.transaction((tx) =>
    inChunks(
      Array.from({ length: 5000 }, () => row('bulk')),
      200,
      (chunk) => tx.insert(jobs).values(chunk),
    ),
  )
  clearInterval(ticking)
  expect(turns).toBeGreaterThanOrEqual(5)
  expect(await db.read.$count(jobs)).toBe(5000)
})

test('closing finishes what is under way and refuses what comes after', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  const under = Array.from({ length: 20 }, () =>
    db.transaction((tx) => tx.insert(jobs).values(row('under way'))),
  )
  const closed = db.close()
  const late = db.transaction((tx) => tx.insert(jobs).values(row('late')))
  await expect(late).rejects.toMatchObject({ code: 'database.closed' })
  expect((await Promise.allSettled(under)).every(({ status }) => status === 'fulfilled')).toBe(true)
  await closed
})

test('the probe writes durably', async () => {
  await using made = await openTestDatabase()
  expect((await made.db.probe()).synchronous).toMatch(/^(FULL|on)$/)
})

test('two statements of one name are told apart: the second is refused', async () => {
  await using made = await openTestDatabase()
  const byKind = () =>
    prepared(made.db.read, 'test.same', (db) =>
      db.select({ kind: jobs.kind }).from(jobs).prepare('test.same'),
    )
  expect(await byKind().execute()).toEqual([])
  expect(await byKind().execute()).toEqual([])
  expect(() =>
    prepared(made.db.read, 'test.same', (db) => db.select({ id: jobs.id }).from(jobs).prepare('test.same')),
  ).toThrow('two statements are called test.same')
})

test('a statement that takes long is named, without its values', async () => {
  const notices: DatabaseNotice[] = []
  await using made = await openTestDatabase({ report: (notice) => void notices.push(notice) })
  const secret = 'a secret value'
  const slow =
    dialect === 'sqlite'
      ? sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000000) select count(*) as c from n where ${secret} <> ''`
      : sql`select pg_sleep(1.2) as c where ${secret} <> ''`
  await rowsOf(made.db.read, slow)
  const named = notices.filter((notice) => notice.event === 'statement slow')
  expect(named).toHaveLength(1)
  expect(named[0]).toMatchObject({
    ms: expect.any(Number),
    statement: expect.stringMatching(/recursive|pg_sleep/),
  })
  expect(JSON.stringify(notices)).not.toContain(secret)
})
