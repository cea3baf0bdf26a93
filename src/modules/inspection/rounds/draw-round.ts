import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import type { Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { type DrawnStratum, drawCommitment, drawSample, frameDigest } from '../sampling/draw-rules.ts'
import { roundPoints, rounds, visits } from '../schema.ts'
import { openSeed } from '../sealed.ts'
import { drawRecheck } from './draw-recheck.ts'
import { type FramedPoint, frameOf } from './frame.ts'
import { labelOf } from './present.ts'
import { ownRound, type RoundRow } from './round-queries.ts'
import { drawn } from './save-round.ts'

/**
 * Draws a round, once. The frame is kept as it was, SHA-256(seed‖frame digest) stands in the audit trail: whoever knows both
 * after the round is closed draws the same points again.
 * @throws DomainError `round.missing`, `access.out_of_reach`, `version.stale`; conflict `round.drawn`; invalid
 * `round.empty_frame`, `round.empty_stratum`, `round.class_unscored`, `round.too_few`
 */
export async function drawRound(
  tx: Writer,
  { roundId, version, keys, by, at }: Doing & { roundId: string; version: number; keys: KeyRing },
): Promise<void> {
  const { round } = await ownRound(tx, roundId, by)
  if (round.drawnAt) throw drawn()
  assertVersion(round, version)
  const seed = Buffer.from(openSeed(keys, round), 'hex')
  if (round.kind === 'recheck') return drawAgain(tx, { round, version, seed, by, at })
  const { schemeId, spec } = round
  const frame = await frameOf(tx, { schemeId, spec, at })
  const strata = drawSample(frame, { seed, round: labelOf(round), visits: spec.size, reserves: spec.reserve })
  const digest = frameDigest(frame)
  const drawDigest = drawCommitment(seed, digest)
  await updateVersioned(tx, rounds, roundId, version, {
    ...{ frameDigest: digest, drawDigest, drawnAt: at },
    strata: strata.map(({ districtCode, pointClass, size, visits, certain }) => ({
      ...{ districtCode, points: size, drawn: visits, certain },
      pointClass: pointClass as FramedPoint['pointClass'],
    })),
  })
  await inChunks(frame, 100, async (some) => {
    await tx
      .insert(roundPoints)
      .values(some.map(({ zoneId, ...point }) => ({ ...point, id: newId(), roundId })))
  })
  await insertVisits(tx, round, { frame, strata, at })
  const details = { frameDigest: digest, drawDigest, points: frame.length }
  await record(tx, { action: 'round.drawn', subject: `round:${roundId}`, by, at, details })
}

async function drawAgain(
  tx: Writer,
  { round, version, seed, by, at }: Doing & { round: RoundRow; version: number; seed: Buffer },
): Promise<void> {
  const { points, ...drawnNow } = await drawRecheck(tx, { round, seed, at })
  await updateVersioned(tx, rounds, round.id, version, { ...drawnNow, strata: [], drawnAt: at })
  const { frameDigest: digest, drawDigest } = drawnNow
  const details = { frameDigest: digest, drawDigest, points }
  await record(tx, { action: 'round.drawn', subject: `round:${round.id}`, by, at, details })
}

async function insertVisits(
  tx: Writer,
  { id: roundId, schemeId }: RoundRow,
  { frame, strata, at }: { frame: readonly FramedPoint[]; strata: readonly DrawnStratum[]; at: Doing['at'] },
): Promise<void> {
  const byCode = new Map(frame.map((point) => [point.code, point]))
  const rows = strata.flatMap(({ sample, reserve }) => {
    const chance = sample.find(({ certain }) => !certain)?.probability ?? 1
    const drawnOnes = sample.map(({ code, probability }) => ({ code, probability, role: 'sample' as const }))
    const spare = reserve.map((code) => ({ code, probability: chance, role: 'reserve' as const }))
    return [...drawnOnes, ...spare].map(({ code, probability, role }, n) => {
      const { pointId, zoneId, districtCode, pointClass } = byCode.get(code)!
      return {
        ...{ id: newId(), roundId, schemeId, pointId, zoneId, districtCode, pointClass, role },
        ...{ attempt: 1, drawOrder: n + 1, inclusion: probability, createdAt: at },
      }
    })
  })
  await inChunks(rows, 100, async (some) => {
    await tx.insert(visits).values(some)
  })
}
