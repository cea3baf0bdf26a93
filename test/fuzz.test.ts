/**
 * Whatever is sent, by whomever, the service has an answer of its own: never a 5xx. FUZZ_REQUESTS asks for more of it, and of
 * things of every slice (`npm run test:fuzz`), FUZZ_SEED for other requests.
 */
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { resolve } from 'node:path'
import { isNotNull } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleNames } from '#modules/accounts/words.ts'
import { dialect } from '#platform/database/kit.ts'
import { declaredRoutes } from '#platform/http/access.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import { buildWorld } from '#test/support/access-matrix/world.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aShift, publish } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'
import { chanceOf, damagedForm, Fuzz, type FuzzRequest, type Known } from '#test/support/fuzz.ts'

const asked = process.env.FUZZ_REQUESTS
const count = Number(asked ?? (dialect === 'sqlite' ? 2_000 : 400))
const seed = Number(process.env.FUZZ_SEED ?? 20260304)
/** What the pages of a console that was not built answer. */
const notBuilt = '网页尚未构建'
/** On a machine that is busy with others a request of the suite may be late; of the command none. */
const lateMs = asked ? 5_000 : 60_000
const memoryMaxMb = 1_500
const api = JSON.parse(readFileSync(resolve(import.meta.dirname, '../src/openapi.json'), 'utf8'))

let app: TestApp
let known: Known

