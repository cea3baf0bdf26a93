/** The stages before the day, which measurements play, too: a city that was imported, and an event that was published. */
import type { Client } from './client.ts'
import { askUnits, nameInCharge, openEvent, publish, reserveForSchools } from './mobilization.ts'
import {
  type Account,
  createAdministrator,
  createOfficer,
  invite,
  openLeader,
  signIn,
  telephones,
} from './offices.ts'
import { plan } from './planning.ts'
import { drawZones, importLists, makeCity, nameResponsible, readRegister } from './preparations.ts'
import { phase, say } from './progress.ts'
import type { RunningService } from './server.ts'
import { readAndAnswer, volunteersOf } from './volunteers.ts'

/** The users of the simulation. They sign in again after each jump of the clock, because their sessions expire. */
export class DemoUsers {
  readonly accounts: Account[] = []
  readonly #client: Client
  office!: Client

  constructor(client: Client) {
    this.#client = client
  }

  async open(service: RunningService): Promise<void> {
    this.accounts.push(await createAdministrator(service))
    const what = '市文明办 · city office'
    const office = { login: 'office', name: '市文明办', role: 'city_office', what } as const
    this.accounts.push(await createOfficer(service, office))
    const signedIn = await signIn(this.#client, this.accounts[1] as Account)
    this.accounts.push(
      await invite(signedIn, {
        login: 'pingshan',
        name: '平山区文明办',
        role: 'district_office',
        districtCode: '210502',
        what: '平山区文明办 · district office',
      }),
    )
    const auditor = {
      login: 'auditor',
      name: '安全审计员',
      role: 'auditor',
      what: '安全审计员 · auditor',
    } as const
    this.accounts.push(await createOfficer(service, auditor))
    await this.signInAgain()
  }

  async signInAgain(): Promise<void> {
    const [, office] = this.accounts as [Account, Account]
    this.office = await signIn(this.#client, office)
  }

  administrator(): Promise<Client> {
    return signIn(this.#client, this.accounts[0] as Account)
  }

  /** Moves the simulated clock to `time` and signs in again, because idle sessions have expired. */
  async moveTo(time: string): Promise<void> {
    const administrator = await this.administrator()
    await administrator.put('/api/clock', { now: time })
    await this.signInAgain()
  }
}

/** 20 February: the users have accounts, and lists and maps are in. */
export async function openCity(service: RunningService, client: Client, { small }: { small: boolean }) {
  const users = new DemoUsers(client)
  await users.open(service)

  say('2 月 20 日 · 导入 · 20 February: lists and maps come in')
  const city = makeCity(small)
  await drawZones(users.office, city)
  await importLists(users.office, city)
  const register = await readRegister(users.office)
  await nameResponsible(users.office, register)
  await phase(
    '向联络员和队长发送开通链接 · one-time links for liaisons and leaders',
    1,
    () => users.office.post('/api/accounts/bulk-invitations', {}),
    ({ invited }) => `${invited.length} 个账号 · accounts`,
  )
  users.accounts.push(await openLeader(service, client))
  const organiser = register.units.get('本溪市精神文明建设指导委员会办公室')
  return { users, city, register, organiserId: organiser?.id as string }
}

/** 25 February: the event is open, planned and published, and its volunteers have answered. */
export async function publishDay(
  service: RunningService,
  client: Client,
  { users, register, organiserId }: Awaited<ReturnType<typeof openCity>>,
) {
  say('2 月 25 日 · 排岗与发布 · 25 February: plan and publish')
  await users.moveTo('2026-02-25T10:00:00+08:00')
  const event = await openEvent(users.office, organiserId, register.zones)
  await askUnits(users.office, event.id, register)
  const groups = await reserveForSchools(users.office, event.id, register)
  const planned = await plan(users.office, event.id)
  await nameInCharge(users.office, event.id, register)
  await publish(users.office, event.id)
  const volunteers = volunteersOf(telephones(service, 'invitation', 'guardian_invitation'))
  await readAndAnswer(client, volunteers)
  return { event, groups, planned, volunteers }
}
