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
