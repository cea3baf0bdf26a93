import { subject } from '../subjects.ts'

/** The subject of one shift and whoever is in charge of it. */
export function inChargeSubject(shiftId: string, personId: string) {
  return subject('in-charge', `${shiftId}@${personId}`)
}
