import fc from 'fast-check'
import type { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import type { OfficeTime } from '#modules/command/due-rules.ts'
import { isAdmitted } from '#modules/command/tasks/admission-rules.ts'
import {
  extensionsMaxOf,
  isOverdue,
  moveFrom,
  suspensionDaysMax,
  type TaskTerms,
} from '#modules/command/tasks/move-rules.ts'
import { type FoldedMove, foldMoves, stateOf, type TaskFacts } from '#modules/command/tasks/task-facts.ts'
import { type MoveKind, moveKinds } from '#modules/command/words.ts'
import { knownNotices } from '#platform/calendar/known-years.ts'
import { calendarOf } from '#platform/calendar/rules.ts'
import { DomainError } from '#platform/errors.ts'
import { instantFrom } from '#platform/time.ts'

const office: OfficeTime = { calendar: calendarOf(knownNotices), zone: 'Asia/Shanghai' }
const start = instantFrom('2026-03-02T09:00:00+08:00')
const kinds = Object.keys(moveKinds) as MoveKind[]

/** A list of moves that grows by whatever the rules admit. */
class History {
  readonly moves: FoldedMove[] = []
  readonly refused: string[] = []
  readonly terms: TaskTerms

  constructor(terms: TaskTerms) {
    this.terms = terms
  }

  get facts(): TaskFacts {
    return foldMoves(this.moves)
  }

  wish(kind: MoveKind, at: DateTime, more: Partial<FoldedMove> = {}): boolean {
    const unitId = more.unitId ?? (kind === 'issue' || kind === 'reissue' ? 'unit' : null)
    const wish = { kind, at, unitId, until: more.until ?? null, amount: more.amount ?? null }
    try {
      const undoes = kind === 'revoke' ? this.moves.length : null
      const move = moveFrom(this.facts, this.terms, office, wish)
      this.moves.push({ ...move, sequence: this.moves.length + 1, undoes })
      return true
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      this.refused.push(error.code)
      return false
    }
  }
}

const item = { kind: 'item', target: null } as const
const dated: TaskTerms = { ...item, dueKind: 'dated', dueClass: 'workdays:3', dueOn: null }
const later = (days: number, hour = 9) => start.plus({ days, hours: hour - 9 })

test('a task is accepted, reported, sent back and signed off; checking does not eat the unit’s time', () => {
  const history = new History(dated)
  history.wish('issue', start)
  expect(history.facts.dueAt).toEqual(instantFrom('2026-03-05T17:00:00+08:00'))
  history.wish('accept', start.plus({ hours: 1 }))
  history.wish('report', later(2))
  // From Wednesday to Friday: two working days come back.
  history.wish('fail', later(4))
  expect([stateOf(history.facts), history.facts.dueAt]).toEqual([
    'accepted',
    instantFrom('2026-03-09T17:00:00+08:00'),
  ])
  history.wish('report', later(4, 16))
  history.wish('pass', later(7))
  expect(history.facts).toMatchObject({ attempts: 2, cycle: 1, closedAt: later(7) })
  expect(history.refused).toEqual([])
})

test('a wrong department returns a task once, within half of its time; what is upheld is not returned again', () => {
  const history = new History(dated)
  history.wish('issue', start)
  history.wish('return', start.plus({ hours: 2 }))
  history.wish('uphold', later(1))
  expect(history.facts.dueAt).toEqual(instantFrom('2026-03-06T17:00:00+08:00'))
  expect(history.wish('return', later(1, 10))).toBe(false)
  const late = new History(dated)
  late.wish('issue', start)
  expect(late.wish('return', later(3))).toBe(false)
  expect([...history.refused, ...late.refused]).toEqual(['move.not_now', 'move.too_late'])
})

test('a reissued task gets its full time again, in a cycle of its own', () => {
  const history = new History(dated)
  history.wish('issue', start, { unitId: 'wrong' })
  history.wish('return', start.plus({ hours: 2 }))
  history.wish('reissue', later(2), { unitId: 'right' })
  expect(history.facts).toMatchObject({ unitId: 'right', cycle: 2, returnedAt: null, attempts: 0 })
  expect(history.facts.dueAt).toEqual(instantFrom('2026-03-09T17:00:00+08:00'))
})

test('an extension is asked in time, holds the deadline until decided, and is granted twice at most', () => {
  const history = new History(dated)
  history.wish('issue', start)
  const due = history.facts.dueAt!
  history.wish('ask_extension', later(3), { until: due.plus({ days: 4 }) })
  expect(isOverdue(history.facts, due.plus({ days: 1 }))).toBe(false)
  history.wish('refuse_extension', due.plus({ hours: 1 }))
  // Refused: until the end of the next working day.
  expect(history.facts.dueAt).toEqual(instantFrom('2026-03-06T17:00:00+08:00'))
  expect(history.wish('ask_extension', later(5), { until: later(20) })).toBe(false)
  const twice = new History(dated)
  twice.wish('issue', start)
  for (let n = 1; n <= 3; n++) {
    const until = twice.facts.dueAt!.plus({ days: 1 })
    twice.wish('ask_extension', start.plus({ hours: n }), { until })
    twice.wish('grant_extension', start.plus({ hours: n, minutes: 5 }))
  }
  expect(twice.facts.extensions).toBe(extensionsMaxOf('item'))
  expect(twice.refused).toEqual(['move.limit_reached', 'move.not_now'])
})

test('a task is suspended only while not overdue, for 90 days at most, and its time goes on afterwards', () => {
  const history = new History(dated)
  history.wish('issue', start)
  expect(history.wish('suspend', later(1), { until: later(1).plus({ days: suspensionDaysMax + 1 }) })).toBe(
    false,
  )
  history.wish('suspend', later(1), { until: later(30) })
  expect(isOverdue(history.facts, later(20))).toBe(false)
  history.wish('resume', later(8))
  // Five working days were suspended.
  expect(history.facts.dueAt).toEqual(instantFrom('2026-03-12T17:00:00+08:00'))
  const over = new History(dated)
  over.wish('issue', start)
  expect(over.wish('suspend', later(10), { until: later(20) })).toBe(false)
  expect([...history.refused, ...over.refused]).toEqual(['move.until_unfit', 'move.too_late'])
})

test('random moves keep what must hold: the row is their fold, and a deadline is never earlier within a cycle', () => {
  const step = fc.record({
    kind: fc.constantFrom(...kinds),
    hours: fc.integer({ min: 0, max: 60 }),
    until: fc.option(fc.integer({ min: -40, max: 2400 })),
    amount: fc.option(fc.integer({ min: 0, max: 160 })),
    unitId: fc.constantFrom('a', 'b'),
  })
  const terms = fc.constantFrom<TaskTerms>(
    dated,
    { ...item, dueKind: 'dated', dueClass: 'hours:24', dueOn: null },
    { ...item, dueKind: 'dated', dueClass: 'work_hours:5', dueOn: null },
    { ...item, dueKind: 'dated', dueClass: null, dueOn: '2026-04-30' },
    { ...item, dueKind: 'standing', dueClass: null, dueOn: null },
    { ...item, dueKind: 'none', dueClass: null, dueOn: null },
  )
  fc.assert(
    fc.property(terms, fc.array(step, { minLength: 1, maxLength: 60 }), (term, steps) => {
      const history = new History(term)
      let at = start
      history.wish('issue', at, { unitId: 'a' })
      for (const { kind, hours, until, ...more } of steps) {
        at = at.plus({ hours })
        const before = history.facts
        const admitted = isAdmitted(before, kind, term.kind)
        const wanted = { ...more, until: until === null ? null : at.plus({ hours: until }) }
        const made = history.wish(kind, at, wanted)
        const facts = history.facts
        if (made && !admitted) throw new Error(`${kind} was made and not admitted`)
        if (kind === 'revoke' && made) continue
        if (made && facts.cycle === before.cycle && before.dueAt && facts.dueAt! < before.dueAt)
          throw new Error(`${kind} made the deadline earlier`)
        if (!made && facts !== before && JSON.stringify(facts) !== JSON.stringify(before))
          throw new Error(`${kind} was refused and changed something`)
        if (facts.closedAt && facts.cancelledAt) throw new Error('closed and cancelled')
        if (facts.extensions > extensionsMaxOf(term.kind)) throw new Error('extended too often')
        if (term.dueKind === 'dated' ? !facts.dueAt : facts.dueAt)
          throw new Error('a deadline where none belongs, or none where one does')
        if (facts.suspendedAt && facts.suspendedUntil! > facts.suspendedAt.plus({ days: suspensionDaysMax }))
          throw new Error('suspended too long')
      }
    }),
    { seed: 20260304, numRuns: 300 },
  )
})
