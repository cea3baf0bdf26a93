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
  /** Whether it is for those alone who may do it over the whole city. */
  everywhere?: boolean
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
  { name: 'cases', path: paths.cases(), permissions: ['cases.read'] },
  { name: 'held', path: paths.heldUploads(), permissions: ['rounds.run'], everywhere: true },
  { name: 'rankings', path: paths.rankings(), permissions: ['rankings.read'] },
  { name: 'appeals', path: paths.appeals(), permissions: ['tasks.read'] },
  { name: 'rates', path: paths.rates(), permissions: ['tasks.read'] },
]

/** The pages that somebody has, by what they may do somewhere, and what they may do everywhere. */
export function inspectionRoomsOf(
  permissions: readonly string[],
  everywhere: readonly string[],
): readonly InspectionRoom[] {
  return inspectionRooms.filter((room) => {
    const held = room.everywhere ? everywhere : permissions
    return room.permissions.some((each) => held.includes(each))
  })
}
