import { type PictureRow, presentPicture } from '#platform/pictures/index.ts'
import { isoOf } from '#platform/time.ts'
import { labelOf } from '../rounds/present.ts'
import type { observations, rounds, visits } from '../schema.ts'
import { percentOf } from '../scoring/scoring-rules.ts'
import type { VisitState } from '../words.ts'
import type { ObservationView, VisitView } from './contract.ts'

type VisitRow = typeof visits.$inferSelect

export function visitStateOf({ receivedAt, inspectorUserId }: VisitRow): VisitState {
  if (receivedAt) return 'received'
  return inspectorUserId ? 'assigned' : 'unassigned'
}

/** A score as a pair and in per cent; null where nothing valid was seen. */
function pairOf(earned: number | null, possible: number | null): VisitView['balanced'] {
  const percent = earned === null || possible === null ? null : percentOf({ earned, possible })
  return percent === null ? null : { earned: earned!, possible: possible!, percent }
}

interface Parts {
  visit: VisitRow
  point: { id: string; code: string; name: string } | null
  zone: { id: string; name: string }
  inspectorUnit: { id: string; name: string } | null
  inspectorName: string | null
  round: typeof rounds.$inferSelect | null
}

/** A visit as the API shows it; who went is named to whoever runs the round alone. */
export function presentVisit(full: Parts, running: boolean): VisitView {
  const { visit, point, zone, inspectorUnit, inspectorName, round } = full
  const iso = (at: VisitRow['opensAt']) => at && isoOf(at)
  return {
    id: visit.id,
    version: visit.version,
    roundId: visit.roundId,
    roundLabel: round && labelOf(round),
    role: visit.role,
    attempt: visit.attempt,
    point: point && { id: point.id, code: point.code, name: point.name },
    zone,
    districtCode: visit.districtCode,
    pointClass: visit.pointClass,
    inclusion: visit.inclusion,
    state: visitStateOf(visit),
    inspectorUserId: running ? visit.inspectorUserId : null,
    inspectorName: running ? inspectorName : null,
    inspectorUnit: running ? inspectorUnit : null,
    opensAt: iso(visit.opensAt),
    startedAt: iso(visit.startedAt),
    endedAt: iso(visit.endedAt),
    receivedAt: iso(visit.receivedAt),
    afterClosure: visit.afterClosure,
    place: visit.place,
    balanced: pairOf(visit.balancedEarned, visit.balancedPossible),
    pooled: pairOf(visit.pooledEarned, visit.pooledPossible),
    valid: visit.valid,
    notApplicable: visit.notApplicable,
    unseen: visit.unseen,
  }
}

interface Seen {
  observation: typeof observations.$inferSelect
  standard: ObservationView['standard']
}

/** What was seen of one standard, with its pictures. */
export function presentObservation(
  { observation, standard }: Seen,
  some: readonly PictureRow[],
): ObservationView {
  const { id, sequence, answer, count, score, note, caseId, supersededById, pictureIds } = observation
  const there = new Set(some.map((picture) => picture.id))
  return {
    ...{ id, standard, sequence, answer, count, score, note, caseId },
    superseded: supersededById !== null,
    pictures: some.filter(({ hiddenAt }) => hiddenAt === null).map(presentPicture),
    awaited: pictureIds.filter((each) => !there.has(each)).length,
  }
}
