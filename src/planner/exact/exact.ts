import { goalNames, type Placement } from '../format/proposal.ts'
import { canFollow, refusalOf } from '../instance/eligibility.ts'
import { fixedPlacements } from '../instance/fixed.ts'
import { distanceOf, type Instance, isOwn, isTogether } from '../instance/instance.ts'
import { evenSteps } from '../instance/levels.ts'
import { escortableOf } from '../instance/own-escorts.ts'
import { standbyWanted } from '../instance/standby.ts'
import { balanceTerms } from './exact-balance.ts'
import type { Highs } from './highs.ts'
import { amountOf, LinearModel, type Term } from './linear-model.ts'

/** Up to this number of (person, shift) pairs a plan is computed exactly. */
export const exactPairsMax = 400

const secondsPerGoal = 3

/**
 * Solves the whole problem as a mixed-integer program with every rule, goal by goal; only for small problems.
 * @returns null when HiGHS did not prove an optimum in time
 */
export function solveExactly(instance: Instance, servable: Uint8Array, highs: Highs): Placement[] | null {
  const program = new Program(instance, servable)
  for (const goal of program.goals()) {
    const solution = highs.solve(program.model.text(goal), {
      mip_rel_gap: 0,
      mip_abs_gap: 0.5,
      time_limit: secondsPerGoal,
      output_flag: false,
    })
    if (solution.Status !== 'Optimal') return null
    program.take(solution.Columns)
    program.model.keep(goal, Math.round(amountOf(solution, goal)))
  }
  return program.placements
}

class Program {
  readonly model = new LinearModel()
  placements: Placement[] = []
  readonly #instance: Instance
  readonly #servable: Uint8Array
  /** Names of the binary variables "person serves on shift". */
  readonly #serves: Map<number, string>[]
  readonly #goals: Record<string, Term[]> = {}
  /** The adults of each team with minors who escort, one variable for each shift. */
  readonly #escorts = new Map<number, string[]>()

  constructor(instance: Instance, servable: Uint8Array) {
    this.#instance = instance
    this.#servable = servable
    this.#serves = Array.from({ length: instance.people }, () => new Map())
    for (const name of goalNames) this.#goals[name] = []
    this.#addPeople()
    for (let shift = 0; shift < instance.shifts; shift++) this.#addShift(shift)
    this.#addEscorts()
    this.#addWholeTeams()
    this.#addStandby()
  }

  /** The goals, in the order of the problem's policy. */
  goals(): Term[][] {
    const { ownUnit, stability = 'free' } = this.#instance.problem
    const order = isTogether(this.#instance.problem)
      ? ['minimum', 'skill', 'escorts', 'ownUnit', 'parts', 'target', 'evenness']
      : ['minimum', 'skill', 'escorts', 'ownUnit', 'target', 'evenness', 'parts']
    if (ownUnit === 'hard') order.unshift(...order.splice(order.indexOf('ownUnit'), 1))
    if (stability === 'onlyForMinimum') order.splice(order.indexOf('skill') + 1, 0, 'stay')
    if (stability === 'prefer') order.splice(order.indexOf('evenness') + 1, 0, 'stay')
    return [...order, 'distance', 'hours', 'standby']
      .map((name) => this.#goals[name]!)
      .filter((goal) => goal.length > 0)
  }

  take(columns: Record<string, { Primal: number }>): void {
    this.placements = this.#serves.flatMap((shifts, vol) =>
      [...shifts].filter(([, name]) => columns[name]!.Primal > 0.5).map(([shift]) => ({ vol, shift })),
    )
  }

  #addPeople(): void {
    const instance = this.#instance
    const fixed = new Set(fixedPlacements(instance).map(({ vol, shift }) => vol * instance.shifts + shift))
    const pinned = new Set(instance.problem.pins.map(({ vol, shift }) => vol * instance.shifts + shift))
    for (let person = 0; person < instance.people; person++) {
      const mine = this.#serves[person]!
      for (let shift = 0; shift < instance.shifts; shift++) {
        const key = person * instance.shifts + shift
        const must = pinned.has(key) || (instance.frozen[shift] === 1 && fixed.has(key))
        if (!must && (instance.frozen[shift] || refusalOf(instance, person, shift))) continue
        mine.set(shift, this.model.variable(`x_${person}_${shift}`, must ? 1 : 0, 1, true))
      }
      this.#addTimes(mine)
      this.#goals.hours!.push(...balanceTerms(instance, this.model, person, mine))
    }
  }

