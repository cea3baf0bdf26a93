import type { HeldPlace } from './pool-facts.ts'
import type { Commitment, PlacedPerson, PoolPerson } from './pool-types.ts'

/** A person of the pool as a record: of which human it is; null: no other record is known. */
export type RecordInPool = PoolPerson & { humanId: string | null }

interface Known {
  /** The places of this event. */
  placed: readonly HeldPlace[]
  /** The places of other events in its time. */
  elsewhere: readonly Commitment[]
  /** The order of the sign-ups. */
  signedUpAs: ReadonlyMap<string, number>
}

/**
 * Lists each human once, so that a plan cannot put anybody in two places through two records: under the record with a kept
 * place, else the one that was signed up first, else the one with a place, else the one whose membership is the oldest.
 * What a human keeps under another record binds the listed one: in this event like in any other. A place of an earlier plan
 * under another record is left out, so that a new plan takes it back.
 */
export function onePerHuman(people: readonly RecordInPool[], { placed, elsewhere, signedUpAs }: Known) {
  const keeps = new Set(placed.flatMap(({ personId, kept }) => (kept ? [personId] : [])))
  const holds = new Set(placed.map(({ personId }) => personId))
  const rank = ({ personId }: RecordInPool) => {
    const signedUp = signedUpAs.get(personId) ?? Number.POSITIVE_INFINITY
    return [keeps.has(personId) ? 0 : 1, signedUp, holds.has(personId) ? 0 : 1] as const
  }
  const chosen = new Map<string, RecordInPool>()
  for (const record of people) {
    const human = humanOf(record)
    const other = chosen.get(human)
    if (!other || isBefore(rank(record), rank(other))) chosen.set(human, record)
  }
  const standsFor = (place: Pick<Commitment, 'personId' | 'humanId'>) =>
    chosen.get(humanOf(place))?.personId ?? place.personId
  const others = placed.filter((place) => place.kept && standsFor(place) !== place.personId)
  return {
    people: [...chosen.values()].map(({ humanId: _, ...person }): PoolPerson => person),
    commitments: [...elsewhere, ...others].map((place) => commitmentOf(place, standsFor(place))),
    placed: placed
      .filter((place) => place.kept || standsFor(place) === place.personId)
      .map(({ assignmentId, personId, teamId, shiftId, kept }): PlacedPerson => {
        return { assignmentId, personId, teamId, shiftId, kept }
      }),
  }
}

const humanOf = ({ personId, humanId }: Pick<Commitment, 'personId' | 'humanId'>) => humanId ?? personId

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, n) => value !== other[n])
  return at >= 0 && one[at]! < other[at]!
}

function commitmentOf(
  { humanId, shiftId, startsAt, endsAt, latitude, longitude }: Commitment,
  personId: string,
): Commitment {
  return { personId, humanId, shiftId, startsAt, endsAt, latitude, longitude }
}
