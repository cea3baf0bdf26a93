/** The page that checks a draw knows SHA-256 and HMAC and nothing of ours; it must find what the service drew, and see a lie. */
import { expect, test } from 'vitest'
import {
  drawCommitment,
  drawSample,
  type FramePoint,
  frameDigest,
  frameText,
  seedCommitment,
} from '#modules/inspection/sampling/draw-rules.ts'
import { drawRechecks } from '#modules/inspection/sampling/recheck-rules.ts'
import { checkDraw } from '#src/web/inspection/rounds/redraw.ts'

const seed = Buffer.alloc(32, 7)
const frame: FramePoint[] = Array.from({ length: 40 }, (_, n) => ({
  code: `P-${n}`,
  districtCode: n % 2 === 0 ? '210502' : '210503',
  pointClass: n % 3 === 0 ? 'market' : 'compound',
  // Some were never seen for more than a year.
  unseenDays: n % 5 === 0 ? 400 + n : n,
}))
const strata = drawSample(frame, { seed, round: '2026-07', visits: 18, reserves: 2 })
const proof = {
  ...{ label: '2026-07', seed: seed.toString('hex'), seedCommitment: seedCommitment(seed) },
  ...{ frameDigest: frameDigest(frame), drawDigest: drawCommitment(seed, frameDigest(frame)) },
  ...{ method: '', size: 18, reserve: 2, frame: frameText(frame).split('\n').slice(0, -1) },
  drawn: strata.flatMap(({ sample, reserve }) => [
    ...sample.map(({ code }) => ({ code, reserve: false })),
    ...reserve.map((code) => ({ code, reserve: true })),
  ]),
}
const round = {
  kind: 'monthly' as const,
  strata: strata.map(({ districtCode, pointClass, size, visits, certain }) => ({
    ...{ districtCode, points: size, drawn: visits, certain },
    pointClass: pointClass as 'market',
  })),
}

test('an honest draw agrees in every step', async () => {
  expect(strata.some(({ certain }) => certain > 0)).toBe(true)
  expect(await checkDraw(proof, round)).toEqual({ seed: true, frame: true, draw: true, sample: true })
})

test('another seed, a point taken from the list, and a point put into the sample are each seen', async () => {
  const other = Buffer.alloc(32, 8).toString('hex')
  expect(await checkDraw({ ...proof, seed: other }, round)).toMatchObject({ seed: false, draw: false })
  const shorter = { ...proof, frame: proof.frame.slice(1) }
  expect(await checkDraw(shorter, round)).toMatchObject({ seed: true, frame: false, draw: false })
  const drawnCodes = new Set(proof.drawn.map(({ code }) => code))
  const free = frame.find(({ code }) => !drawnCodes.has(code))!
  const [, ...rest] = proof.drawn
  const wished = { ...proof, drawn: [{ code: free.code, reserve: false }, ...rest] }
  expect(await checkDraw(wished, round)).toEqual({ seed: true, frame: true, draw: true, sample: false })
})

test('a re-check is drawn again from the numbers of its cases', async () => {
  const closures = Array.from({ length: 23 }, (_, n) => `2026-01-${n}`)
  const drawn = drawRechecks(seed, '2026-07', closures).map((code) => ({ code, reserve: false }))
  const again = { ...proof, frame: closures, drawn }
  expect(await checkDraw(again, { kind: 'recheck', strata: [] })).toMatchObject({ sample: true })
  const other = { ...again, drawn: drawn.slice(1) }
  expect(await checkDraw(other, { kind: 'recheck', strata: [] })).toMatchObject({ sample: false })
})
