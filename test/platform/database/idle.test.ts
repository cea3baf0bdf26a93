/** A transaction awaits its own statements only. One that awaits something else is named, and ended. */
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { rowsOf } from '#platform/database/dialect.ts'
import type { DatabaseNotice } from '#platform/database/notices.ts'
import { newId } from '#platform/ids.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { systemClock } from '#platform/time.ts'
import { openTestDatabase } from '#test/support/database.ts'

async function watched() {
  const notices: DatabaseNotice[] = []
  const idle = { tickMs: 20, warnTicks: 2, endTicks: 5 }
  const made = await openTestDatabase({ idle, report: (notice) => void notices.push(notice) })
  return { ...made, notices, [Symbol.asyncDispose]: made[Symbol.asyncDispose] }
}

function row() {
  const now = systemClock.now()
  return { id: newId(), kind: 'row', params: {}, state: 'waiting' as const, runAt: now, createdAt: now }
}

const never = () => new Promise<never>(() => {})

test('one that never settles is named with its caller, ended, and left nothing behind; the next goes on', async () => {
  await using made = await watched()
  const { db, notices } = made
  const stuck = db.transaction(async (tx) => {
    await tx.insert(jobs).values(row())
    await never()
  })
  const next = db.transaction((tx) => tx.insert(jobs).values(row()))
  await expect(stuck).rejects.toMatchObject({ kind: 'unavailable', code: 'database.idle' })
  await next
  expect(await db.read.$count(jobs)).toBe(1)
  const caller = expect.stringMatching(/values\(row\(\)\).*never\(\)/)
  expect(notices).toEqual([
    { event: 'transaction idle', idleMs: 40, caller, ended: false },
    { event: 'transaction idle', idleMs: 100, caller, ended: true },
  ])
})

test('so is a snapshot', async () => {
  await using made = await watched()
  await expect(made.db.snapshot(never)).rejects.toMatchObject({ code: 'database.idle' })
  expect(made.notices.map((each) => 'ended' in each && each.ended)).toEqual([false, true])
})

test('whoever comes back after it was ended is refused by its writer', async () => {
  await using made = await watched()
  const late = Promise.withResolvers<void>()
  let refused: unknown
  const stuck = made.db.transaction(async (tx) => {
    await late.promise
    try {
      await tx.insert(jobs).values(row())
    } catch (error) {
      refused = error
    }
  })
  await expect(stuck).rejects.toMatchObject({ code: 'database.idle' })
  late.resolve()
  await expect.poll(() => String(refused)).toBe('Error: this transaction has ended')
  expect(await made.db.read.$count(jobs)).toBe(0)
})

test('one that goes on asking takes as long as it takes', async () => {
  await using made = await watched()
  await made.db.transaction(async (tx) => {
    for (let turn = 0; turn < 30; turn++) {
      await new Promise((later) => setTimeout(later, 10))
      await rowsOf(tx, sql`select 1 as one`)
    }
  })
  expect(made.notices.filter((each) => 'ended' in each && each.ended)).toEqual([])
})
