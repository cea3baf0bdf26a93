import { metresToZone, type Place as Zone } from '#modules/grid/index.ts'
import type { DistanceBand, PositionJudgement } from './words.ts'

/** A position in degrees (WGS-84), as a phone gives it. */
export interface Place {
  latitude: number
  longitude: number
  accuracyM?: number
}

export interface Judgement {
  judgement: PositionJudgement
  band: DistanceBand | null
}

export const noPosition: Judgement = { judgement: 'none', band: null }

/** Up to this distance from the edge a person still counts as near: indoor positions are often that wrong. */
const nearM = 500
/** The largest accuracy radius that is still used; a larger one proves nothing. */
const accuracyMaxM = 300

/**
 * Judges whether a position is in the zone. Evidence for the leader, never a condition: indoor positions are
 * unreliable. The stated accuracy radius is subtracted from the distance, up to a limit.
 */
export function judge(place: Place, zone: Zone): Judgement {
  const distanceM = metresToZone(zone, place)
  if (distanceM === undefined) return noPosition
  const certainM = Math.max(0, distanceM - Math.min(place.accuracyM ?? 0, accuracyMaxM))
  const judgement = certainM === 0 ? 'inside' : certainM <= nearM ? 'near' : 'far'
  return { judgement, band: bandOf(certainM) }
}

function bandOf(distanceM: number): DistanceBand {
  if (distanceM === 0) return '0'
  if (distanceM <= 100) return '100m'
  if (distanceM <= 500) return '500m'
  return distanceM <= 2000 ? '2km' : 'beyond'
}
