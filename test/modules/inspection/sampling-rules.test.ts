import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { allocate } from '#modules/inspection/sampling/allocation-rules.ts'
import {
  drawCommitment,
  drawSample,
  type FramePoint,
  frameDigest,
  frameText,
  seedCommitment,
  stratumKey,
} from '#modules/inspection/sampling/draw-rules.ts'
import { drawRechecks, recheckPeriod, recurs } from '#modules/inspection/sampling/recheck-rules.ts'

const seed = (n: number) => createHash('sha256').update(`seed ${n}`).digest()
const round = '2026-07'

const frameOf = (of: { d: number; c: number; unseenDays: number }[]): FramePoint[] =>
  of.map(({ d, c, unseenDays }, n) => ({
    code: `P${String(n).padStart(4, '0')}`,
    districtCode: `21050${d}`,
    pointClass: `class${c}`,
    unseenDays,
  }))
const someFrame = fc
  .array(
    fc.record({
      d: fc.integer({ min: 2, max: 5 }),
      c: fc.integer({ min: 1, max: 3 }),
      unseenDays: fc.integer({ min: 0, max: 500 }),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map(frameOf)
const someVisits = fc.integer({ min: 12, max: 70 })
const codesOf = (drawn: ReturnType<typeof drawSample>) =>
  drawn.flatMap(({ sample }) => sample.map(({ code }) => code))

test('visits are divided by largest remainder, at least one a stratum, never more than it has, whatever the order', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(sizes, fc.integer({ min: 30, max: 2000 }), (all, total) => {
      const strata = all.map((size, n) => ({ key: `h${String(n).padStart(2, '0')}`, size }))
      const frame = all.reduce((sum, size) => sum + size, 0)
      const given = allocate(strata, total)
      expect([...given.values()].reduce((sum, count) => sum + count, 0)).toBe(Math.min(total, frame))
      for (const { key, size } of strata) {
        expect(given.get(key)).toBeGreaterThanOrEqual(1)
        expect(given.get(key)).toBeLessThanOrEqual(size)
        // Nobody who is above one is more than one away from their share of what the small ones left.
        expect(given.get(key)! - 1).toBeLessThan(Math.max(1, (total * size) / frame))
      }
      expect(allocate(strata.toReversed(), total)).toEqual(new Map([...given].toReversed()))
    }),
  )
  expect([
    ...allocate(
      [
        { key: 'a', size: 41 },
        { key: 'b', size: 27 },
        { key: 'c', size: 32 },
      ],
      10,
    ).values(),
  ]).toEqual([4, 3, 3])
  expect(() =>
    allocate(
      [
        { key: 'a', size: 3 },
        { key: 'b', size: 0 },
      ],
      5,
    ),
  ).toThrow(expect.objectContaining({ code: 'round.empty_stratum', details: { strata: ['b'] } }))
  expect(() =>
    allocate(
      [
        { key: 'a', size: 3 },
        { key: 'b', size: 4 },
      ],
      1,
    ),
  ).toThrow(expect.objectContaining({ code: 'round.too_few' }))
})

test('a permuted frame draws the same sample, with the same digest', () => {
  fc.assert(
    fc.property(someFrame, someVisits, fc.infiniteStream(fc.nat()), (frame, visits, keys) => {
      const order = new Map(frame.map(({ code }) => [code, keys.next().value as number]))
      const permuted = frame.toSorted((a, b) => order.get(a.code)! - order.get(b.code)!)
      const terms = { seed: seed(1), round, visits }
      expect(drawSample(permuted, terms)).toEqual(drawSample(frame, terms))
      expect(frameDigest(permuted)).toBe(frameDigest(frame))
    }),
  )
})

test('a new point moves nobody in a stratum whose number of visits stays: it enters, or it does not', () => {
  fc.assert(
    fc.property(someFrame, someVisits, fc.nat(1e6), (frame, visits, n) => {
      const terms = { seed: seed(2), round, visits, reserves: 0 }
      const added: FramePoint = { ...frame[n % frame.length]!, code: `N${n}`, unseenDays: 0 }
      const before = new Map(drawSample(frame, terms).map((drawn) => [stratumKey(drawn), drawn]))
      for (const after of drawSample([...frame, added], terms)) {
        const was = before.get(stratumKey(after))!
        if (was.visits !== after.visits) continue
        const old = was.sample.map(({ code }) => code)
        const stayed = codesOf([after]).filter((code) => code !== added.code)
        const entered = stayed.length < after.visits
        // Either nobody moved, or the last one in the order made room.
        expect(stayed).toEqual(entered ? old.slice(0, -1) : old)
        if (stratumKey(after) !== stratumKey(added)) expect(after).toEqual(was)
      }
    }),
  )
})

test('every point is drawn as often as its π says, over 10,000 draws', () => {
  const place = { districtCode: '210502', pointClass: 'park' }
  const frame: FramePoint[] = Array.from({ length: 8 }, (_, n) => ({
    code: `P${n}`,
    ...place,
    unseenDays: n < 3 ? 400 + n : n,
  }))
  const draws = 10_000
  const drawn = new Map<string, number>()
  const counts = new Set<string>()
  let probabilities = new Map<string, number>()
  for (let n = 0; n < draws; n += 1) {
    const [stratum] = drawSample(frame, { seed: seed(n), round, visits: 4 })
    counts.add([stratum!.size, stratum!.visits, stratum!.certain].join())
    for (const { code } of stratum!.sample) drawn.set(code, (drawn.get(code) ?? 0) + 1)
    probabilities = new Map(stratum!.sample.map(({ code, probability }) => [code, probability]))
  }
  expect([...counts]).toEqual(['8,4,2'])
  // Half of the visits go to the two that nobody saw for longest; the third of them is one of six.
  for (const code of ['P1', 'P2']) {
    expect(drawn.get(code)).toBe(draws)
    expect(probabilities.get(code)).toBe(1)
  }
  const sigma = Math.sqrt((1 / 3) * (2 / 3) * draws)
  for (const code of ['P0', ...Array.from({ length: 5 }, (_, n) => `P${n + 3}`)])
    expect(Math.abs(drawn.get(code)! - draws / 3)).toBeLessThan(4 * sigma)
  expect([...probabilities.values()].filter((value) => value !== 1)).toEqual([1 / 3, 1 / 3])
})

test('points unseen for a year fill at most half of a stratum, the longest unseen first, and the sum of π is the number of visits', () => {
  fc.assert(
    fc.property(someFrame, someVisits, (frame, visits) => {
      const of = new Map(frame.map((point) => [point.code, point]))
      for (const stratum of drawSample(frame, { seed: seed(3), round, visits })) {
        const overdue = frame.filter((p) => stratumKey(p) === stratumKey(stratum) && p.unseenDays >= 365)
        const certain = stratum.sample.filter((point) => point.certain)
        expect(certain.length).toBe(Math.min(overdue.length, Math.floor(stratum.visits / 2)))
        const days = certain.map(({ code }) => of.get(code)!.unseenDays)
        const longest = overdue.map(({ unseenDays }) => unseenDays).sort((a, b) => b - a)
        expect(days).toEqual(longest.slice(0, days.length))
        const expected =
          certain.length +
          (stratum.size - certain.length) * (stratum.sample.find((point) => !point.certain)?.probability ?? 0)
        expect(expected).toBeCloseTo(stratum.visits, 9)
        expect(new Set([...codesOf([stratum]), ...stratum.reserve]).size).toBe(
          stratum.visits + stratum.reserve.length,
        )
      }
    }),
  )
})

test('anybody redraws a sample with HMAC-SHA256 alone, and finds what was promised', () => {
  const frame = frameOf(Array.from({ length: 40 }, (_, n) => ({ d: 2 + (n % 2), c: 1, unseenDays: n })))
  const secret = seed(4)
  const mac = (code: string) => createHmac('sha256', secret).update(`2026-07|${code}`).digest('hex')
  const [first] = drawSample(frame, { seed: secret, round, visits: 10 })
  const codes = frame.filter(({ districtCode }) => districtCode === '210502').map(({ code }) => code)
  const byMac = codes.toSorted((a, b) => (mac(a) < mac(b) ? -1 : 1))
  expect(first!.sample.map(({ code }) => code)).toEqual(byMac.slice(0, 5))
  expect(first!.reserve).toEqual(byMac.slice(5, 7))
  const sha = (...parts: (Buffer | string)[]) => {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    return hash.digest()
  }
  expect(frameText(frame).split('\n')[0]).toBe('P0000|210502|class1|0')
  expect(frameDigest(frame)).toBe(sha(frameText(frame)).toString('hex'))
  expect(seedCommitment(secret)).toBe(sha(secret).toString('hex'))
  expect(drawCommitment(secret, frameDigest(frame))).toBe(sha(secret, sha(frameText(frame))).toString('hex'))
})

test('a fifth of what was closed is looked at again, whatever the order of the list, within 30 to 90 days', () => {
  const closures = Array.from({ length: 203 }, (_, n) => `2026-03-${n}`)
  const drawn = drawRechecks(seed(5), 'recheck 2026-07', closures)
  expect(drawn.length).toBe(41)
  expect(drawRechecks(seed(5), 'recheck 2026-07', closures.toReversed())).toEqual(drawn)
  expect(drawRechecks(seed(6), 'recheck 2026-07', closures)).not.toEqual(drawn)
  expect(drawRechecks(seed(5), 'recheck 2026-07', [])).toEqual([])
  const closedAt = DateTime.fromISO('2026-03-02T08:00:00Z', { zone: 'utc' })
  const { from, until } = recheckPeriod(closedAt)
  expect([from.toISODate(), until.toISODate()]).toEqual(['2026-04-01', '2026-05-31'])
  expect(recurs(closedAt, closedAt.plus({ days: 180 }))).toBe(true)
  expect(recurs(closedAt, closedAt.plus({ days: 181 }))).toBe(false)
})
