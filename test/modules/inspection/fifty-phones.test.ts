/**
 * Inspectors bring their visits home while the network is cut at random bytes, their browsers end and begin again, and the service
 * is killed: nothing is lost, nothing is there twice, and no phone deletes anything before the service has named all of it.
 * Eight phones as a rule; `npm run test:phones` has fifty, on both engines. `PHONES_SEED` draws other cuts.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { tasks } from '#modules/command/schema.ts'
import { cases, observations, visits, visitUploads } from '#modules/inspection/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { openDatabase } from '#platform/database/open.ts'
import { newId } from '#platform/ids.ts'
import { pictures } from '#platform/pictures/index.ts'
import { pictureFile } from '#platform/pictures/store.ts'
import type { KeptVisits, PhoneStandard, Work } from '#src/web/phone/visits/kinds.ts'
import { patrolOf, saw, workOf } from '#src/web/phone/visits/work.ts'
import { aCityOfPhones, type City } from '#test/support/phones/city.ts'
import { type CuttingNetwork, cuttingNetwork } from '#test/support/phones/cutting-network.ts'
import { Phone } from '#test/support/phones/phone.ts'
import { startService } from '#test/support/service.ts'

const phonesCount = Number(process.env.PHONES ?? 8)
const visitsEach = Number(process.env.PHONES_VISITS ?? 2)
const kills = Number(process.env.PHONES_KILLS ?? 1)
const seed = Number(process.env.PHONES_SEED ?? 20260303)

/** The same numbers in every run of one seed (mulberry32). */
function drawer(state: number): () => number {
  let at = state
  return () => {
    at = (at + 0x6d2b79f5) | 0
    let n = Math.imul(at ^ (at >>> 15), 1 | at)
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n
    return ((n ^ (n >>> 14)) >>> 0) / 4294967296
  }
}

const began = Date.parse('2026-03-03T09:00:00+08:00')

/** What the phones have to bring home, all of it. */
interface Seen {
  operations: string[]
  pictures: Map<string, string>
  observations: number
  cases: number
}

