/** What the phone makes of visits by itself: what is sent, in which order, and what stays until the receipt names all of it. */
import { expect, test } from 'vitest'
import type { VisitPacket, VisitReceipt } from '#src/web/api/operations.ts'
import { mapLink } from '#src/web/paths.ts'
import { byDistance, metresBetween } from '#src/web/phone/visits/distance.ts'
import {
  again,
  arrived,
  dropped,
  finished,
  namesAll,
  nextStep,
  nothingKept,
  packed,
  put,
  read,
  received,
  refused,
  settled,
  toVisit,
  triedOnce,
  unknown,
} from '#src/web/phone/visits/kept.ts'
import type { KeptVisits, PhoneStandard, Work } from '#src/web/phone/visits/kinds.ts'
import { isOldVisits, picturesOf, unsentVisits } from '#src/web/phone/visits/unsent.ts'
import {
  lackOf,
  momentOf,
  patrolOf,
  progressOf,
  rowsOf,
  saw,
  seenOf,
  workOf,
} from '#src/web/phone/visits/work.ts'

const at = Date.parse('2026-03-03T01:00:00Z')
const hour = 3600_000

const standard = (id: string, more: Partial<PhoneStandard> = {}): PhoneStandard => ({
  ...{ id, schemeId: 's', code: id.toUpperCase(), text: '楼道无堆物', pointClass: 'compound', answer: 'met' },
  ...{ observations: 1, mayNotApply: false, photo: 'never' },
  ...more,
})
const standards = [
  standard('a', { photo: 'on_failure', observations: 2 }),
  standard('b', { mayNotApply: true }),
  standard('c', { answer: 'count' }),
]
const visit = (id: string, latitude: number | null = null) => ({
  ...{ id, roundLabel: '2026-03', schemeId: 's', role: 'sample', attempt: 1, pointClass: 'compound' },
  point: { id: `p${id}`, code: id, name: `点位${id}`, latitude, longitude: latitude && 123.7 },
  zone: { id: 'z', name: '永丰社区' },
  ...{ opensAt: '2026-03-03T00:00:00.000Z', standardIds: ['a', 'b', 'c'] },
})
const packet = (...visits: object[]) => ({ visits, standards }) as unknown as VisitPacket
/** The phone's clock is an hour fast. */
const fresh = packed(nothingKept, packet(visit('1'), visit('2')), { at, aheadMs: hour })
const begun = workOf(fresh, '1', at + 60_000)!

test('what was begun stays as it is when the packet changes, and is not offered again', () => {
  const work = saw(begun, 'a', 1, { answer: 'not' })
  const kept = put(fresh, work)
  expect([toVisit(kept).map(({ id }) => id), unsentVisits(kept)]).toEqual([['2'], 1])
  const later = packed(kept, packet(visit('2'), visit('3')), { at: at + hour, aheadMs: 0 })
  expect([toVisit(later).map(({ id }) => id), later.works]).toEqual([['2', '3'], [work]])
  expect(workOf(later, '1', at)).toBeUndefined()
})

test('a visit says what it lacks, and what does not apply lacks nothing more', () => {
  let work = saw(begun, 'a', 1, { answer: 'partly' })
  expect([progressOf(work), lackOf(standards[0]!, seenOf(work, 'a', 1))]).toEqual([
    { asked: 4, said: 1, lacks: { answer: 3, reason: 0, picture: 1 } },
    'picture',
  ])
  work = saw(work, 'a', 1, { pictures: [{ id: 'x', at }] })
  work = saw(work, 'b', 1, { answer: 'not_applicable' })
  work = saw(work, 'c', 1, { count: 0 })
  expect(progressOf(work)).toEqual({ asked: 4, said: 3, lacks: { answer: 1, reason: 1, picture: 0 } })
  work = saw(work, 'b', 1, { note: '无绿地' })
  work = saw(work, 'a', 2, { answer: 'not_seen', note: '未开放' })
  expect(progressOf(work)).toEqual({ asked: 4, said: 4, lacks: { answer: 0, reason: 0, picture: 0 } })
  // One more than the standard asks for, begun and left empty, is asked of nobody.
  work = saw(work, 'a', 3, {})
  expect([rowsOf(work, standards[0]!), progressOf(work).asked]).toEqual([3, 4])
})