beforeAll(async () => {
  const ground = asked ? await everySlice() : await aHandful()
  app = ground.app
  known = ground.known
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

const byName = (...things: object[]): Known => {
  const found = new Map<string, string[]>()
  for (const [name, id] of things.flatMap((each) => Object.entries(each)))
    if (typeof id === 'string') found.set(`${name}Id`, [...(found.get(`${name}Id`) ?? []), id])
  return found
}

/** A shift with somebody on it. */
async function aHandful() {
  const app = await startApp({ worker: false })
  const shift = await aShift(app)
  const team = await aTeam(app.db)
  const person = await aPerson(app, { name: '张三', phone: aPhone(), teamId: team.id })
  const assignment = await anAssignment(app, { shiftId: shift.id, personId: person.id })
  await publish(app, shift.eventId)
  const ids = { shift: shift.id, event: shift.eventId, zone: shift.zone.id, team: team.id }
  return { app, known: byName({ ...ids, unit: team.unitId, person: person.id, assignment: assignment.id }) }
}

/** What the access matrix asks about: something of everything. */
async function everySlice() {
  const { app, targets, world } = await buildWorld()
  return { app, known: byName(world, ...Object.values(targets)) }
}

/** A page, asked for or its form sent. */
function pageRequest(fuzz: Fuzz, pages: readonly { method: string; url: string }[]): FuzzRequest {
  const { method, url } = fuzz.pick(pages)
  const filled = url.replace(/:\w+|\*/g, () => fuzz.pick(['ABCDEFGHJKMN', 'x', '%00', '..%2f', '0']))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return method === 'GET'
    ? { method, url: filled, headers: {} }
    : { method, url: filled, headers, body: fuzz.form() }
}

test('no request of any role is answered with a failure of the service', async () => {
  const fuzz = new Fuzz(api, known, seed)
  const pages = declaredRoutes(app.app).filter(
    ({ method, url }) => method !== 'HEAD' && !url.startsWith('/api/'),
  )
  const tokens = new Map<string, string>(roleNames.map((role) => [role, app.tokenOf(role)]))
  const began = app.clock.now()
  const failed: unknown[] = []
  const statuses = new Map<number, number>()
  for (let at = 0; at < count; at++) {
    const request = at % 20 === 0 ? pageRequest(fuzz, pages) : fuzz.request()
    const { method, headers, body } = request
    // A stream goes on until somebody ends it.
    const url = request.url.replace(/(\/stream)(\?.*)?$/, '$1?seconds=0')
    const role = fuzz.pick([...roleNames, undefined])
    const authorization = role && `Bearer ${tokens.get(role)}`
    const late = setTimeout(
      () => failed.push({ at, role, method, url, late: `no answer in ${lateMs} ms` }),
      lateMs,
    )
    const answer = await app.app.inject({
      method: method as 'GET',
      url,
      headers: { ...headers, ...(authorization ? { authorization } : {}) },
      ...(body === undefined ? {} : { payload: body }),
    })
    // What held the event loop for so long is late as well: its timer runs first.
    if (asked) await new Promise((turn) => setImmediate(turn))
    clearTimeout(late)
    const kind = Math.floor(answer.statusCode / 100) * 100
    statuses.set(kind, (statuses.get(kind) ?? 0) + 1)
    if (answer.statusCode >= 500 && !answer.body.includes(notBuilt))
      failed.push({ at, role, method, url, body: body?.toString(), answer: answer.body.slice(0, 300) })
    // Who ended their own session, or whose account was suspended, signs in again; nobody lives in the year 9999.
    if (role && answer.statusCode === 401) tokens.set(role, (await app.signIn({ role })).token)
    if (url.startsWith('/api/clock')) app.clock.set(began)
  }
  expect(failed).toEqual([])
  // They are not all refused at the door.
  expect(statuses.get(200)).toBeGreaterThan(count / 50)
  if (!asked) return
  process.stderr.write(`${JSON.stringify([...statuses])}\n`)
  expect(process.memoryUsage.rss() / 2 ** 20).toBeLessThan(memoryMaxMb)
})

test.runIf(asked)('no work that these requests asked for fails', async () => {
  const worker = startWorker(app.context, app.jobs)
  await worker.idle()
  await worker.stop()
  const failed = await app.db.read
    .select({ kind: jobs.kind, params: jobs.params, error: jobs.lastError })
    .from(jobs)
    .where(isNotNull(jobs.lastError))
  expect(failed).toEqual([])
})

test('no damaged form is answered with a failure of the service', async () => {
  const fuzz = new Fuzz(api, known, seed)
  const chance = chanceOf(seed)
  const failed: unknown[] = []
  const authorization = `Bearer ${(await app.signIn({ role: 'city_office' })).token}`
  const urls = ['/api/imports', '/api/zone-imports?preview=true', '/api/responsibility-imports?preview=true']
  for (let at = 0; at < count / 2; at++) {
    const { type, body } = damagedForm(fuzz, chance)
    const headers = { authorization, 'content-type': type }
    const url = fuzz.pick(urls)
    const answer = await app.app.inject({ method: 'POST', url, headers, payload: body })
    if (answer.statusCode >= 500)
      failed.push({ at, url, type, body: body.toString(), answer: answer.body.slice(0, 300) })
  }
  expect(failed).toEqual([])
})

test('no bytes that are no request are answered with a failure of the service, and it goes on', async () => {
  const chance = chanceOf(seed)
  const { port } = new URL(app.url)
  const whole = `POST /api/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 30\r\n\r\n{"login":"a","password":"b"}  `
  const failed: string[] = []
  for (let at = 0; at < count / 2; at++) {
    const bytes = Buffer.from(whole)
    for (let changes = 0; changes < 1 + chance() * 4; changes++)
      bytes[Math.floor(chance() * bytes.length)] = Math.floor(chance() * 256)
    const cut = chance() < 0.3 ? Math.floor(chance() * bytes.length) : bytes.length
    const said = await exchange(Number(port), bytes.subarray(0, cut))
    if (/^HTTP\/1\.1 5/.test(said)) failed.push(`${bytes.toString('latin1')} → ${said.slice(0, 200)}`)
  }
  expect(failed).toEqual([])
  expect((await app.request.get('/health/live')).status).toBe(200)
})

/** Says something and hears what comes back, at most for a moment. */
function exchange(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes))
    socket.on('data', (chunk) => (said += chunk))
    socket.on('error', () => {})
    socket.on('close', () => resolve(said))
    socket.setTimeout(1_000, () => socket.destroy())
  })
}
