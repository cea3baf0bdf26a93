import { paths } from '../paths.ts'
import type { areaWords } from './words/area.ts'

/** A page of the area 督查 with a tab of its own, for whoever has one of the permissions. */
export interface InspectionRoom {
  name: Exclude<keyof (typeof areaWords)['zh'], 'parts'>
  path: string
  permissions: readonly string[]
  /** The address itself, where it is the beginning of those of the others. */
  only?: boolean
  /** Where the pages below it are, if elsewhere. */
  below?: string
}

/** The pages of the area, in the order of its menu. */
export const inspectionRooms: readonly InspectionRoom[] = [
  {
    name: 'rounds',
    path: paths.rounds(),
    permissions: ['rounds.read'],
    only: true,
    below: '/inspection/rounds',
  },
  { name: 'points', path: paths.points(), permissions: ['schemes.read'] },
  { name: 'schemes', path: paths.schemes(), permissions: ['schemes.read'] },
]

/** The pages that somebody with these permissions has. */
export function inspectionRoomsOf(permissions: readonly string[]): readonly InspectionRoom[] {
  return inspectionRooms.filter((room) => room.permissions.some((each) => permissions.includes(each)))
}
