/**
 * 抽样: which points a round visits. Whoever knows seed and frame draws the same sample with any tool that has HMAC-SHA256,
 * in whatever order they list the points. Pure.
 */
import { createHash, createHmac } from 'node:crypto'
import { allocate } from './allocation-rules.ts'

/** A point as it stands in the frame (抽样框) of a round. */
export interface FramePoint {
  /** The code of the point: it is public and never given twice. */
  code: string
  districtCode: string
  pointClass: string
  /** Days since it was last seen, or since it was entered, at the moment of the draw. */
  unseenDays: number
}

export interface DrawnPoint {
  code: string
  /** π: how likely it was to be drawn; 1 for those that entered with certainty. */
  probability: number
  /** It entered because nobody had seen it for a year. */
  certain: boolean
}

export interface DrawnStratum {
  districtCode: string
  pointClass: string
  /** N_h, n_h and c_h. */
  size: number
  visits: number
  certain: number
  sample: DrawnPoint[]
  /** In this order, for points of the sample that cannot be visited. */
  reserve: string[]
}

/** Unseen for so long, a point enters with certainty. */
export const unseenDaysMax = 365

export const stratumKey = ({ districtCode, pointClass }: Pick<FramePoint, 'districtCode' | 'pointClass'>) =>
  `${districtCode}|${pointClass}`

/** Where a point stands in the order of a round: HMAC-SHA256(seed, `round|code`), as hexadecimal. */
export const orderOf = (seed: Buffer, round: string, code: string): string =>
  createHmac('sha256', seed).update(`${round}|${code}`).digest('hex')

/**
 * Draws the sample. In a stratum the points unseen for a year enter first, the longest unseen first, but fill at most half
 * of n_h; the others are the first by `orderOf`, each with π = (n_h − c_h)/(N_h − c_h).
 * @param round its public name, `2026-07`
 * @throws DomainError invalid `round.too_few`
 */
export function drawSample(
  frame: readonly FramePoint[],
  { seed, round, visits, reserves = 2 }: { seed: Buffer; round: string; visits: number; reserves?: number },
): DrawnStratum[] {
  const strata = Map.groupBy(frame, stratumKey)
  const counts = allocate(
    [...strata].map(([key, { length: size }]) => ({ key, size })),
    visits,
  )
  return [...strata.keys()]
    .sort()
    .map((key) => drawStratum(strata.get(key)!, counts.get(key)!, { seed, round, reserves }))
}

function drawStratum(
  points: readonly FramePoint[],
  visits: number,
  { seed, round, reserves }: { seed: Buffer; round: string; reserves: number },
): DrawnStratum {
  const { districtCode, pointClass } = points[0]!
  const ordered = points
    .map((point) => ({ ...point, order: orderOf(seed, round, point.code) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
  // Sorting is stable: of equally long unseen points the order of the draw decides.
  const overdue = ordered
    .filter(({ unseenDays }) => unseenDays >= unseenDaysMax)
    .sort((a, b) => b.unseenDays - a.unseenDays)
    .slice(0, Math.floor(visits / 2))
  const certainly = new Set(overdue.map(({ code }) => code))
  const others = ordered.filter(({ code }) => !certainly.has(code))
  const drawn = visits - overdue.length
  const probability = others.length === 0 ? 1 : drawn / others.length
  return {
    districtCode,
    pointClass,
    size: points.length,
    visits,
    certain: overdue.length,
    sample: [
      ...overdue.map(({ code }) => ({ code, probability: 1, certain: true })),
      ...others.slice(0, drawn).map(({ code }) => ({ code, probability, certain: false })),
    ],
    reserve: others.slice(drawn, drawn + reserves).map(({ code }) => code),
  }
}

/** The frame as text: a line `code|district|class|days unseen` for each point, by code. Whoever checks a draw needs it. */
export const frameText = (frame: readonly FramePoint[]): string =>
  frame
    .map(({ code, districtCode, pointClass, unseenDays }) =>
      [code, districtCode, pointClass, unseenDays].join('|'),
    )
    .sort()
    .map((line) => `${line}\n`)
    .join('')

/** SHA-256 of the frame as text (UTF-8), as hexadecimal. */
export const frameDigest = (frame: readonly FramePoint[]): string =>
  createHash('sha256').update(frameText(frame)).digest('hex')

/** SHA-256 of the seed: published when the round is created, before anybody knows the frame. */
export const seedCommitment = (seed: Buffer): string => createHash('sha256').update(seed).digest('hex')

/** SHA-256 of the 32 bytes of the seed and the 32 of the digest: published at the draw. */
export const drawCommitment = (seed: Buffer, digest: string): string =>
  createHash('sha256').update(seed).update(Buffer.from(digest, 'hex')).digest('hex')
