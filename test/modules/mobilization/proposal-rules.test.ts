import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  admit,
  admitHeads,
  type Ground,
  type OpenShift,
} from '#modules/mobilization/proposal/proposal-rules.ts'
import { instantFrom, overlaps } from '#platform/time.ts'

const midnight = instantFrom('2026-03-04T00:00:00Z')

const shiftsOf = fc.array(
  fc.record({
    from: fc.integer({ min: 0, max: 8 }),
    hours: fc.integer({ min: 1, max: 4 }),
    left: fc.integer({ min: 0, max: 4 }),
    minorsAllowed: fc.boolean(),
    closed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
)
const peopleOf = fc.array(fc.record({ minor: fc.boolean(), escort: fc.boolean(), mayCome: fc.boolean() }), {
  minLength: 1,
  maxLength: 8,
})
const wishesOf = fc.uniqueArray(fc.tuple(fc.nat(7), fc.nat(3)), { maxLength: 20, selector: String })
const headsOf = fc.array(
  fc.record({ shift: fc.nat(3), heads: fc.integer({ min: 1, max: 5 }), minors: fc.nat(5) }),
)

type Shift = typeof shiftsOf extends fc.Arbitrary<(infer S)[]> ? S : never

function groundOf(shifts: Shift[], people: { minor: boolean; escort: boolean; mayCome: boolean }[]): Ground {
  const open = shifts.map(({ from, hours, ...shift }, at): OpenShift => {
    const startsAt = midnight.plus({ hours: from })
    return { id: `s${at}`, startsAt, endsAt: startsAt.plus({ hours }), ...shift }
  })
  return {
    shifts: new Map(open.map((shift) => [shift.id, shift])),
    members: new Map(
      people.map(({ escort, minor, mayCome }, at) => {
        return [`p${at} t`, { unitId: 'u', minor, escort: escort && !minor, mayCome: mayCome || !minor }]
      }),
    ),
    busy: new Map(),
    humans: new Map(),
    excused: new Map(),
    heads: new Map(),
    groups: new Map(),
    minorsPerAdult: 2,
  }
}

test('whatever is proposed, what is admitted keeps every rule, and everything is accounted for', () => {
  fc.assert(
    fc.property(shiftsOf, peopleOf, wishesOf, headsOf, (shifts, people, wishes, heads) => {
      const ground = groundOf(shifts, people)
      const proposedHeads = heads.map((each, at) => {
        return {
          teamId: `h${at}`,
          shiftId: `s${each.shift}`,
          heads: each.heads,
          minors: Math.min(each.minors, each.heads),
        }
      })
      const held = admitHeads(proposedHeads, ground)
      const proposed = wishes.map(([person, shift]) => ({
        personId: `p${person}`,
        teamId: 't',
        shiftId: `s${shift}`,
      }))
      const { accepted, refused, gone } = admit(proposed, ground)

      expect(accepted.length + refused.length + gone.length).toBe(proposed.length)
      expect(held.accepted.length + held.refused.length).toBe(proposedHeads.length)
      for (const [at, { left, closed, minorsAllowed }] of shifts.entries()) {
        const here = accepted.filter(({ shiftId }) => shiftId === `s${at}`)
        const heads = held.accepted.filter(({ shiftId }) => shiftId === `s${at}`)
        const taken = here.length + heads.reduce((sum, each) => sum + each.heads, 0)
        expect(taken).toBeLessThanOrEqual(left)
        if (closed) expect(taken).toBe(0)
        const minors = here.filter(({ minor }) => minor).length
        if (!minorsAllowed) expect(minors).toBe(0)
        const escorts = here.filter(({ personId }) => ground.members.get(`${personId} t`)?.escort).length
        expect(minors).toBeLessThanOrEqual(escorts * 2)
      }
      for (const placed of Map.groupBy(accepted, ({ personId }) => personId).values()) {
        const periods = placed.map(({ shiftId }) => ground.shifts.get(shiftId) as OpenShift)
        for (const [at, one] of periods.entries()) {
          expect(periods.slice(at + 1).some((other) => overlaps(one, other))).toBe(false)
        }
      }
    }),
  )
})
