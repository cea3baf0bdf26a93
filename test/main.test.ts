/** The service as a process: how it starts, refuses to, and ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dialect } from '#platform/database/kit.ts'
import { createDatabase } from '#test/support/database.ts'
import { drawnOf } from '#test/support/drawn.ts'
import { listening, runMain } from '#test/support/stops/main-process.ts'
import { situations, stopWhile } from '#test/support/stops/table.ts'
import { isDrawn } from '#test/support/turns.ts'

test('it starts, is ready, and on SIGTERM answers what it was asked and ends', async () => {
  await using database = await createDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'muster-main-'))
  const service = runMain({ DATABASE_URL: database.url, DATA_DIR: folder, CLOCK: 'simulated' })
  const url = await listening(service)
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
  if (dialect === 'sqlite') {
    const second = runMain({ DATABASE_URL: database.url, DATA_DIR: folder, CLOCK: 'simulated' })
    expect(await second.exit).toBe(1)
    expect(second.said()).toMatch(/^Muster could not start\. Another service uses /)
  }

  const asked = Array.from({ length: 50 }, () => fetch(`${url}/health/ready`).then(({ status }) => status))
  await Promise.race(asked)
  service.child.kill('SIGTERM')
  // Whoever was let in is answered in full; who comes later finds the door closed, not an answer cut short.
  const answers = (await Promise.allSettled(asked)).map((each) =>
    each.status === 'fulfilled' ? each.value : 'closed',
  )
  expect(answers.filter((answer) => ![200, 503, 'closed'].includes(answer))).toEqual([])
  expect(answers).toContain(200)
  expect(await service.exit).toBe(0)
  expect(service.said().trim().split('\n').at(-1)).toContain('"msg":"service stopped"')
  rmSync(folder, { recursive: true })
})

/**
 * In the whole suite those that once kept it from ending at all, and one of the others; in a day's part two of all. `npm run
 * bench:stop` has every one.
 */
const always = situations.filter((name) => /kept open|a log whose/.test(name))
const others = situations.filter((name) => !always.includes(name))
const ofTheWhole = dialect === 'sqlite' ? [...always, ...drawnOf(others, 1)] : drawnOf(others, 1)
const tried = isDrawn ? drawnOf(situations, 2) : ofTheWhole

test.each(tried)(
  'on SIGTERM it ends by itself, and nothing is lost or left: %s',
  async (name) => {
    expect(await stopWhile(name, 600)).toMatchObject({ faults: [] })
  },
  900_000,
)

const onSqlite = test.runIf(dialect === 'sqlite')

onSqlite('it does not start on a configuration that is wrong, and names every key', async () => {
  const service = runMain({ PORT: 'many', CLOCK: 'simulated', PUBLIC_URL: 'https://muster.example.cn' })
  expect(await service.exit).toBe(1)
  expect(service.said()).toBe(`Muster could not start. The configuration is not usable:
  PORT: expected a whole number from 0 to 65535
  CLOCK: expected system, because PUBLIC_URL is https: a real service runs on real time
`)
})

onSqlite('a database that refuses is named by its setting, without its password', async () => {
  const refused = 'postgres://muster:secret@127.0.0.1:1/muster'
  const service = runMain({ DATABASE_URL: refused })
  expect(await service.exit).toBe(1)
  expect(service.said()).toBe(
    'Muster could not start. DATABASE_URL: no connection to postgres://muster@127.0.0.1:1/muster: connect ECONNREFUSED 127.0.0.1:1\n',
  )
})
