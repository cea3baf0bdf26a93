/** What the phone makes of a roll by itself: what is sent, with which times, and what stays until it is read. */
import { expect, test } from 'vitest'
import {
  answered,
  batched,
  bodyOf,
  isDone,
  isOld,
  type KeptRoll,
  marked,
  newRoll,
  read,
  renewed,
  restOf,
  shownOf,
  unanswered,
  unsentOf,
} from '#src/web/phone/roll/kept.ts'
import {
  countBody,
  counted,
  nextCount,
  noHeads,
  readRefusal,
  told,
  uncounted,
} from '#src/web/phone/roll/kept-heads.ts'

const loadedAt = Date.parse('2026-03-04T14:00:00Z')
const places = ['a', 'b', 'c', 'd'].map((assignmentId) => ({
  assignmentId,
  name: assignmentId,
  team: null,
  before: assignmentId === 'd' ? ('no' as const) : ('open' as const),
}))
const shift = {
  shiftId: 's',
  zone: '解放北路',
  work: '清理小广告',
  event: '学雷锋志愿服务日',
  timeZone: 'Asia/Shanghai',
  startsAt: '2026-03-04T05:30:00Z',
  endsAt: '2026-03-04T09:30:00Z',
}
/** The phone's clock is eight hours fast. */
const fresh = newRoll(shift, { stamp: `${Date.parse('2026-03-04T06:00:00Z')}.signed`, loadedAt, places })
const shown = (roll: KeptRoll) => roll.places.map((place) => shownOf(roll, place)).join(' ')

test('a tap that goes out at once is one of the present moment, and carries its time once it had to wait', () => {
  const tapped = marked(fresh, ['a'], 'absent', loadedAt + 60_000)
  const going = batched(tapped, 'roll-1', loadedAt + 61_000)
  expect(bodyOf(going, going.batch!, loadedAt + 61_000)).toEqual({
    operationId: 'roll-1',
    entries: [{ assignmentId: 'a', is: 'absent' }],
  })
  const waited = unanswered(going)
  expect(bodyOf(waited, waited.batch!, loadedAt + 900_000)).toEqual({
    operationId: 'roll-1',
    entries: [{ assignmentId: 'a', is: 'absent', at: '2026-03-04T14:01:00.000Z' }],
    offline: {
      stamp: fresh.stamp,
      loadedAt: '2026-03-04T14:00:00.000Z',
      sentAt: '2026-03-04T14:15:00.000Z',
    },
  })
  expect(batched(tapped, 'roll-1', loadedAt + 600_000).batch).toMatchObject({ live: false })
})

test('what is tapped while a batch is under way goes with the next one, and the last tap is what shows', () => {
  const going = batched(marked(fresh, ['a', 'b'], 'present', loadedAt), 'roll-1', loadedAt)
  const slip = marked(going, ['a'], 'absent', loadedAt + 1_000)
  expect(batched(slip, 'roll-2', loadedAt).batch?.operationId).toBe('roll-1')
  expect([shown(slip), unsentOf(slip)]).toEqual(['absent here open no', 2])
  const told = answered(slip, [
    { assignmentId: 'a', result: 'recorded' },
    { assignmentId: 'b', result: 'recorded' },
  ])
  expect([shown(told), unsentOf(told), restOf(told)]).toEqual(['absent here open no', 1, ['c']])
  expect(Object.keys(batched(told, 'roll-2', loadedAt).batch?.marks ?? {})).toEqual(['a'])
})

test('what the service did not record says so until somebody read it, and the roll is not done before', () => {
  const sent = batched(marked(fresh, ['a', 'b', 'c'], 'present', loadedAt), 'roll-1', loadedAt)
  const told = answered(sent, [
    { assignmentId: 'a', result: 'recorded' },
    { assignmentId: 'b', result: 'moved' },
    { assignmentId: 'c', result: 'pending' },
  ])
  expect([shown(told), told.unread, isDone(told)]).toEqual(['here refused pending no', ['b', 'c'], false])
  expect(isDone(read(told))).toBe(true)
  const later = newRoll(shift, {
    stamp: fresh.stamp,
    loadedAt,
    places: places.map((place) => ({
      ...place,
      before: place.assignmentId === 'a' ? 'present' : place.before,
    })),
  })
  expect(shown(renewed(told, later))).toBe('here refused pending no')
})

test('names are kept until a day after the end, reckoned from the service’s time', () => {
  const end = loadedAt + 3.5 * 3600_000
  expect([isOld(fresh, end + 23 * 3600_000), isOld(fresh, end + 25 * 3600_000)]).toEqual([false, true])
})

test('heads that were counted wait like taps, carry their time once they had to wait, and a refusal stays until it is read', () => {
  const heads = { ...noHeads, allotted: [{ id: 'x', team: '三年二班', unnamed: 30 }] }
  const roll = newRoll(shift, { stamp: fresh.stamp, loadedAt, places: [], heads })
  const numbers = { present: 28, adults: 2, companions: 0 }
  const waiting = counted(roll, 'x', { ...numbers, operationId: 'heads-1', at: loadedAt + 60_000 })
  const [, count] = nextCount(waiting)!
  expect([unsentOf(waiting), isDone(waiting)]).toEqual([1, false])
  expect(countBody(waiting, count, loadedAt + 61_000)).toEqual({ ...numbers, operationId: 'heads-1' })
  const [, again] = nextCount(uncounted(waiting))!
  expect(countBody(waiting, again, loadedAt + 62_000)).toEqual({
    ...numbers,
    operationId: 'heads-1',
    at: '2026-03-04T14:01:00.000Z',
    offline: {
      stamp: fresh.stamp,
      loadedAt: '2026-03-04T14:00:00.000Z',
      sentAt: '2026-03-04T14:01:02.000Z',
    },
  })
  const corrected = counted(waiting, 'x', { ...numbers, present: 29, operationId: 'heads-2', at: loadedAt })
  const at = '2026-03-04T06:01:00.000Z'
  expect(unsentOf(told(corrected, 'x', count, { ...numbers, at }))).toBe(1)
  expect(isDone(told(waiting, 'x', count, { ...numbers, at }))).toBe(true)
  const refused = told(waiting, 'x', count, { ...numbers, at, refused: '清点已结束。' })
  expect([unsentOf(refused), isDone(refused), isDone(renewed(refused, roll))]).toEqual([0, false, false])
  expect(isDone(readRefusal(refused, 'x'))).toBe(true)
  // A roll that an older page kept knows nothing of heads.
  const { heads: _, ...older } = roll
  expect([unsentOf(older), isDone(older), unsentOf(counted(older, 'x', { ...count }))]).toEqual([0, true, 1])
})