test('a finished visit sends what was seen with the times of its clock, always the same', () => {
  let work: Work = saw(begun, 'a', 1, { answer: 'not', note: ' 旧家具 ', pictures: [{ id: 'x', at }] })
  work = saw(work, 'c', 1, { count: 2 })
  const kept = finished(put(fresh, work), '1', {
    operationId: 'op',
    at: at + hour,
    position: { latitude: 41.3, longitude: 123.7 },
  })
  expect(kept.works).toEqual([])
  expect(kept.uploads[0]!.body).toEqual({
    ...{ operationId: 'op', visitId: '1', patrol: null },
    ...{
      startedAt: '2026-03-03T01:01:00.000Z',
      endedAt: '2026-03-03T02:00:00.000Z',
      clockOffsetSeconds: 3600,
    },
    ...{ latitude: 41.3, longitude: 123.7 },
    observations: [
      { standardId: 'a', sequence: 1, answer: 'not', count: null, note: '旧家具', pictureIds: ['x'] },
      { standardId: 'c', sequence: 1, answer: null, count: 2, note: null, pictureIds: [] },
    ],
  })
  const later = packed(kept, packet(), { at: at + 9 * hour, aheadMs: 0 })
  expect(later.uploads).toEqual(kept.uploads)
  const patrol = patrolOf('w', { id: 'z', name: '永丰社区', parent: '平山区' }, 's', at)
  expect(
    finished(put(fresh, patrol), 'w', { operationId: 'o', at, position: null }).uploads[0]!.body,
  ).toMatchObject({
    visitId: null,
    patrol: { schemeId: 's', zoneId: 'z' },
  })
})

test('a clock that is further off than the service corrects is corrected by the phone', () => {
  const year = 365 * 24 * hour
  expect(momentOf(at + year, year)).toEqual({ at: '2026-03-03T01:00:00.000Z', clockOffsetSeconds: 0 })
  expect(momentOf(at, -90_000)).toEqual({ at: '2026-03-03T01:00:00.000Z', clockOffsetSeconds: -90 })
})

const receipt = (more: Partial<VisitReceipt> = {}): VisitReceipt => ({
  ...{ id: 'u', operationId: 'op', visitId: '1', held: false, receivedAt: '2026-03-03T02:00:00.000Z' },
  entries: [
    { entry: 0, observationId: 'o1' },
    { entry: 1, observationId: 'o2' },
  ],
  remarks: [],
  pictures: [
    { id: 'x', entry: 0, arrived: true },
    { id: 'y', entry: 0, arrived: true },
  ],
  complete: true,
  caseIds: ['c1'],
  ...more,
})

function waiting(): KeptVisits {
  let work: Work = saw(begun, 'a', 1, {
    answer: 'not',
    pictures: [
      { id: 'x', at },
      { id: 'y', at },
    ],
  })
  work = saw(work, 'b', 1, { answer: 'met' })
  return finished(put(fresh, work), '1', { operationId: 'op', at, position: null })
}
const stepOf = (kept: KeptVisits) => {
  const step = nextStep(kept)
  return step && (step.kind === 'picture' ? step.picture.id : step.kind)
}

