import type { Problem } from '../format/problem-format.ts'
import type { Proposal } from '../format/proposal.ts'
import { clash, dutyOf, forbids } from './duties.ts'
import { figures } from './figures.ts'
import type { State, Violation } from './violation.ts'

export type { Violation, ViolationCode } from './violation.ts'

/**
 * All violations in the proposal; empty: it may be shown. The independent validator: it reads the problem itself and
 * shares no code with the solver, so that one mistake cannot hide itself. Every rule is written a second time, on
 * purpose.
 */
export function validate(problem: Problem, proposal: Proposal): Violation[] {
  const unknown = unknownPositions(problem, proposal)
  if (unknown.length > 0) return unknown
  const byShift = problem.shifts.map((): number[] => [])
  const byPerson = new Map<number, number[]>()
  for (const { vol, shift } of proposal.assignments) {
    byShift[shift]!.push(vol)
    byPerson.set(vol, [...(byPerson.get(vol) ?? []), shift])
  }
  const state: State = { problem, byShift, byPerson }
  return [
    ...people(state),
    ...shifts(state),
    ...decided(state),
    ...wholeTeams(state),
    ...(problem.ownUnit === 'hard' ? ownUnits(state) : []),
    ...reserve(state, proposal.standby),
    ...figures(state, proposal),
  ]
}

function unknownPositions({ vol, shifts }: Problem, { assignments, standby }: Proposal): Violation[] {
  const people = vol.team.length
  const is = (value: number, length: number) => Number.isInteger(value) && value >= 0 && value < length
  const bad = assignments.filter((a) => !is(a.vol, people) || !is(a.shift, shifts.length))
  const badReserve = standby.filter((person) => !is(person, people))
  return [
    ...bad.map((a): Violation => ({ code: 'unknown', ...a, text: 'no such person or shift' })),
    ...badReserve.map((vol): Violation => ({ code: 'unknown', vol, text: 'no such person' })),
  ]
}

function* people({ problem, byPerson }: State): Generator<Violation> {
  const elsewhere = Map.groupBy(problem.commitments, ({ vol }) => vol)
  const { shiftsPerPerson = 1, hoursPerWeek = Number.POSITIVE_INFINITY } = problem
  for (const [vol, serving] of byPerson) {
    for (const shift of serving) {
      const code = forbids(problem, vol, shift, elsewhere.get(vol) ?? [])
      if (code) yield { code, vol, shift, text: `person ${vol} may not serve on shift ${shift}: ${code}` }
    }
    if (serving.length < 2) continue
    const distinct = [...new Set(serving)]
    if (distinct.length < serving.length)
      yield { code: 'duplicate', vol, text: `person ${vol} is twice on one shift` }
    const duties = distinct.map((shift) => dutyOf(problem, shift))
    for (let i = 0; i < duties.length; i++)
      for (let j = i + 1; j < duties.length; j++) {
        const code = clash(problem, duties[i]!, duties[j]!)
        if (code)
          yield {
            code,
            vol,
            shift: distinct[j]!,
            text: `shifts ${distinct[i]} and ${distinct[j]} of person ${vol}: ${code}`,
          }
      }
    const overlapping = duties.some((a, i) =>
      duties.some((b, j) => i < j && clash(problem, a, b) === 'overlap'),
    )
    if (overlapping) continue
    for (const day of Map.groupBy(duties, ({ start }) => Math.floor(start / 1440)).values())
      if (day.length > shiftsPerPerson)
        yield { code: 'too_many', vol, text: `person ${vol} has ${day.length} shifts on one day` }
    for (const week of Map.groupBy(duties, ({ start }) => Math.floor(start / 10080)).values()) {
      const hours = week.reduce((sum, { start, end }) => sum + end - start, 0) / 60
      if (hours > hoursPerWeek)
        yield { code: 'hours', vol, text: `person ${vol} serves ${hours} hours in one week` }
    }
  }
}

function* shifts({ problem, byShift }: State): Generator<Violation> {
  const { vol: columns } = problem
  for (const [shift, present] of byShift.entries()) {
    const distinct = new Set(present)
    if (distinct.size > problem.shifts[shift]!.max)
      yield {
        code: 'max',
        shift,
        text: `shift ${shift} has ${distinct.size} people, at most ${problem.shifts[shift]!.max}`,
      }
    for (const [team, party] of Map.groupBy(distinct, (vol) => columns.team[vol]!)) {
      const minors = party.filter((vol) => columns.minor[vol]).length
      if (minors > problem.K * (party.length - minors))
        yield {
          code: 'ratio',
          shift,
          team,
          text: `${minors} minors of team ${team} on shift ${shift} with ${party.length - minors} adults`,
        }
    }
  }
}

