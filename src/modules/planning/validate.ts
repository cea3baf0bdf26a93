import type { Problem } from './problem-format.ts'
import type { Proposal } from './proposal.ts'

/**
 * An independent judge of proposals. It reads the problem as it stands and shares no code with the solver, so that
 * one mistake cannot hide itself; every rule below is written down a second time, on purpose.
 */
export type ViolationCode =
  | 'unknown' // a position that does not exist
  | 'duplicate' // one person twice on one shift
  | 'max' // more people than the shift may take
  | 'overlap' // two duties of one person at the same time
  | 'travel' // no time for the way between two duties, or for the buffer
  | 'rest' // too little rest between two shifts
  | 'unavailable' // outside the time the person gave
  | 'barred' // no consent
  | 'minor_zone' // a minor where minors may not be
  | 'ratio' // too few adults of their own team beside minors
  | 'pin' // somebody pinned is not in place
  | 'frozen' // the people of a frozen shift changed
  | 'too_many' // more shifts a day than one person may take
  | 'hours' // more hours a week than one person may serve
  | 'whole' // a team that must not be split is split
  | 'own_unit' // somebody serves elsewhere while a seat of an own zone that is theirs by rule stays empty
  | 'skill_twice' // one person was counted for two skills
  | 'figures' // what the proposal says of itself is not so
  | 'standby' // somebody in reserve who serves, is a minor, or cannot serve

export interface Violation {
  code: ViolationCode
  vol?: number
  shift?: number
  text: string
}

/** Everything that is wrong with the proposal; empty means that it may be shown. */
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

interface State {
  problem: Problem
  byShift: number[][]
  byPerson: Map<number, number[]>
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

function metres(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)
}

interface Duty {
  start: number
  end: number
  x: number
  y: number
  /** The zone, for shifts; undefined for a duty elsewhere. */
  zone?: number
}

/** What is wrong between two duties of one person, if anything. */
function clash(problem: Problem, a: Duty, b: Duty): 'overlap' | 'travel' | 'rest' | null {
  const [first, second] = a.start <= b.start ? [a, b] : [b, a]
  const between = second.start - first.end
  if (between < 0 && second.end > first.start) return 'overlap'
  const samePlace = a.zone !== undefined && a.zone === b.zone
  if (!samePlace && between < metres(a, b) / problem.speed + problem.buffer) return 'travel'
  const bothShifts = a.zone !== undefined && b.zone !== undefined
  return bothShifts && between < (problem.restMinutes ?? 0) ? 'rest' : null
}

function dutyOf(problem: Problem, shift: number): Duty {
  const { zone, start, end } = problem.shifts[shift]!
  return { start, end, zone, x: problem.zones[zone]!.x, y: problem.zones[zone]!.y }
}

/** Whether the person may serve on the shift at all; otherwise the rule that forbids it. */
function forbids(
  problem: Problem,
  vol: number,
  shift: number,
  elsewhere: readonly Duty[],
): ViolationCode | null {
  const { vol: columns, zones } = problem
  const duty = dutyOf(problem, shift)
  if (columns.barred?.[vol]) return 'barred'
  if (duty.start < columns.from[vol]! || columns.to[vol]! < duty.end) return 'unavailable'
  if (columns.minor[vol] && !zones[duty.zone!]!.minorsOk) return 'minor_zone'
  if ((duty.end - duty.start) / 60 > (problem.hoursPerWeek ?? Number.POSITIVE_INFINITY)) return 'hours'
  for (const other of elsewhere) {
    const wrong = clash(problem, duty, other)
    if (wrong) return wrong
  }
  return null
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
    // Somebody new is there only as an escort: without them minors of their team would be too many.
    for (const vol of byShift[shift]!)
      if (!before.has(`${vol}@${shift}`) && !pinned.has(`${vol}@${shift}`))
        yield { code: 'frozen', vol, shift, text: `person ${vol} is new on the frozen shift ${shift}` }
    if (byShift[shift]!.length >= problem.shifts[shift]!.max) continue
    for (const { vol } of (problem.previous ?? []).filter((placement) => placement.shift === shift)) {
      const moved = !byShift[shift]!.includes(vol) && !problem.pins.some((pin) => pin.vol === vol)
      // A minor whom nobody of their team can look after any more has to go.
      const unescorted = problem.vol.minor[vol] === 1 && spareEscort(problem, byShift[shift]!, vol) < 1
      if (moved && !unescorted && !forbids(problem, vol, shift, elsewhere.get(vol) ?? []))
        yield { code: 'frozen', vol, shift, text: `person ${vol} was taken off the frozen shift ${shift}` }
    }
  }
}

