/** A city on a database and a folder of its own, on which the service is started and stopped again and again. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq, inArray } from 'drizzle-orm'
import { campaigns } from '#modules/events/schema.ts'
import { messages } from '#modules/messaging/schema.ts'
import { personalLink } from '#modules/mobilization/index.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { nobodyKnown, savePersons, saveTeams, saveUnits } from '#modules/organisation/index.ts'
import { memberships } from '#modules/organisation/schema.ts'
import { insertAll } from '#platform/database/insert-all.ts'
import type { Database } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { instantFrom, isoOf } from '#platform/time.ts'
import { createService } from '#src/app.ts'
import { loadConfig } from '#src/config.ts'
import { type AppContext, createContext } from '#src/context.ts'
import { sealedColumns } from '#src/sealed.ts'
import { createDatabase, type TestDatabase } from '#test/support/database.ts'
import { anOffice } from '#test/support/office.ts'
import { anEvent } from '../../../scripts/bench/beside-city.ts'
import { Client } from '../../../scripts/day/client.ts'
import { listening, type MainProcess, runMain } from './main-process.ts'

const begins = instantFrom('2026-03-02T09:00:00+08:00')
/** Longer than a lease, and than what waits for its process to come back. */
const awayMinutes = 12
const unitsCount = 40

/** Of the `n`th unit; its team has the same name. */
export const unitName = (n: number) => `第${(n % unitsCount) + 1}局`

type Env = Record<string, string>

interface Made {
  database: TestDatabase
  context: AppContext
  token: string
  eventId: string
  env: Env
  folder: string
}

export class City implements AsyncDisposable {
  readonly context: AppContext
  readonly folder: string
  readonly env: Env
  /** The only event: every unit was asked, and there is a place for everybody. */
  readonly eventId: string
  readonly #made: Made
  #started = 0
  #running: { main: MainProcess; client: Client } | undefined

  private constructor(made: Made) {
    this.#made = made
    this.context = made.context
    this.folder = made.folder
    this.env = made.env
    this.eventId = made.eventId
  }

  /** @param env more of the environment, of this process and of the service */
  static async make(people: number, env: Env = {}): Promise<City> {
    const folder = mkdtempSync(join(tmpdir(), 'muster-stop-'))
    const database = await createDatabase()
    const all: Env = {
      DATABASE_URL: database.url,
      DATA_DIR: folder,
      CLOCK: 'simulated',
      QUIET_HOURS: 'none',
      LIMIT_PER_SESSION: '1000000',
      LIMIT_PER_ADDRESS: '1000000',
      READ_BESIDE_FROM: '500',
      ...env,
    }
    const config = loadConfig({ ...all, LOG_LEVEL: 'silent', CLOCK_START: isoOf(begins) })
    const context = await createContext(config, sealedColumns)
    const service = await createService(context)
    const token = await anOffice(context, service.app)
    await service.close()
    await settle(context, people)
    const { eventId } = await anEvent(context)
    return new City({ database, context, token, eventId, env: all, folder })
  }

  get db(): Database {
    return this.context.db
  }

  get client(): Client {
    return this.running.client
  }

