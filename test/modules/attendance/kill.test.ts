/**
 * The service and the database server are killed under load, again and again: `ROUNDS` times, once unless told
 * (`npm run bench:kill` does 20). Whatever was acknowledged is there afterwards, and nothing is there twice.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { attendanceOperations, attendances, shiftTotals } from '#modules/attendance/schema.ts'
import { dialect } from '#platform/database/kit.ts'
import { openDatabase } from '#platform/database/open.ts'
import { newId } from '#platform/ids.ts'
import { isoOf } from '#platform/time.ts'
import { createEmptyDatabase } from '#test/support/database.ts'
import { startPostgres } from '#test/support/postgres.ts'
import { runScript, startService } from '#test/support/service.ts'

const rounds = Number(process.env.ROUNDS ?? 1)
const perRound = 300
const connections = 32

/** How many have arrived when the kill comes: another part of the way each round, and never the end of it. */
const goalOf = (round: number) => (round - 1) * perRound + 1 + ((round * 97) % (perRound / 2))

interface Visitor {
  token: string
  assignmentId: string
  operationId: string
  /** When the service said that they arrived; undefined while it has not. */
  acknowledged?: string
}

async function aCrowd(databaseUrl: string) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-kill-'))
  const env = { DATABASE_URL: databaseUrl, DATA_DIR: folder }
  await runScript('scripts/bench/check-in-day.ts', [String(rounds * perRound)], env)
  const targets = JSON.parse(readFileSync(join(folder, 'targets.json'), 'utf8')) as Omit<
    Visitor,
    'operationId'
  >[]
  const visitors: Visitor[] = targets.map((target) => ({ ...target, operationId: newId() }))
  return { env, visitors, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

/** Sends check-ins until all are acknowledged or `ends` says to stop; what gets no answer is sent again later. */
async function rush(url: string, visitors: Visitor[], ends: () => boolean): Promise<void> {
  const waiting = visitors.filter(({ acknowledged }) => !acknowledged)
  async function connection() {
    for (let visitor = waiting.pop(); visitor && !ends(); visitor = waiting.pop()) {
      const { token, assignmentId, operationId } = visitor
      const reply = await fetch(`${url}/api/c/${token}/assignments/${assignmentId}/check-in`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ operationId }),
      }).catch(() => undefined)
      const body = (await reply?.json().catch(() => undefined)) as { checkInAt: string } | undefined
      if (reply?.ok && body) visitor.acknowledged = body.checkInAt
      else if (reply && !reply.ok) expect(reply.status, 'anything but an arrival is "not now"').toBe(503)
      if (!reply?.ok) await pause(5)
    }
  }
  await Promise.all(Array.from({ length: connections }, connection))
}

/** Compares what was said with what is there. */
async function verify(databaseUrl: string, visitors: Visitor[]): Promise<void> {
  const db = await openDatabase({ databaseUrl })
  const rows = await db.read.select().from(attendances)
  const operations = await db.read.select().from(attendanceOperations)
  const [totals] = await db.read
    .select({ present: sql`coalesce(sum(${shiftTotals.present}), 0)`.mapWith(Number) })
    .from(shiftTotals)
  await db.close()
  const there = new Map(
    rows.map(({ assignmentId, checkInAt }) => [assignmentId, checkInAt && isoOf(checkInAt)]),
  )
  const acknowledged = visitors.filter((visitor) => visitor.acknowledged)
  const lost = acknowledged.filter((visitor) => there.get(visitor.assignmentId) !== visitor.acknowledged)
  expect(lost, 'acknowledged, but lost or changed').toEqual([])
  expect(there.size, 'nobody has two attendances').toBe(rows.length)
  expect(new Set(operations.map(({ assignmentId }) => assignmentId)).size, 'nobody was counted twice').toBe(
    operations.length,
  )
  expect({ operations: operations.length, totals: totals?.present }).toEqual({
    operations: rows.length,
    totals: rows.length,
  })
}

test(`kill -9 of the service under load, ${rounds} times: nothing acknowledged is lost, nothing counted twice`, async () => {
  await using database = await createEmptyDatabase()
  using crowd = await aCrowd(database.url)
  const { env, visitors } = crowd
  let interrupted = 0
  for (let round = 1; round <= rounds; round++) {
    const service = await startService(env)
    let killed = false
    const goal = goalOf(round)
    const rushing = rush(service.url, visitors, () => killed)
    while (count(visitors) < goal) await pause(1)
    // First of all nobody asks any more: another process may be given the port as soon as it is free.
    killed = true
    await service.kill()
    await rushing
    if (count(visitors) < visitors.length) interrupted++
    await verify(database.url, visitors)
  }
  expect(interrupted, 'rounds in which the crowd was cut off').toBeGreaterThanOrEqual(Math.ceil(rounds / 2))
  const service = await startService(env)
  while (count(visitors) < visitors.length) await rush(service.url, visitors, () => false)
  await service.kill()
  await verify(database.url, visitors)
  expect(count(visitors)).toBe(visitors.length)
})

describe.runIf(dialect === 'postgresql')('on PostgreSQL', () => {
  test(`kill -9 of the postmaster under load, ${rounds} times: the service comes back by itself, and the same holds`, async () => {
    const server = await startPostgres()
    try {
      using crowd = await aCrowd(server.url)
      const { env, visitors } = crowd
      const service = await startService(env)
      for (let round = 1; round <= rounds; round++) {
        let ended = false
        const goal = goalOf(round)
        const rushing = rush(service.url, visitors, () => ended)
        while (count(visitors) < goal) await pause(2)
        await server.kill()
        ended = true
        await rushing
        await server.restart()
        await verify(server.url, visitors)
      }
      for (const until = Date.now() + 30_000; count(visitors) < visitors.length && Date.now() < until; ) {
        await rush(service.url, visitors, () => false)
      }
      expect(service.process.exitCode).toBe(null)
      await service.kill()
      await verify(server.url, visitors)
      expect(count(visitors)).toBe(visitors.length)
    } finally {
      await server.stop()
    }
  })
})

function count(visitors: Visitor[]): number {
  return visitors.reduce((sum, { acknowledged }) => sum + (acknowledged ? 1 : 0), 0)
}
