/**
 * Whatever is sent, by whomever, the service has an answer of its own: never a 5xx. FUZZ_REQUESTS asks for more of it
 * (`npm run test:fuzz`), FUZZ_SEED for other requests.
 */
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleNames } from '#modules/accounts/words.ts'
import { dialect } from '#platform/database/kit.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aShift, publish } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'
import { chanceOf, damagedForm, Fuzz } from '#test/support/fuzz.ts'

const count = Number(process.env.FUZZ_REQUESTS ?? (dialect === 'sqlite' ? 2_000 : 400))
const seed = Number(process.env.FUZZ_SEED ?? 20260304)
const api = JSON.parse(readFileSync(resolve(import.meta.dirname, '../src/openapi.json'), 'utf8'))

let app: TestApp
let ids: string[]

beforeAll(async () => {
  app = await startApp({ worker: false })
  const shift = await aShift(app)
  const team = await aTeam(app.db)
  const person = await aPerson(app, { name: '张三', phone: aPhone(), teamId: team.id })
  const assignment = await anAssignment(app, { shiftId: shift.id, personId: person.id })
  await publish(app, shift.eventId)
  ids = [shift.id, shift.eventId, shift.zone.id, team.id, team.unitId, person.id, assignment.id].filter(
    Boolean,
  ) as string[]
})
afterAll(() => app[Symbol.asyncDispose]())

test('no request of any role is answered with a failure of the service', async () => {
  const fuzz = new Fuzz(api, ids, seed)
  const failed: unknown[] = []
  const statuses = new Map<number, number>()
  for (let at = 0; at < count; at++) {
    const { method, url: asked, headers, body } = fuzz.request()
    // A stream goes on until somebody ends it.
    const url = asked.replace(/(\/stream)(\?.*)?$/, '$1?seconds=0')
    const role = fuzz.pick([...roleNames, undefined])
    const authorization = role && `Bearer ${app.tokenOf(role)}`
    const answer = await app.app.inject({
      method: method as 'GET',
      url,
      headers: { ...headers, ...(authorization ? { authorization } : {}) },
      ...(body === undefined ? {} : { payload: body }),
    })
    const kind = Math.floor(answer.statusCode / 100) * 100
    statuses.set(kind, (statuses.get(kind) ?? 0) + 1)
    if (answer.statusCode >= 500)
      failed.push({ at, role, method, url, body, answer: answer.body.slice(0, 300) })
  }
  expect(failed).toEqual([])
  // They are not all refused at the door.
  expect(statuses.get(200)).toBeGreaterThan(count / 50)
})

test('no damaged form is answered with a failure of the service', async () => {
  const fuzz = new Fuzz(api, ids, seed)
  const chance = chanceOf(seed)
  const failed: unknown[] = []
  const authorization = `Bearer ${app.tokenOf('city_office')}`
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