  get running() {
    if (!this.#running) throw new Error('the service does not run')
    return this.#running
  }

  get url(): string {
    return this.client.base.origin
  }

  /** Starts the service; each time the clock stands a quarter of an hour later. */
  async start(): Promise<void> {
    const at = begins.plus({ minutes: 1 + awayMinutes * this.#started++ })
    const main = runMain({ ...this.env, CLOCK_START: isoOf(at) })
    this.#running = { main, client: new Client(await listening(main), this.#made.token) }
  }

  /** Stops it as the system does. */
  async stop(): Promise<number | null> {
    const { main, client } = this.running
    main.child.kill('SIGTERM')
    const code = await main.exit
    client.close()
    main.child.stdout?.destroy()
    return code
  }

  async kill(): Promise<void> {
    const { main, client } = this.running
    main.child.kill('SIGKILL')
    await main.exit
    client.close()
  }

  /** Everybody has a place at the event, and a link. */
  async placeEverybody(): Promise<void> {
    const { db, context, eventId } = this
    const at = context.now()
    const shiftIds = await this.shiftIds()
    const members = await db.read.select().from(memberships)
    const rows = members.map(({ personId, teamId }, n) => {
      const id = newId()
      const { hash: linkHash } = personalLink(context.keys, id, 1)
      const shiftId = shiftIds[n % shiftIds.length] as string
      return { id, eventId, personId, teamId, linkHash, createdAt: at, shiftId }
    })
    await db.transaction(async (tx) => {
      await insertAll(
        tx,
        participations,
        rows.map(({ shiftId: _, ...row }) => row),
      )
      await insertAll(
        tx,
        assignments,
        rows.map(({ id: participationId, linkHash: _, ...row }) => {
          return { ...row, id: newId(), participationId, origin: 'leader' as const }
        }),
      )
    })
  }

  async shiftIds(): Promise<string[]> {
    const { shifts } = await import('#modules/events/schema.ts')
    return (await this.db.read.select({ id: shifts.id }).from(shifts)).map(({ id }) => id)
  }

  /** What a service that has ended should not have left: acknowledged writes that are not there, and work that nobody holds. */
  async leftBehind(acknowledged: readonly string[]): Promise<string[]> {
    const there = await this.db.read.select({ id: campaigns.id }).from(campaigns)
    const known = new Set(there.map(({ id }) => id))
    const lost = acknowledged.filter((id) => !known.has(id)).length
    const held = await this.db.read.select({ kind: jobs.kind }).from(jobs).where(eq(jobs.state, 'running'))
    const sending = await this.db.read.$count(messages, eq(messages.state, 'sending'))
    return [
      ...(lost > 0 ? [`${lost} acknowledged writes are lost`] : []),
      ...held.map(({ kind }) => `the job ${kind} is held by nobody`),
      ...(sending > 0 ? [`${sending} messages are held by nobody`] : []),
    ]
  }

  /** The jobs that have failed for good. */
  async dead(): Promise<string[]> {
    const rows = await this.db.read
      .select({ kind: jobs.kind })
      .from(jobs)
      .where(and(inArray(jobs.state, ['dead'])))
    return rows.map(({ kind }) => `the job ${kind} is dead`)
  }

  /** Whom the `log` channel has told what. */
  told(): { messageId: string; kind: string }[] {
    const file = join(this.folder, 'messages.jsonl')
    if (!existsSync(file)) return []
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
    return lines.map((line) => JSON.parse(line))
  }

  async [Symbol.asyncDispose]() {
    if (this.#running) await this.kill()
    await this.context.close()
    await this.#made.database[Symbol.asyncDispose]()
    for (const end of ['', '-backups', '-backup-key'])
      rmSync(this.folder + end, { recursive: true, force: true })
  }
}

/** Units with a team each, and people in them. */
async function settle({ db, keys, now }: AppContext, people: number): Promise<void> {
  const at = now()
  const teamIds = await db.transaction(async (tx) => {
    const named = Array.from({ length: unitsCount }, (_, n) => unitName(n))
    const kind = 'government' as const
    const units = await saveUnits(
      tx,
      named.map((name) => ({ name, kind, districtCode: '210502' })),
      at,
    )
    const teams = await saveTeams(
      tx,
      named.map((name, n) => ({ name: `${name}志愿服务队`, unitId: units.ids[n] as string })),
      at,
    )
    return teams.ids
  })
  const wanted = Array.from({ length: people }, (_, n) => ({
    name: `志愿者${n}`,
    birthDate: '1985-06-15',
    memberships: [{ teamId: teamIds[n % unitsCount] as string }],
    contacts: [{ kind: 'phone' as const, value: `139${10_000_000 + n}` }],
  }))
  for (let from = 0; from < people; from += 400)
    await db.transaction((tx) =>
      savePersons(tx, keys, wanted.slice(from, from + 400), { permits: nobodyKnown, at }),
    )
}
