/** How far a round is: how many of its points were visited, who is still on the way, and where nothing could be seen. Pure. */
import { seesTooLittle } from '../scoring/scoring-rules.ts'

/** A visit, as far as it says how far the round is. */
export interface Step {
  districtCode: string
  pointId: string | null
  role: string
  attempt: number
  inspectorUserId: string | null
  received: boolean
  valid: number | null
  unseen: number | null
}

/** Points, or of an inspector visits: each counts once. */
export interface Counts {
  /** Somebody was there and saw enough. */
  visited: number
  /** Somebody was there and saw too little: they go again, as often as that is done. */
  notSeen: number
  /** Somebody is to go there and did not yet. */
  waiting: number
  /** Nobody was sent yet. */
  unassigned: number
}

const kindOf = ({ received, inspectorUserId, valid, unseen }: Step): keyof Counts => {
  if (!received) return inspectorUserId ? 'waiting' : 'unassigned'
  return seesTooLittle({ seen: valid ?? 0, notSeen: unseen ?? 0 }) ? 'notSeen' : 'visited'
}

const counted = (kinds: readonly (keyof Counts)[]): Counts => {
  const counts = { visited: 0, notSeen: 0, waiting: 0, unassigned: 0 }
  for (const kind of kinds) counts[kind] += 1
  return counts
}

/** The last visit of a point that came home says how it stands; without one, the one that somebody is sent on. */
function stateOfPoint(steps: readonly Step[]): keyof Counts {
  const inOrder = [...steps].sort((a, b) => b.attempt - a.attempt)
  return kindOf(inOrder.find(({ received }) => received) ?? inOrder[0]!)
}

/** Points of each district by how they stand. Reserves count once somebody is sent there. */
export function byDistrict(steps: readonly Step[]): Map<string, Counts & { points: number }> {
  const meant = steps.filter(({ role, inspectorUserId }) => role !== 'reserve' || inspectorUserId !== null)
  const districts = Map.groupBy(meant, ({ districtCode }) => districtCode)
  return new Map(
    [...districts].sort().map(([code, some]) => {
      const points = Map.groupBy(some, ({ pointId }) => pointId)
      return [code, { points: points.size, ...counted([...points.values()].map(stateOfPoint)) }]
    }),
  )
}

/** Visits of each inspector by how they stand. */
export function byInspector(steps: readonly Step[]): Map<string, Omit<Counts, 'unassigned'>> {
  const sent = steps.filter(({ inspectorUserId }) => inspectorUserId !== null)
  return new Map(
    [...Map.groupBy(sent, ({ inspectorUserId }) => inspectorUserId!)].map(([userId, some]) => {
      const { unassigned: _, ...counts } = counted(some.map(kindOf))
      return [userId, counts]
    }),
  )
}
