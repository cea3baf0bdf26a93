import { paths } from '../paths.ts'
import type { Words } from '../words/index.ts'

/** A page of the area 系统, for whoever has one of the permissions. */
export interface AdminRoom {
  name: keyof Words['admin']
  path: string
  permissions: readonly string[]
}

/** The pages of the area, in the order of its menu. */
export const adminRooms: readonly AdminRoom[] = [
  { name: 'users', path: paths.users(), permissions: ['accounts.read'] },
  { name: 'audit', path: paths.audit(), permissions: ['audit.read'] },
  { name: 'alarms', path: paths.alarms(), permissions: ['attention.acknowledge'] },
  { name: 'confirmations', path: paths.confirmations(), permissions: ['officers.confirm'] },
  { name: 'templates', path: paths.templates(), permissions: ['messages.edit'] },
  { name: 'workdays', path: paths.workdays(), permissions: ['workdays.edit'] },
  { name: 'jobs', path: paths.jobs(), permissions: ['system.operate'] },
  // The office that runs the city is told too when something is wrong; only the operator can mend it.
  { name: 'health', path: paths.health(), permissions: ['system.operate', 'officers.confirm'] },
]

/** The pages that somebody with these permissions has. */
export function adminRoomsOf(permissions: readonly string[]): readonly AdminRoom[] {
  return adminRooms.filter((room) => room.permissions.some((each) => permissions.includes(each)))
}