  /** Limits of one person: no two shifts too close, shifts per day, hours per week. */
  #addTimes(mine: ReadonlyMap<number, string>): void {
    const instance = this.#instance
    const shifts = [...mine.keys()]
    for (const [i, a] of shifts.entries())
      for (const b of shifts.slice(i + 1))
        if (!canFollow(instance, a, b))
          this.model.row(
            [
              [1, mine.get(a)!],
              [1, mine.get(b)!],
            ],
            '<=',
            1,
          )
    for (const day of Map.groupBy(shifts, (shift) => Math.floor(instance.start[shift]! / 1440)).values())
      this.model.row(
        day.map((shift) => [1, mine.get(shift)!]),
        '<=',
        instance.shiftsPerPerson,
      )
    if (instance.weekMinutes === Number.POSITIVE_INFINITY) return
    for (const week of Map.groupBy(shifts, (shift) => Math.floor(instance.start[shift]! / 10080)).values()) {
      const minutes = (shift: number) => instance.end[shift]! - instance.start[shift]!
      this.model.row(
        week.map((shift) => [minutes(shift), mine.get(shift)!]),
        '<=',
        instance.weekMinutes,
      )
    }
  }

  #addShift(shift: number): void {
    const instance = this.#instance
    const people = [...this.#serves.keys()].filter((person) => this.#serves[person]!.has(shift))
    const heads = people.map((person): Term => [1, this.#serves[person]!.get(shift)!])
    this.model.row(heads, '<=', Math.max(instance.limit[shift]!, this.#forced(shift)))
    this.#addShortages(shift, heads)
    this.#addSkills(shift, people)
    this.#addTeams(shift, people)
    const before = new Set(
      (instance.problem.previous ?? []).filter((each) => each.shift === shift).map(({ vol }) => vol),
    )
    for (const person of people) {
      const serves = this.#serves[person]!.get(shift)!
      this.#goals.distance!.push([Math.round(distanceOf(instance, instance.team[person]!, shift)), serves])
      this.#goals.hours!.push([Math.round(instance.hours[person]! * 10), serves])
      if (before.has(person)) this.#goals.stay!.push([-1, serves])
    }
  }

  #forced(shift: number): number {
    return this.#instance.problem.pins.filter((pin) => pin.shift === shift).length
  }

  #addShortages(shift: number, heads: Term[]): void {
    const instance = this.#instance
    const min = instance.min[shift]!
    const target = instance.target[shift]!
    const low = this.model.variable(`m_${shift}`, 0, min)
    this.model.row([...heads, [1, low]], '>=', min)
    this.#goals.minimum!.push([1, low])
    const short = this.model.variable(`t_${shift}`, 0, target)
    this.model.row([...heads, [1, short]], '>=', target)
    this.#goals.target!.push([1, short])
    const steps: Term[] = [[evenSteps + 1, this.model.variable(`e_${shift}_min`, 0, min)]]
    for (let step = 0; step < evenSteps; step++) {
      const size =
        Math.floor(((target - min) * (step + 1)) / evenSteps) -
        Math.floor(((target - min) * step) / evenSteps)
      steps.push([evenSteps - step, this.model.variable(`e_${shift}_${step}`, 0, size)])
    }
    this.model.row([...heads, ...steps.map(([, name]): Term => [1, name])], '>=', target)
    this.#goals.evenness!.push(...steps)
  }

  /** Each person covers at most one skill. */
  #addSkills(shift: number, people: readonly number[]): void {
    const instance = this.#instance
    const needs = instance.needs[shift]!
    const covered = needs.map((): Term[] => [])
    for (const person of people) {
      const counts = needs.flatMap(({ skill }, at): Term[] => {
        if (!((instance.skills[person]! >> skill) & 1)) return []
        const name = this.model.variable(`y_${person}_${shift}_${skill}`, 0, 1, true)
        covered[at]!.push([1, name])
        return [[1, name]]
      })
      if (counts.length > 0) this.model.row([...counts, [-1, this.#serves[person]!.get(shift)!]], '<=', 0)
    }
    needs.forEach(({ skill, min }, at) => {
      const short = this.model.variable(`s_${shift}_${skill}`, 0, min)
      this.model.row([...covered[at]!, [1, short]], '>=', min)
      this.#goals.skill!.push([1, short])
    })
  }

  /** Escorts, parts and own-unit service, for each team. */
  #addTeams(shift: number, people: readonly number[]): void {
    const instance = this.#instance
    const ownHeads: Term[] = []
    for (const [team, members] of Map.groupBy(people, (person) => instance.team[person]!)) {
      const terms = members.map((person): Term => [1, this.#serves[person]!.get(shift)!])
      const part = this.model.variable(`z_${team}_${shift}`, 0, 1, true)
      this.model.row([...terms, [-members.length, part]], '<=', 0)
      this.#goals.parts!.push([1, part])
      if (isOwn(instance, team, shift)) ownHeads.push(...terms)
      if (!members.some((person) => instance.minor[person])) continue
      const ratio = members.map((person): Term => {
        return [instance.minor[person] ? 1 : -instance.problem.K, this.#serves[person]!.get(shift)!]
      })
      this.model.row(ratio, '<=', 0)
      this.#addEscort(team, shift, members)
    }
    if (ownHeads.length === 0) return
    const own = this.model.variable(`o_${shift}`, 0, instance.limit[shift]!)
    this.model.row([[1, own], ...ownHeads.map(([c, v]): Term => [-c, v])], '<=', 0)
    this.#goals.ownUnit!.push([-1, own])
  }

  /** An adult escorts beside at least one minor each. */
  #addEscort(team: number, shift: number, members: readonly number[]): void {
    const escort = this.model.variable(`a_${team}_${shift}`, 0, members.length)
    for (const minor of [0, 1]) {
      const here = members.filter((person) => this.#instance.minor[person] === minor)
      const terms = here.map((person): Term => [-1, this.#serves[person]!.get(shift)!])
      this.model.row([[1, escort], ...terms], '<=', 0)
    }
    this.#escorts.set(team, [...(this.#escorts.get(team) ?? []), escort])
  }

  /** Minors whose own adults could escort them and do not. */
  #addEscorts(): void {
    const { K } = this.#instance.problem
    for (const [team, minors] of escortableOf(this.#instance).entries()) {
      if (minors === 0) continue
      const short = this.model.variable(`f_${team}`, 0, minors)
      const escorts = (this.#escorts.get(team) ?? []).map((name): Term => [K, name])
      this.model.row([[1, short], ...escorts], '>=', minors)
      this.#goals.escorts!.push([1, short])
    }
  }

  /** Whole teams: all members who serve, serve on the same shifts. */
  #addWholeTeams(): void {
    const instance = this.#instance
    for (const [team, { whole }] of instance.problem.teams.entries()) {
      if (!whole) continue
      const here = Array.from({ length: instance.shifts }, (_, shift) =>
        this.model.variable(`w_${team}_${shift}`, 0, 1, true),
      )
      for (let person = 0; person < instance.people; person++) {
        if (instance.team[person] !== team) continue
        const comes = this.model.variable(`u_${person}`, 0, 1, true)
        for (const [shift, name] of here.entries()) {
          const serves = this.#serves[person]!.get(shift)
          if (serves === undefined) {
            this.model.row(
              [
                [1, name],
                [1, comes],
              ],
              '<=',
              1,
            )
            continue
          }
          this.model.row(
            [
              [1, serves],
              [-1, name],
            ],
            '<=',
            0,
          )
          this.model.row(
            [
              [1, serves],
              [-1, comes],
            ],
            '<=',
            0,
          )
          this.model.row(
            [
              [1, serves],
              [-1, name],
              [-1, comes],
            ],
            '>=',
            -1,
          )
        }
      }
    }
  }

  #addStandby(): void {
    const instance = this.#instance
    const districtOf = (person: number) => {
      const unit = instance.teamUnit[instance.team[person]!]!
      return unit < 0 ? -1 : instance.problem.units[unit]!.district
    }
    const adults = [...Array(instance.people).keys()].filter((p) => this.#servable[p] && !instance.minor[p])
    const wanted = standbyWanted(instance, this.#servable)
    for (const [district, people] of Map.groupBy(adults, districtOf)) {
      const idle = people.map((person): Term => [1, this.#idle(person)])
      const held = this.model.variable(`b_${district + 1}`, 0, wanted.get(district) ?? 0)
      this.model.row([[1, held], ...idle.map(([c, v]): Term => [-c, v])], '<=', 0)
      this.#goals.standby!.push([-1, held])
    }
  }

  #idle(person: number): string {
    const idle = this.model.variable(`i_${person}`, 0, 1)
    for (const serves of this.#serves[person]!.values())
      this.model.row(
        [
          [1, idle],
          [1, serves],
        ],
        '<=',
        1,
      )
    return idle
  }
}