test('first the visit, then each picture, then the receipt; and only then nothing is left', () => {
  let kept = waiting()
  expect([stepOf(kept), picturesOf(kept)]).toEqual(['visit', ['picture/x', 'picture/y']])
  kept = triedOnce(kept, 'op')
  // It was sent before and one picture came: it is not sent again.
  kept = received(kept, receipt({ complete: false, pictures: [{ id: 'x', entry: 0, arrived: true }] }))
  expect(stepOf(kept)).toBe('y')
  kept = arrived(kept, 'op', 'y')
  expect([stepOf(kept), unsentVisits(kept)]).toEqual(['receipt', 1])
  kept = settled(kept, receipt(), at + hour)
  expect([stepOf(kept), unsentVisits(kept), picturesOf(kept)]).toEqual([undefined, 0, []])
  expect(kept.taken).toEqual([
    {
      ...{
        operationId: 'op',
        visitId: '1',
        title: '点位1',
        at: at + hour,
        held: false,
        cases: 1,
        pictures: 2,
      },
      remarks: [],
    },
  ])
  // A packet that was on its way meanwhile offers nothing twice.
  expect(
    toVisit(packed(kept, packet(visit('1'), visit('2')), { at, aheadMs: 0 })).map(({ id }) => id),
  ).toEqual(['2'])
  expect(read(kept).taken).toEqual([])
})

test('a receipt that leaves anything out is not enough', () => {
  const [upload] = waiting().uploads
  const enough = (more: Partial<VisitReceipt>) => namesAll(upload!, receipt(more))
  const held = { code: 'observation.twice', text: '', kept: false }
  expect(enough({})).toBe(true)
  expect(enough({ complete: false })).toBe(false)
  expect(enough({ operationId: 'other' })).toBe(false)
  expect(enough({ pictures: [{ id: 'x', entry: 0, arrived: true }] })).toBe(false)
  expect(enough({ entries: [{ entry: 0, observationId: 'o1' }] })).toBe(false)
  const gap = [
    { entry: 0, observationId: 'o1' },
    { entry: 1, observationId: null },
  ]
  expect(enough({ entries: gap })).toBe(false)
  // Held entries, and visits that are held as a whole, are with the service.
  expect(enough({ entries: gap, remarks: [{ ...held, entry: 1 }] })).toBe(true)
  expect(enough({ entries: [], held: true, visitId: null, remarks: [{ ...held, entry: null }] })).toBe(true)
})

test('what the service does not take stays and says so, and holds up nothing else', () => {
  let kept = received(waiting(), receipt({ pictures: [], complete: false }))
  kept = refused(kept, 'op', { pictureId: 'x', text: '无法识别' })
  expect(stepOf(kept)).toBe('y')
  kept = arrived(kept, 'op', 'y')
  expect([stepOf(kept), unsentVisits(kept)]).toEqual([undefined, 1])
  expect(stepOf(again(kept, 'op'))).toBe('visit')
  expect(stepOf(refused(waiting(), 'op', { pictureId: null, text: '' }))).toBeUndefined()
  // A service that was set back knows nothing of it any more.
  expect(stepOf(unknown(kept, 'op'))).toBe('visit')
  expect(dropped(kept, 'op').uploads).toEqual([])
})

test('a packet that nobody needs any more goes after a week, and work never does', () => {
  const week = 7 * 24 * hour
  expect([isOldVisits(fresh, at + week - 1), isOldVisits(fresh, at + week + 1)]).toEqual([false, true])
  expect(isOldVisits(waiting(), at + 10 * week)).toBe(false)
})

test('the nearest point is the first, and what has no place the last', () => {
  const here = { latitude: 41.3, longitude: 123.7 }
  expect(Math.round(metresBetween(here, { latitude: 41.309, longitude: 123.7 }))).toBe(1001)
  const visits = packet(visit('far', 41.4), visit('nowhere'), visit('near', 41.301)).visits
  expect(byDistance(visits, here).map(({ id }) => id)).toEqual(['near', 'far', 'nowhere'])
})

test('a point opens in the map of the phone, and nobody else learns of it', () => {
  const place = { name: '永丰社区', latitude: 41.3, longitude: 123.7 }
  const named = encodeURIComponent('永丰社区')
  expect(mapLink(place, 'Mozilla/5.0 (Linux; Android 14)')).toBe(`geo:41.3,123.7?q=41.3,123.7(${named})`)
  expect(mapLink(place, 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0)')).toBe(`maps://?ll=41.3,123.7&q=${named}`)
})
