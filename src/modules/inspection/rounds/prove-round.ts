import { asc, eq } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { frameText } from '../sampling/draw-rules.ts'
import { cases, points, roundPoints, visits } from '../schema.ts'
import { openSeed } from '../sealed.ts'
import { labelOf } from './present.ts'
import { fullRound, type RoundRow } from './round-queries.ts'

/**
 * Everything that somebody needs to draw a round again; only after it is closed.
 * @throws DomainError `round.missing`; conflict `round.not_closed`
 */
export async function proveRound(db: Reader, keys: KeyRing, roundId: string, reader: Actor) {
  const { round } = await fullRound(db, roundId, reader)
  if (!round.closedAt || !round.frameDigest || !round.drawDigest)
    throw new DomainError('conflict', 'round.not_closed', 'The seed is shown after the round is closed.')
  if (round.closures) return { ...common(keys, round), ...(await recheckProof(db, round, round.closures)) }
  const frame = await db.select().from(roundPoints).where(eq(roundPoints.roundId, roundId))
  const drawn = await db
    .select({ code: points.code, role: visits.role })
    .from(visits)
    .innerJoin(points, eq(points.id, visits.pointId))
    .where(eq(visits.roundId, roundId))
    .orderBy(asc(visits.districtCode), asc(visits.pointClass), asc(visits.drawOrder), asc(visits.attempt))
  const seen = new Set<string>()
  return {
    ...common(keys, round),
    method:
      'order = HMAC-SHA256(seed, label|code), by stratum (district|class); unseen for 365 days first, up to half',
    frame: frameText(frame).split('\n').slice(0, -1),
    drawn: drawn
      .filter(({ code }) => !seen.has(code) && seen.add(code))
      .map(({ code, role }) => ({ code, reserve: role === 'reserve' })),
  }
}

const common = (keys: KeyRing, round: RoundRow) => ({
  label: labelOf(round),
  seed: openSeed(keys, round),
  seedCommitment: round.seedCommitment,
  frameDigest: round.frameDigest!,
  drawDigest: round.drawDigest!,
  size: round.spec.size,
  reserve: round.spec.reserve,
})

/** Of a re-check the numbers of the cases: those that could be drawn, and those that were. */
async function recheckProof(db: Reader, { id }: RoundRow, closures: readonly string[]) {
  const drawn = await db
    .select({ code: cases.number })
    .from(cases)
    .innerJoin(visits, eq(visits.id, cases.recheckVisitId))
    .where(eq(visits.roundId, id))
    .orderBy(asc(cases.number))
  return {
    method: 'order = HMAC-SHA256(seed, label|case number); the first fifth, rounded up',
    frame: [...closures],
    drawn: drawn.map(({ code }) => ({ code, reserve: false })),
  }
}