/** A picture like no other. */
async function aPicture(draw: () => number): Promise<ArrayBuffer> {
  const [width, height] = [96, 72]
  const noise = Buffer.from(Array.from({ length: width * height * 3 }, () => Math.floor(draw() * 256)))
  const { buffer, byteOffset, length } = await sharp(noise, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer()
  return buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer
}

/** Goes round without network: every visit of the packet, and a finding on patrol. */
async function goRound(phone: Phone, seen: Seen, city: City, draw: () => number): Promise<void> {
  const { packet } = phone.visits as KeptVisits & { packet: NonNullable<KeptVisits['packet']> }
  expect(packet.visits).toHaveLength(visitsEach)
  const works = packet.visits.map(({ id }) => workOf(phone.visits, id, phone.now())!)
  const zone = { id: city.street.id, name: '街道', parent: '' }
  const patrol = patrolOf(newId(), zone, city.scheme.id, phone.now())
  const common = packet.standards.filter(({ code }) => code === 'C')
  for (const work of [...works, { ...patrol, standards: common }]) await look(phone, seen, work, draw)
}

async function look(phone: Phone, seen: Seen, begun: Work, draw: () => number): Promise<void> {
  let work = begun
  for (const standard of begun.standards) {
    const answer = answerOf(standard, draw)
    const failed = answer === 'not' || answer === 'partly'
    const taken = []
    for (let n = failed ? 1 + Math.floor(draw() * 3) : 0; n > 0; n--) {
      const id = newId()
      const bytes = await aPicture(draw)
      await phone.keepPicture(id, bytes)
      seen.pictures.set(id, phone.userId)
      taken.push({ id, at: phone.now() })
    }
    work = saw(work, standard.id, 1, {
      answer,
      note: answer === 'not_applicable' ? '无' : '',
      pictures: taken,
    })
    seen.observations++
    if (failed) seen.cases++
  }
  const operationId = newId()
  seen.operations.push(operationId)
  await phone.finish(work, operationId)
}

function answerOf({ code }: PhoneStandard, draw: () => number) {
  if (code === 'B') return draw() < 0.5 ? 'not_applicable' : 'met'
  return draw() < 0.5 ? 'not' : draw() < 0.5 ? 'partly' : 'met'
}

/** Sends until everything is at home; now and then the browser ends. What is refused would never be there. */
async function bringHome(
  phone: Phone,
  draw: () => number,
  { restarts, signal }: { restarts: () => boolean; signal: AbortSignal },
): Promise<void> {
  while (phone.visits.uploads.length > 0) {
    const refused = phone.visits.uploads.flatMap((upload) => upload.refused)
    if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused)}`)
    const sending = phone.send()
    if (restarts() && draw() < 0.3) {
      await pause(draw() * 60)
      await phone.restart()
      continue
    }
    await Promise.race([sending, pause(500)])
    await pause(5 + draw() * 20, undefined, { signal })
  }
}

/** Kills the service when another part of the pictures is there, and starts it again elsewhere. */
async function killing(
  start: () => ReturnType<typeof startService>,
  network: CuttingNetwork,
  { done, all, signal }: { done: () => number; all: number; signal: AbortSignal },
) {
  let service = await start()
  network.leadsTo(portOf(service))
  for (let killed = 0; killed < kills; killed++) {
    const goal = ((killed + 1) * all) / (kills + 1)
    while (done() < goal && !signal.aborted) await pause(5)
    if (signal.aborted) break
    const ended = service.kill()
    network.leadsTo(undefined)
    await ended
    service = await start()
    network.leadsTo(portOf(service))
  }
  return service
}

test(`${phonesCount} phones, a network that is cut, ${kills} kills of the service: 0 lost, 0 doubled, nothing deleted too early`, {
  // Fifty take their time; the drawn part ends like every other test that hangs.
  timeout: process.env.PHONES ? 3_600_000 : 300_000,
}, async () => {
  const city = await aCityOfPhones({ phonesCount, visitsEach })
  const { databaseUrl, dataDir, inspectors } = city
  const draw = drawer(seed)
  await using network = await opened(draw)
  const start = () =>
    startService({
      ...{ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, NODE_ENV: 'test', LIMIT_PER_ADDRESS: '1000000' },
      ...{ CLOCK: 'simulated', CLOCK_START: '2026-03-03T09:00:00+08:00', PUBLIC_URL: 'http://127.0.0.1' },
    })
  const phones = inspectors.map(({ userId, token }) => {
    // Clocks of phones are wrong by up to two hours.
    const aheadMs = Math.round((draw() - 0.5) * 4 * 3600_000)
    // Whenever one looks at it, two seconds have gone by.
    let at = began + aheadMs
    const now = () => (at += 2_000)
    return new Phone({ userId, token, url: network.url, now, aheadMs })
  })
  const seen: Seen = { operations: [], pictures: new Map(), observations: 0, cases: 0 }
  network.leadsTo(portOf(city.app))
  await Promise.all(
    phones.map(async (phone) => {
      await phone.open()
      await phone.load()
    }),
  )
  network.leadsTo(undefined)
  await city.app.app.close()
  for (const phone of phones) await goRound(phone, seen, city, draw)

  const arrived = () =>
    phones.reduce((sum, { visits: { uploads, taken } }) => {
      const here = uploads.reduce((some, upload) => some + upload.arrived.length, 0)
      return sum + here + taken.reduce((some, each) => some + each.pictures, 0)
    }, 0)
  let restarting = true
  // What fails on one phone ends the waiting for it everywhere.
  const failing = new AbortController()
  const { signal } = failing
  const bringing = Promise.all(
    phones.map((phone) => bringHome(phone, draw, { restarts: () => restarting, signal })),
  )
  const going = killing(start, network, { done: arrived, all: seen.pictures.size, signal })
  for (const each of [bringing, going]) each.catch(() => failing.abort())
  // The rest comes home over the same bad network; only browsers end no more.
  going.then(
    () => (restarting = false),
    () => undefined,
  )
  try {
    await bringing
  } finally {
    await (await going).kill()
  }

  expect(phones.flatMap(({ faults }) => faults)).toEqual([])
  expect(network.cuts(), 'connections that were cut').toBeGreaterThan(phonesCount)
  expect(
    phones.reduce((sum, { restarts }) => sum + restarts, 0),
    'browsers that ended',
  ).toBeGreaterThan(0)
  for (const phone of phones) {
    expect(phone.visits.works).toEqual([])
    expect(phone.visits.taken.map(({ held, remarks }) => [held, remarks])).toEqual(
      Array(visitsEach + 1).fill([false, []]),
    )
    expect(await phone.picturesLeft([...seen.pictures.keys()])).toEqual([])
  }
  await isAllThere(city, seen)
  await city.app[Symbol.asyncDispose]()
})

const portOf = ({ url }: { url: string }) => Number(new URL(url).port)

async function opened(draw: () => number) {
  const network = await cuttingNetwork(draw, 30_000)
  return { ...network, [Symbol.asyncDispose]: network.close }
}

/** Compares what was seen with what the service has. */
async function isAllThere({ databaseUrl, dataDir, drawn }: City, seen: Seen): Promise<void> {
  const db = await openDatabase({ databaseUrl })
  try {
    const uploads = await db.read.select().from(visitUploads)
    expect(uploads.map(({ operationId }) => operationId).sort()).toEqual([...seen.operations].sort())
    expect(uploads.filter(({ visitId, lost }) => visitId === null || lost > 0)).toEqual([])
    const all = await db.read.select().from(visits)
    const home = all.filter(({ receivedAt }) => receivedAt !== null)
    const patrols = all.filter(({ role }) => role === 'patrol')
    expect([home.length, patrols.length, all.length]).toEqual([
      drawn.length + phonesCount,
      phonesCount,
      drawn.length + phonesCount,
    ])
    expect(await db.read.$count(observations)).toBe(seen.observations)
    const kept = await db.read.select().from(pictures)
    expect(new Map(kept.map(({ id, byUserId }) => [id, byUserId]))).toEqual(seen.pictures)
    expect(kept).toHaveLength(seen.pictures.size)
    for (const { sha256 } of kept) expect(sha256Of(readFileSync(pictureFile(dataDir, sha256)))).toBe(sha256)
    const raised = await db.read.select().from(cases)
    expect(raised).toHaveLength(seen.cases)
    expect(new Set(raised.map(({ observationId }) => observationId)).size).toBe(seen.cases)
    expect(new Set(raised.map(({ number }) => number)).size).toBe(seen.cases)
    const issued = raised.flatMap(({ taskId }) => taskId ?? [])
    const owed = await db.read.select().from(tasks).where(eq(tasks.kind, 'case'))
    expect(owed.map(({ id }) => id).sort()).toEqual([...issued].sort())
    const told = await db.read.select().from(auditEntries).where(eq(auditEntries.action, 'visit.received'))
    expect(told).toHaveLength(seen.operations.length)
  } finally {
    await db.close()
  }
}

const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