/** How many more minors of this one's team the adults of it on a shift could look after. */
function spareEscort({ vol: columns, K }: Problem, present: readonly number[], minor: number): number {
  const party = present.filter((other) => columns.team[other] === columns.team[minor])
  const minors = party.filter((other) => columns.minor[other]).length
  return K * (party.length - minors) - minors
}

function* wholeTeams({ problem, byPerson }: State): Generator<Violation> {
  const serving = new Map<number, string>()
  const split = new Set<number>()
  for (const [vol, where] of byPerson) {
    const team = problem.vol.team[vol]!
    if (!problem.teams[team]!.whole) continue
    const key = where.toSorted((a, b) => a - b).join()
    if (serving.get(team) !== undefined && serving.get(team) !== key) split.add(team)
    serving.set(team, key)
  }
  for (const team of split) yield { code: 'whole', text: `team ${team} must not be split` }
}

/**
 * Under `hard` nobody may serve elsewhere who could, by that one step, fill a seat below target in a zone of
 * their own unit; whoever is pinned, frozen, an escort that is needed, or of a whole team is left alone.
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

/** Compares what the proposal says is short with what is. */
function* figures({ problem, byShift }: State, { shortages, quality }: Proposal): Generator<Violation> {
  const said = { minimum: 0, skill: 0, target: 0 }
  for (const { kind, missing } of shortages) said[kind] += missing
  const goal = (name: string) => quality.goals.find((each) => each.goal === name)?.achieved
  const short = { minimum: 0, target: 0, skill: 0, skillAlone: 0 }
  for (const [shift, { min, target, skill = -1, skillMin = 0, skills = [] }] of problem.shifts.entries()) {
    const count = byShift[shift]!.length
    short.minimum += Math.max(0, min - count)
    short.target += Math.max(0, target - count)
    const needs = [...skills, ...(skill >= 0 ? [{ skill, min: skillMin }] : [])]
    const holders = byShift[shift]!.map((vol) => problem.vol.skills[vol]!)
    short.skill += needs.reduce((sum, need) => sum + need.min, 0) - coverable(needs, holders)
    for (const need of needs)
      short.skillAlone += Math.max(0, need.min - holders.filter((held) => (held >> need.skill) & 1).length)
  }
  const saidSkill = Math.min(said.skill, goal('skill') ?? said.skill)
  if (saidSkill < short.skill)
    yield saidSkill >= short.skillAlone
      ? {
          code: 'skill_twice',
          text: `${short.skill} places for skills are empty, the proposal says ${saidSkill}`,
        }
      : { code: 'figures', text: `skills: ${short.skill} short, the proposal says ${saidSkill}` }
  else if (saidSkill > short.skill)
    yield { code: 'figures', text: `skills: ${short.skill} short, not ${saidSkill}` }
  for (const name of ['minimum', 'target'] as const)
    if (goal(name) !== short[name])
      yield { code: 'figures', text: `${name}: ${short[name]} short, the proposal says ${goal(name)}` }
  const below = short.target - short.minimum
  if (said.minimum !== short.minimum || said.target !== below)
    yield {
      code: 'figures',
      text: `shortages name ${said.minimum} and ${said.target} seats where ${short.minimum} and ${below} are empty`,
    }
}

/**
 * How many needs can be covered when everybody counts once: by Hall and König, the least, over all subsets of
 * needs, of the people who hold one of them plus what the other needs ask.
 */
function coverable(needs: readonly { skill: number; min: number }[], holders: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY
  for (let subset = 0; subset < 1 << needs.length; subset++) {
    let mask = 0
    let others = 0
    for (const [at, need] of needs.entries()) {
      if ((subset >> at) & 1) mask |= 1 << need.skill
      else others += need.min
    }
    least = Math.min(least, others + holders.filter((held) => (held & mask) !== 0).length)
  }
  return least
}