function* decided({ problem, byShift, byPerson }: State): Generator<Violation> {
  for (const { vol, shift } of problem.pins)
    if (!byPerson.get(vol)?.includes(shift))
      yield { code: 'pin', vol, shift, text: `person ${vol} is pinned to shift ${shift} and not there` }
  const pinned = new Set(problem.pins.map(({ vol, shift }) => `${vol}@${shift}`))
  const before = new Set((problem.previous ?? []).map(({ vol, shift }) => `${vol}@${shift}`))
  const elsewhere = Map.groupBy(problem.commitments, ({ vol }) => vol)
  for (const [shift, { frozen }] of problem.shifts.entries()) {
    if (!frozen) continue
    // A new person is allowed only as an escort: without them the team would have too many minors.
    for (const vol of byShift[shift]!)
      if (!before.has(`${vol}@${shift}`) && !pinned.has(`${vol}@${shift}`))
        yield { code: 'frozen', vol, shift, text: `person ${vol} is new on the frozen shift ${shift}` }
    if (byShift[shift]!.length >= problem.shifts[shift]!.max) continue
    for (const { vol } of (problem.previous ?? []).filter((placement) => placement.shift === shift)) {
      const moved = !byShift[shift]!.includes(vol) && !problem.pins.some((pin) => pin.vol === vol)
      // A minor without an adult of their team has to leave.
      const unescorted = problem.vol.minor[vol] === 1 && spareEscort(problem, byShift[shift]!, vol) < 1
      if (moved && !unescorted && !forbids(problem, vol, shift, elsewhere.get(vol) ?? []))
        yield { code: 'frozen', vol, shift, text: `person ${vol} was taken off the frozen shift ${shift}` }
    }
  }
}

/** How many more minors of the minor's team the adults on the shift could escort. */
function spareEscort({ vol: columns, K }: Problem, present: readonly number[], minor: number): number {
  const party = present.filter((other) => columns.team[other] === columns.team[minor])
  const minors = party.filter((other) => columns.minor[other]).length
  return K * (party.length - minors) - minors
}

/** All members of a team that must not be split serve on the same shifts. If pins split it, no other member serves. */
function* wholeTeams({ problem, byPerson }: State): Generator<Violation> {
  const pinned = new Set(problem.pins.map(({ vol }) => vol))
  const members = Map.groupBy(byPerson.keys(), (vol) => problem.vol.team[vol]!)
  const places = (people: readonly number[]) =>
    new Set(
      people.map((vol) =>
        byPerson
          .get(vol)!
          .toSorted((a, b) => a - b)
          .join(),
      ),
    )
  for (const [team, people] of members) {
    if (!problem.teams[team]!.whole || places(people).size < 2) continue
    const byHand = people.filter((vol) => pinned.has(vol))
    if (byHand.length < people.length || places(byHand).size < 2)
      yield {
        code: 'whole',
        team,
        shift: byPerson.get(people[0]!)![0]!,
        text: `team ${team} must not be split`,
      }
  }
}

/**
 * Under `hard` nobody may serve elsewhere who could, by one move, fill a seat below target in a zone of their own
 * unit. Exempt: pinned and frozen people, needed escorts, and members of whole teams.
 */
function* ownUnits({ problem, byShift, byPerson }: State): Generator<Violation> {
  const { vol: columns, teams, zones } = problem
  const elsewhere = Map.groupBy(problem.commitments, ({ vol }) => vol)
  const pinned = new Set(problem.pins.map(({ vol }) => vol))
  const emptyOf = Map.groupBy(
    problem.shifts
      .keys()
      .filter((s) => !problem.shifts[s]!.frozen && byShift[s]!.length < problem.shifts[s]!.target),
    (shift) => zones[problem.shifts[shift]!.zone]!.unit,
  )
  for (const [vol, serving] of byPerson) {
    const team = columns.team[vol]!
    const { unit, whole } = teams[team]!
    const from = serving[0]!
    if (serving.length !== 1 || unit < 0 || whole || pinned.has(vol) || columns.minor[vol]) continue
    if (zones[problem.shifts[from]!.zone]!.unit === unit || problem.shifts[from]!.frozen) continue
    const party = byShift[from]!.filter((other) => columns.team[other] === team)
    const minors = party.filter((other) => columns.minor[other]).length
    if (minors > problem.K * (party.length - minors - 1)) continue
    const own = emptyOf.get(unit)?.find((shift) => !forbids(problem, vol, shift, elsewhere.get(vol) ?? []))
    if (own !== undefined)
      yield {
        code: 'own_unit',
        vol,
        shift: own,
        text: `person ${vol} serves elsewhere while shift ${own} of the own unit has room`,
      }
  }
}

function* reserve({ problem, byPerson }: State, standby: readonly number[]): Generator<Violation> {
  const seen = new Set<number>()
  for (const vol of standby) {
    const { minor, barred } = problem.vol
    if (seen.has(vol) || byPerson.has(vol) || minor[vol] || barred?.[vol])
      yield { code: 'standby', vol, text: `person ${vol} cannot be held in reserve` }
    seen.add(vol)
  }
}
