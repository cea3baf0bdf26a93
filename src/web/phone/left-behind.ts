/** What earlier pages left on this phone, for whoever it belongs to. */
import type { MeView } from '../api/operations.ts'
import { deviceNow } from '../core/time.ts'
import type { KeptRecord } from './kept/keeping.ts'
import { disk } from './kept/seal.ts'
import { isOld, type KeptRoll, stampedAt, unsentOf } from './roll/kept.ts'
import type { KeptVisits } from './visits/kinds.ts'
import { isOldVisits, picturesOf, unsentVisits } from './visits/unsent.ts'

interface Whose {
  user: MeView
  unsent: number
  /** The moment at the service, by what the phone knows of its clock. */
  serverNow: number
}
export type Left = Whose & ({ roll: KeptRoll; visits?: never } | { visits: KeptVisits; roll?: never })

/** What is there. What is too old is taken away. */
export async function leftBehind(): Promise<Left[]> {
  const left: Left[] = []
  const now = deviceNow()
  const ofRoll = (await disk.get('roll')) as KeptRecord<'roll', KeptRoll> | undefined
  if (ofRoll && isOld(ofRoll.roll, now)) await disk.remove(['roll'])
  else if (ofRoll) {
    const { user, roll } = ofRoll
    left.push({ user, roll, unsent: unsentOf(roll), serverNow: stampedAt(roll) + now - roll.loadedAt })
  }
  const ofVisits = (await disk.get('visits')) as KeptRecord<'visits', KeptVisits> | undefined
  if (ofVisits && isOldVisits(ofVisits.visits, now)) await disk.remove(['visits'])
  else if (ofVisits) {
    const { user, visits } = ofVisits
    left.push({ user, visits, unsent: unsentVisits(visits), serverNow: now - visits.aheadMs })
  }
  return left
}

/** Takes it away from this phone. What was not sent is lost. */
export async function discardLeft(left: Left): Promise<void> {
  if (left.roll) return disk.remove(['roll'])
  await disk.remove(['visits', ...picturesOf(left.visits)])
}
