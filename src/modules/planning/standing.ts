import type { Basis } from './basis.ts'
import type { Input } from './describe-problem.ts'

/** What an application needs of the input of its plan: whether it is still the same, and the shifts it is for. */
export interface Standing {
  basis: Basis
  shifts: string[]
  /** The district of each shift. */
  shiftDistricts: string[]
  /** How many allotments of heads without names the event has. */
  allotments: number
}

export function standingOf({ basis, names: { shifts, shiftDistricts }, allotments }: Input): Standing {
  return { basis, shifts, shiftDistricts, allotments }
}
