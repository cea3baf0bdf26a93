/** The service as a process: how it starts, refuses to, and ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { dialect } from '#platform/database/kit.ts'
import { createDatabase } from '#test/support/database.ts'
import { startFlags } from '#test/support/service.ts'

const main = resolve(import.meta.dirname, '../src/main.ts')

interface Run {
  child: ChildProcess
  said: () => string
  exit: Promise<number | null>
}

function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [...startFlags, main], { env: { PATH: process.env.PATH, ...env } })
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  child.stderr.on('data', (chunk) => (text += chunk))
  return { child, said: () => text, exit: new Promise((done) => child.once('exit', done)) }
}

/** Where it says it listens. */
async function listening({ said, child }: Run): Promise<string> {
  for (let tried = 0; tried < 400; tried++) {
    const url = /Server listening at (http:\/\/[\d.:]+)/.exec(said())?.[1]
    if (url && said().includes('service started')) return url
    if (child.exitCode !== null) break
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error(`it does not listen:\n${said()}`)
}

test('it starts, is ready, and on SIGTERM answers what it was asked and ends', async () => {
  await using database = await createDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'muster-main-'))
  const service = run({ DATABASE_URL: database.url, DATA_DIR: folder, PORT: '0', CLOCK: 'simulated' })
  const url = await listening(service)
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
  if (dialect === 'sqlite') {
    const second = run({ DATABASE_URL: database.url, DATA_DIR: folder, PORT: '0', CLOCK: 'simulated' })
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

/** A connection on which `text` was said and nothing more will be. */
async function saying(url: string, text: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

const post =
  'POST /api/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"'

// What stands in the way of an end has nothing to do with the engine.
const onSqlite = test.runIf(dialect === 'sqlite')

onSqlite.each([
  [
    'halves of a body and of a request, and connections that are kept open',
    { say: [post, 'GET /api/eve', 'GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n', ''] },
  ],
  ['a log whose reader has gone', { reader: 'gone' }],
  ['a log whose reader reads nothing', { reader: 'stalled' }],
])(
  'on SIGTERM it ends by itself, with 0, whatever stands in its way: %s',
  async (_, { say = [], reader }: { say?: string[]; reader?: string }) => {
    await using database = await createDatabase()
    const folder = mkdtempSync(join(tmpdir(), 'muster-main-'))
    const service = run({ DATABASE_URL: database.url, DATA_DIR: folder, PORT: '0', CLOCK: 'simulated' })
    const url = await listening(service)
    if (reader === 'gone') service.child.stdout?.destroy()
    if (reader === 'stalled') {
      service.child.stdout?.removeAllListeners('data')
      service.child.stdout?.pause()
      for (let asked = 0; asked < 1_000; asked++)
        await fetch(`${url}/health/live`).then((each) => each.text())
    }
    const sockets = await Promise.all(say.map((text) => saying(url, text)))
    // The service has read what was said.
    await fetch(`${url}/health/ready`)
    service.child.kill('SIGTERM')
    expect(await service.exit).toBe(0)
    for (const socket of sockets) socket.destroy()
    service.child.stdout?.destroy()
    rmSync(folder, { recursive: true })
  },
  90_000,
)

onSqlite('it does not start on a configuration that is wrong, and names every key', async () => {
  const service = run({ PORT: 'many', CLOCK: 'simulated', PUBLIC_URL: 'https://muster.example.cn' })
  expect(await service.exit).toBe(1)
  expect(service.said()).toBe(`Muster could not start. The configuration is not usable:
  PORT: expected a whole number from 0 to 65535
  CLOCK: expected system, because PUBLIC_URL is https: a real service runs on real time
`)
})

onSqlite('a database that refuses is named by its setting, without its password', async () => {
  const refused = 'postgres://muster:secret@127.0.0.1:1/muster'
  const service = run({ DATABASE_URL: refused })
  expect(await service.exit).toBe(1)
  expect(service.said()).toBe(
    'Muster could not start. DATABASE_URL: no connection to postgres://muster@127.0.0.1:1/muster: connect ECONNREFUSED 127.0.0.1:1\n',
  )
})
