/** The officers of every service of a run: made once, in the database that each service begins with a copy of. */
import { type Account, createOfficer, demoPassword } from '../../../scripts/day/offices.ts'
import type { RunningService } from '../../../scripts/day/server.ts'

export type OfficersRole = 'city_office' | 'system_administrator' | 'auditor'

export interface Officer {
  login: string
  name: string
  role: OfficersRole
}

/** Who is there from the beginning: the command line takes seconds for each, and the API makes no officer alone. */
export const officers: readonly Officer[] = [
  { login: 'office', name: '王主任', role: 'city_office' },
  { login: 'admin', name: '系统管理员', role: 'system_administrator' },
  ...(
    [
      ...Array<'city_office'>(8).fill('city_office'),
      ...(['auditor', 'auditor', 'system_administrator'] as const),
    ] as const
  ).map((role, at) => ({ login: `officer${at + 1}`, name: `李科员${at + 1}`, role })),
]

/** Of each service: its officers by login, and how many of a role were asked for. */
interface Known {
  accounts: Map<string, Promise<Account>>
  taken: Map<OfficersRole, number>
}

const known = new WeakMap<RunningService, Known>()

function knownTo(service: RunningService): Known {
  const there = known.get(service)
  if (there) return there
  const accounts = new Map<string, Promise<Account>>()
  // On PostgreSQL nothing is copied.
  if (service.databaseFile && process.env.E2E_TEMPLATE)
    for (const { login } of officers)
      accounts.set(login, Promise.resolve({ login, password: demoPassword, what: '' }))
  const begun = { accounts, taken: new Map() }
  known.set(service, begun)
  return begun
}

/** The officer of this login: there already, or made at the command line. */
function officerOf(service: RunningService, officer: Officer): Promise<Account> {
  const { accounts } = knownTo(service)
  const account = accounts.get(officer.login) ?? createOfficer(service, { ...officer, what: '' })
  accounts.set(officer.login, account)
  return account
}

/** The city office that acts through the API. */
export const officeOf = (service: RunningService) => officerOf(service, officers[0]!)

/** Whoever moves the clock. */
export const administratorOf = (service: RunningService) => officerOf(service, officers[1]!)

/** An officer whom nobody asked for before. */
export function nextOfficer(service: RunningService, role: OfficersRole) {
  const { taken } = knownTo(service)
  const count = taken.get(role) ?? 0
  taken.set(role, count + 1)
  const all = officers.slice(2).filter((officer) => officer.role === role)
  const more = { login: `${role.replace('_', '')}${count + 1}`, name: `李科员${count + 21}`, role }
  return officerOf(service, all[count] ?? more)
}
