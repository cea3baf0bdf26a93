/** The inspection's people on a service that runs in a process of its own; each is invited, and signs in when needed. */
import { type Client, until } from '../client.ts'
import { type Account, invite, signIn } from '../offices.ts'
import type { District } from './scheme.ts'
import type { Caller, World } from './world.ts'

export interface Needs {
  client: Client
  administrator: Account
  office: Account
  issuer: { id: string; name: string }
  /** The unit that sends the inspector: of no line and no district that is inspected. */
  sendingUnitId: string
  districts: readonly (District & { unitIds: readonly string[] })[]
  /** What the clock shows. */
  now: string
}

/** A session without a request for two hours ends. */
const idleMs = 90 * 60_000

export async function inspectedBy(needs: Needs): Promise<ServiceWorld> {
  const world = new ServiceWorld(needs)
  await world.open()
  return world
}

export class ServiceWorld implements World {
  readonly issuer: { id: string; name: string }
  readonly districts: Needs['districts']
  inspectorId = ''
  readonly #needs: Needs
  readonly #accounts = new Map<string, Account>()
  readonly #sessions = new Map<string, Promise<Client>>()
  #now: number

  constructor(needs: Needs) {
    this.#needs = needs
    this.issuer = needs.issuer
    this.districts = needs.districts
    this.#now = Date.parse(needs.now)
    this.#accounts.set('administrator', needs.administrator)
    this.#accounts.set('office', needs.office)
  }

  /** Invites the inspector and whoever acts for the units, and says for which unit each officer acts. */
  async open(): Promise<void> {
    const office = await this.#as('office')
    const inspector = { login: 'inspector', name: '测评员', what: '测评员 · inspector', role: 'inspector' }
    this.#accounts.set('inspector', await invite(office, inspector))
    for (const { units, unitIds } of this.districts)
      for (const [n, unit] of units.entries()) {
        const login = `unit-${this.#accounts.size}`
        const grant = { role: 'unit_administrator', unitId: unitIds[n] }
        const account = await invite(office, {
          login,
          name: '联络员',
          what: `${unit} · liaison`,
          ...grant,
        } as never)
        this.#accounts.set(unit, account)
      }
    await this.#actFor(await this.#as('administrator'), this.#needs.office.login, this.issuer.id)
    this.inspectorId = await this.#actFor(office, 'inspector', this.#needs.sendingUnitId)
  }

  /** Says for which unit an officer acts: whoever may grant their roles does. @returns the user's id */
  async #actFor(by: Client, login: string, unitId: string): Promise<string> {
    for await (const user of by.all('/api/users')) {
      if (user.login !== login) continue
      await by.put(`/api/users/${user.id}/unit`, { unitId }, `"v${user.version}"`)
      return user.id
    }
    throw new Error(`there is no user ${login}`)
  }

  #as(who: string): Promise<Client> {
    const account = this.#accounts.get(who)
    if (!account) throw new Error(`nobody acts for ${who}`)
    const session = this.#sessions.get(who) ?? signIn(this.#needs.client, account)
    this.#sessions.set(who, session)
    return session
  }

  office(): Promise<Caller> {
    return this.#as('office')
  }

  /** The office made no visit. */
  referee(): Promise<Caller> {
    return this.#as('office')
  }

  inspector(): Promise<Caller> {
    return this.#as('inspector')
  }

  liaison(unit: string): Promise<Caller> {
    return this.#as(unit)
  }

  async moveTo(time: string): Promise<void> {
    const administrator = await this.#as('administrator')
    await administrator.put('/api/clock', { now: time })
    this.passed(time)
  }

  /** Whoever moved the clock says so: sessions that were idle for too long are opened again. */
  passed(time: string): void {
    const now = Date.parse(time)
    if (now - this.#now > idleMs) this.#sessions.clear()
    this.#now = now
  }

  until<T>(ask: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
    return until(ask, done, 60, 50)
  }
}
