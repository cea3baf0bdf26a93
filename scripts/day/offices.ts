/** The user accounts of the simulation. Every user sets their own password; no password is handed to another person. */
import { existsSync, readFileSync } from 'node:fs'
import { type Client, until } from './client.ts'
import { type RunningService, run } from './server.ts'

export interface Account {
  login: string
  password: string
  what: string
}

export const demoPassword = 'dajia-yiqi-dasao-jiexiang-0304'

interface Officer {
  login: string
  name: string
  role: 'system_administrator' | 'auditor' | 'city_office'
  what: string
}

/** Creates an officer at the command line. All other users are invited through the API. */
export async function createOfficer(
  service: RunningService,
  { login, name, role, what }: Officer,
): Promise<Account> {
  await run(
    'scripts/account-create.ts',
    ['--login', login, '--name', name, '--role', role],
    service.environment,
    `${demoPassword}\n`,
  )
  return { login, password: demoPassword, what }
}

/** Creates the system administrator at the command line. */
export function createAdministrator(service: RunningService): Promise<Account> {
  const what = '系统管理员 · system administrator'
  return createOfficer(service, { login: 'admin', name: '系统管理员', role: 'system_administrator', what })
}

/**
 * Signs in and returns a client for the session. Idle sessions expire, so a jump of the clock requires a new sign-in.
 */
export async function signIn(client: Client, { login, password }: Account): Promise<Client> {
  const { token } = await client.post('/api/sessions', { login, password, kind: 'bearer' })
  return client.as(token)
}

/** Creates a user with one role; the user then sets a password with a one-time link. */
export async function invite(
  office: Client,
  {
    login,
    name,
    what,
    ...grant
  }: { login: string; name: string; what: string; role: string; districtCode?: string },
): Promise<Account> {
  const user = await office.post('/api/users', { login, name, grants: [grant] })
  const { link } = await office.post(`/api/users/${user.id}/activations`, { deliver: 'list' })
  await activate(office.as(undefined), link)
  return { login, password: demoPassword, what }
}

/** Sets the password with a one-time link. Returns the login. */
export async function activate(signedOut: Client, link: string): Promise<string> {
  const token = link.slice(link.lastIndexOf('/') + 1)
  const { login } = await signedOut.put(`/api/activations/${token}/password`, { password: demoPassword })
  return login
}

/** The first team leader opens their account with the link in their message. */
export async function openLeader(service: RunningService, client: Client): Promise<Account> {
  const toLeader = async () =>
    telephones(service, 'account.activation').find(({ values }) => values.office?.includes('队长'))
  const { text } = (await until(toLeader, Boolean, 20)) as Sent
  const [link = ''] = /\/a\/[0-9A-Za-z]+/.exec(text) ?? []
  const login = await activate(client, link)
  return { login, password: demoPassword, what: '一位队长，手机端/m · a team leader, on the phone at /m' }
}

export interface Sent {
  messageId: string
  kind: string
  to: string
  text: string
  /** What the text was made from: names, offices, links. */
  values: Partial<Record<string, string>>
}

/** All messages of these kinds sent so far, read from the file of the `log` channel. */
export function telephones(service: RunningService, ...kinds: string[]): Sent[] {
  // The file does not exist before the first message.
  if (!existsSync(service.messagesFile)) return []
  // What follows the last line break is still being written.
  const lines = readFileSync(service.messagesFile, 'utf8').split('\n').slice(0, -1)
  return lines.flatMap((line) => {
    const sent = JSON.parse(line) as Sent
    return kinds.includes(sent.kind) ? [sent] : []
  })
}

/** Waits up to 20 s for a message of this kind to this telephone number, and returns the newest. */
export function received(service: RunningService, kind: string, phone: string): Promise<Sent> {
  const newest = async () => telephones(service, kind).findLast(({ to }) => to.endsWith(phone))
  return until(newest, Boolean, 20) as Promise<Sent>
}
