import type { RoleName } from '#modules/accounts/words.ts'
import { adminRooms } from './admin/rooms.ts'
import { inspectionRooms } from './inspection/rooms.ts'
import { paths } from './paths.ts'
import type { Words } from './words/index.ts'

/** A group of pages in the main menu. */
export interface Area {
  name: keyof Words['areas']
  path: string
  /** Whoever has one of them somewhere sees the area. */
  permissions: readonly string[]
}

/** The main menu. What belongs to one event is never in it. */
export const areas: readonly Area[] = [
  { name: 'home', path: paths.home(), permissions: ['events.read'] },
  { name: 'events', path: paths.events(), permissions: ['events.read'] },
  { name: 'people', path: paths.people(), permissions: ['persons.read', 'units.read', 'disclosures.decide'] },
  { name: 'grid', path: paths.map(), permissions: ['grid.read'] },
  { name: 'city', path: paths.city(), permissions: ['tasks.read'] },
  {
    name: 'inspection',
    path: paths.rounds(),
    permissions: inspectionRooms.flatMap((room) => room.permissions),
  },
  { name: 'admin', path: paths.admin(), permissions: adminRooms.flatMap((room) => room.permissions) },
]

/** Roles whose work is that of one unit, and no office's. */
const unitRoles: readonly RoleName[] = ['unit_administrator', 'task_officer', 'team_leader']
/** What their menu has. Everything else that they may see is reached from there, by messages, and by a few letters. */
const unitAreas: readonly Area['name'][] = ['home', 'people', 'city']

interface Who {
  permissions: readonly string[]
  grants: readonly { role: RoleName }[]
}

/** Whether somebody works for units alone. */
export const isOfUnits = ({ grants }: Pick<Who, 'grants'>): boolean =>
  grants.length > 0 && grants.every(({ role }) => unitRoles.includes(role))

/** Whose only work is what the unit owes: their menu has it always. */
const isTaskOfficer = ({ grants }: Pick<Who, 'grants'>) => grants.some(({ role }) => role === 'task_officer')

/** The menu of somebody. @param owes whether something was ever asked of their units */
export function areasOf(who: Who, owes: boolean): readonly Area[] {
  const seen = areas.filter((area) => area.permissions.some((each) => who.permissions.includes(each)))
  if (!isOfUnits(who)) return seen
  const wanted = unitAreas.filter((name) => name !== 'city' || owes || isTaskOfficer(who))
  const named = seen.filter(({ name }) => wanted.includes(name))
  // A list of units that one may only look at is no work.
  return who.permissions.includes('persons.read') ? named : named.filter(({ name }) => name !== 'people')
}
