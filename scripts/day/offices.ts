/** Who works at the service on the day, and how each of them gets in: nobody is given a password by anybody else. */
import { existsSync, readFileSync } from 'node:fs'
import { type Client, until } from './client.ts'
import { type RunningService, run } from './server.ts'

export interface Account {
  login: string
  password: string
  what: string
}

export const demoPassword = 'lei-feng-0304-muster'

/** The first administrator is made at the command line; everybody else is invited. */
export async function createAdministrator(service: RunningService): Promise<Account> {
  const account = { login: 'admin', password: demoPassword, what: '系统管理员 · system administrator' }
  await run(
    'scripts/account-create.ts',
    ['--login', account.login, '--name', '系统管理员'],
    service.environment,
    `${account.password}\n`,
  )
  return account
}

/** Signs in for the API. Sessions end when nothing happens for a while, which a jump of the clock brings about. */
export async function signIn(client: Client, { login, password }: Account): Promise<Client> {
  const { token } = await client.post('/api/sessions', { login, password, kind: 'bearer' })
  return client.as(token)
}

/** A user with one role, who follows a one-time link and chooses a password. */
export async function invite(
  administrator: Client,
  {
    login,
    name,
    what,
    ...grant
  }: { login: string; name: string; what: string; role: string; districtCode?: string },
): Promise<Account> {
  const user = await administrator.post('/api/users', { login, name, grants: [grant] })
  const { link } = await administrator.post(`/api/users/${user.id}/activations`, { deliver: 'list' })
  await activate(administrator.as(undefined), link)
  return { login, password: demoPassword, what }
}

/** Follows a one-time link. */
export async function activate(stranger: Client, link: string): Promise<string> {
  const token = link.slice(link.lastIndexOf('/') + 1)
  const { login } = await stranger.put(`/api/activations/${token}/password`, { password: demoPassword })
  return login
}

export interface Sent {
  messageId: string
  kind: string
  to: string
  text: string
}

/** What every telephone of the city has received so far: the file of the `log` channel. */
export function telephones(service: RunningService, kind: string): Sent[] {
  // The first message makes the file.
  if (!existsSync(service.messagesFile)) return []
  const lines = readFileSync(service.messagesFile, 'utf8').split('\n')
  return lines.filter(Boolean).flatMap((line) => {
    const sent = JSON.parse(line) as Sent
    return sent.kind === kind ? [sent] : []
  })
}

/** Waits for the one message of this kind to this telephone. */
export function received(service: RunningService, kind: string, phone: string): Promise<Sent> {
  const newest = async () => telephones(service, kind).findLast(({ to }) => to.endsWith(phone))
  return until(newest, Boolean, 20) as Promise<Sent>
}
