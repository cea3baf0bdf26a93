/** Situations in which the service works: imports, plans, a publication, what is read beside it, a backup, a slow provider. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { and, eq, isNotNull, isNull, like } from 'drizzle-orm'
import { shiftSeats } from '#modules/events/schema.ts'
import { importChanges, imports } from '#modules/imports/schema.ts'
import { messages } from '#modules/messaging/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { persons } from '#modules/organisation/schema.ts'
import { planAssignments, planRuns } from '#modules/planning/schema.ts'
import { startFlags } from '#test/support/service.ts'
import { publish } from '../../../scripts/bench/beside-city.ts'
import { type City, unitName } from './city.ts'
import { childrenOf } from './main-process.ts'
import { type Situation, until } from './situation.ts'

/** A list of as many new people as the city has. */
async function aList({ db }: City): Promise<{ name: string; bytes: Buffer; count: number }> {
  const count = await db.read.$count(persons)
  const rows = Array.from({ length: count }, (_, n) => {
    const unit = unitName(n)
    const name = `新${String.fromCharCode(0x4e00 + n)}`
    return `${name},女,1990-05-06,138${10_000_000 + n},${unit},${unit}志愿服务队,队员`
  })
  const text = ['姓名,性别,出生日期,手机号,单位,志愿服务队,队内职务', ...rows, ''].join('\n')
  return { name: '名单.csv', bytes: Buffer.from(text), count }
}

const stateOf = async ({ db }: City, id: string) =>
  (await db.read.select({ state: imports.state }).from(imports).where(eq(imports.id, id)))[0]?.state

const newPeople = ({ db }: City) => db.read.$count(persons, like(persons.name, '新%'))

async function uploaded(city: City) {
  const { count, ...file } = await aList(city)
  const { body } = await city.client.upload('/api/imports', [file])
  return { id: body.id as string, count }
}

async function judging(city: City) {
  const { id, count } = await uploaded(city)
  await until(async () => (await stateOf(city, id)) === 'judging')
  return {
    async again() {
      await until(async () => ['judged', 'failed'].includes((await stateOf(city, id)) ?? ''))
      const { state, counts } = await city.client.get(`/api/imports/${id}`)
      return state === 'judged' && counts.new === count
        ? []
        : [`the import is ${state}: ${JSON.stringify(counts)}`]
    },
  }
}

async function committing(city: City) {
  const { id, count } = await uploaded(city)
  await until(async () => (await stateOf(city, id)) === 'judged')
  await city.client.put(`/api/imports/${id}/commit`)
  await until(async () => (await city.db.read.$count(importChanges, eq(importChanges.importId, id))) > 0)
  return {
    async again() {
      await until(async () => (await stateOf(city, id)) !== 'committing')
      const [state, people] = [await stateOf(city, id), await newPeople(city)]
      return state === 'committed' && people === count
        ? []
        : [`it is ${state} with ${people} of ${count} people`]
    },
  }
}

const planOf = async ({ db }: City, id: string) =>
  (await db.read.select().from(planRuns).where(eq(planRuns.id, id)))[0]

async function planned(city: City, ...states: string[]): Promise<string> {
  const { id } = await city.client.post(`/api/events/${city.eventId}/plans`)
  await until(async () => states.includes((await planOf(city, id))?.state ?? ''))
  return id
}

async function planning(city: City) {
  const id = await planned(city, 'running')
  return {
    async again() {
      await until(async () => !['queued', 'running'].includes((await planOf(city, id))?.state ?? ''))
      const state = (await planOf(city, id))?.state
      return state === 'proposed' ? [] : [`the plan is ${state}`]
    },
  }
}

const placesOf = ({ db }: City) => db.read.select().from(assignments).where(isNull(assignments.freedAt))

async function applying(city: City) {
  const id = await planned(city, 'proposed')
  city.client.put(`/api/plans/${id}/application`).catch(() => {})
  await until(async () => (await placesOf(city)).length > 0)
  return {
    async again() {
      await until(async () => (await planOf(city, id))?.state !== 'applying')
      const state = (await planOf(city, id))?.state
      const places = await placesOf(city)
      const once = new Set(places.map(({ personId }) => personId)).size
      const seats = await city.db.read.select({ taken: shiftSeats.taken }).from(shiftSeats)
      const taken = seats.reduce((sum, each) => sum + each.taken, 0)
      const serving = and(eq(planAssignments.runId, id), isNotNull(planAssignments.shiftId))
      const people = await city.db.read.$count(planAssignments, serving)
      const right = state === 'applied' && once === places.length && taken === once && once === people
      return right
        ? []
        : [`${state}: ${once} of ${people} people on ${places.length} places, ${taken} seats taken`]
    },
  }
}

const invitations = (city: City) => city.db.read.$count(messages, eq(messages.kind, 'invitation'))

async function publishing(city: City) {
  await city.placeEverybody()
  await publish(city.context)
  await until(async () => (await invitations(city)) > 0, 2)
  return {
    async again() {
      const people = await city.db.read.$count(persons)
      const sent = and(eq(messages.kind, 'invitation'), eq(messages.state, 'sent'))
      await until(async () => (await city.db.read.$count(messages, sent)) >= people)
      const told = city.told().filter(({ kind }) => kind === 'invitation')
      const [lines, different] = [told.length, new Set(told.map(({ messageId }) => messageId)).size]
      return lines === people && different === people
        ? []
        : [`${people} people, ${lines} told, ${different} different`]
    },
  }
}

/** Something that is read in a process of its own. */
const readBeside = (path: (city: City) => string) =>
  async function begin(city: City) {
    const { main } = city.running
    await city.placeEverybody()
    const answer = city.client.send('GET', path(city)).catch(() => undefined)
    await until(() => childrenOf(main.child.pid).length > 0)
    const children = childrenOf(main.child.pid)
    return {
      async ended() {
        const status = (await answer)?.status
        await until(() => children.every((pid) => !existsSync(`/proc/${pid}`)))
        return status === undefined || status === 200 || status === 503 ? [] : [`it was answered ${status}`]
      },
      async again() {
        const { status } = await city.client.send('GET', path(city))
        return status === 200 ? [] : [`asked again it was answered ${status}`]
      },
    }
  }

async function backingUp(city: City) {
  const folder = `${city.folder}-backups`
  const root = resolve(import.meta.dirname, '../../..')
  const child = spawn(process.execPath, [...startFlags, 'scripts/backup.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, ...city.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  const ended = once(child, 'exit')
  await until(() => child.exitCode !== null || (existsSync(folder) && readdirSync(folder).length > 0), 2)
  return {
    async ended() {
      const [code] = await ended
      return code === 0 ? [] : [`the backup ended with ${code}: ${said}`]
    },
  }
}

export const workSituations: readonly Situation[] = [
  { name: 'an import that is judged', peopled: true, begin: judging },
  { name: 'an import that is committed', peopled: true, begin: committing },
  { name: 'a plan that is computed', peopled: true, begin: planning },
  { name: 'a plan that is applied', peopled: true, begin: applying },
  { name: 'a publication that invites', peopled: true, begin: publishing },
  { name: 'an export', peopled: true, begin: readBeside(() => '/api/exports/persons.xlsx') },
  { name: 'a report', peopled: true, begin: readBeside(({ eventId }) => `/api/events/${eventId}/report`) },
  { name: 'a backup', peopled: true, begin: backingUp },
]
