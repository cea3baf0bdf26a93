import { metresToZone, type Place as Zone } from '#modules/grid/index.ts'
import type { DistanceBand, PositionJudgement } from './words.ts'

/** Degrees, WGS-84, as a phone gives it. */
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

/** So far from the edge somebody still counts as near: indoors a position is easily that wrong. */
const nearM = 500
/** A phone may be as inexact as this and still be believed; beyond, its circle proves nothing. */
const accuracyMaxM = 300

/**
 * What a position says about being in the zone. Evidence for the leader and never a gate: indoors it lies.
 * The accuracy the phone states is granted to it, up to a bound.
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
