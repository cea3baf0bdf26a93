import type { Placement } from '../format/proposal.ts'
import { type Instance, isOwn } from '../instance/instance.ts'
import { evenSteps } from '../instance/levels.ts'
import type { ProgramBuilder } from './sparse-program.ts'

/** The goals of the linear bound; each one is a row of the program. */
export const boundedGoals = ['minimum', 'skill', 'escorts', 'ownUnit', 'target', 'evenness', 'stay'] as const
export type BoundedGoal = (typeof boundedGoals)[number]

/** The row of each goal. All rows are minimized, so people who serve or stay count negative. */
export const goalRow = Object.fromEntries(boundedGoals.map((goal, row) => [goal, row])) as Record<
  BoundedGoal,
  number
>

/** Matrix entries for a person who serves in a zone of their own unit. */
export const ownServed: readonly number[] = [goalRow.ownUnit, -1]

/** The shifts' side of the program: capacities, the value of each seat, and their rows. */
export class BoundSeats {
  readonly instance: Instance
  /** The value of each goal if nobody is placed besides the fixed placements. */
  readonly constants = new Float64Array(boundedGoals.length)
  readonly fixedOn: readonly number[][]
  readonly #room: Int32Array
  readonly #heads: Int32Array
  readonly #filled: Int32Array[]

  constructor(instance: Instance, builder: ProgramBuilder, fixed: readonly Placement[]) {
    this.instance = instance
    const fixedOn = Array.from({ length: instance.shifts }, (): number[] => [])
    for (const { vol, shift } of fixed) fixedOn[shift]!.push(vol)
    this.fixedOn = fixedOn
    this.#room = Int32Array.from(fixedOn, (people, shift) =>
      instance.frozen[shift] ? 0 : Math.max(0, instance.limit[shift]! - people.length),
    )
    this.#heads = new Int32Array(instance.shifts).fill(-1)
    this.#filled = instance.needs.map((needs) =>
      Int32Array.from(needs, ({ min }) => builder.row(Number.NEGATIVE_INFINITY, min)),
    )
    for (let shift = 0; shift < instance.shifts; shift++) {
      this.#addTiers(builder, shift)
      this.#addFixedSkills(builder, shift)
      this.#addOwn(shift)
    }
  }

  /** How many more people may be placed on the shift. */
  room(shift: number): number {
    return this.#room[shift]!
  }

  readonly isOpen = (shift: number): boolean => this.#room[shift]! > 0

  /** The kinds of seats of a shift: −1 (any person) first, then the required skills. */
  seatsOf(shift: number): number[] {
    return [-1, ...this.instance.needs[shift]!.map(({ skill }) => skill)]
  }

  /** How many people may take a seat of this kind. */
  roomFor(shift: number, skill: number): number {
    const need = this.instance.needs[shift]!.find((each) => each.skill === skill)
    return skill < 0 ? this.#room[shift]! : Math.min(need?.min ?? 0, this.#room[shift]!)
  }

  /** Matrix entries for a person who takes a seat: one more head, and one more person with the skill. */
  entries(shift: number, skill: number): number[] {
    const head = [this.#heads[shift]!, 1]
    if (skill < 0) return head
    const at = this.instance.needs[shift]!.findIndex((need) => need.skill === skill)
    return [...head, this.#filled[shift]![at]!, 1, goalRow.skill, -1]
  }

  #addTiers(builder: ProgramBuilder, shift: number): void {
    const { min, target } = this.instance
    const taken = this.fixedOn[shift]!.length
    const open = this.isOpen(shift)
    if (open) this.#heads[shift] = builder.row(0, 0)
    const tier = (kind: string, size: number, worth: readonly (readonly [BoundedGoal, number])[]) => {
      if (size <= 0) return
      for (const [goal, each] of worth) this.constants[goalRow[goal]]! += size * each
      const entries = worth.flatMap(([goal, each]) => [goalRow[goal], -each])
      if (open) builder.column(kind, size, [this.#heads[shift]!, -1], entries)
    }
    const low = min[shift]!
    const range = target[shift]! - low
    tier('minimum', low - taken, [
      ['minimum', 1],
      ['target', 1],
      ['evenness', evenSteps + 1],
    ])
    for (let step = 0; step < evenSteps; step++) {
      const from = Math.max(taken, low + Math.floor((range * step) / evenSteps))
      const to = low + Math.floor((range * (step + 1)) / evenSteps)
      tier('step', to - from, [
        ['target', 1],
        ['evenness', evenSteps - step],
      ])
    }
    tier('above', taken + this.room(shift) - Math.max(taken, target[shift]!), [])
  }

  /** People already on the shift cover one skill each, in the best assignment. */
  #addFixedSkills(builder: ProgramBuilder, shift: number): void {
    const needs = this.instance.needs[shift]!
    this.constants[goalRow.skill]! += needs.reduce((sum, { min }) => sum + min, 0)
    const asked = needs.reduce((mask, { skill }) => mask | (1 << skill), 0)
    if (asked === 0) return
    const holders = Map.groupBy(this.fixedOn[shift]!, (person) => this.instance.skills[person]! & asked)
    for (const [skills, people] of holders) {
      if (skills === 0) continue
      const row = builder.row(Number.NEGATIVE_INFINITY, people.length)
      for (const [at, { skill, min }] of needs.entries())
        if ((skills >> skill) & 1)
          builder.column('held', Math.min(min, people.length), [
            row,
            1,
            this.#filled[shift]![at]!,
            1,
            goalRow.skill,
            -1,
          ])
    }
  }

  /** People already in their own unit's zone, up to the limit. */
  #addOwn(shift: number): void {
    const { instance } = this
    const own = this.fixedOn[shift]!.filter((person) => isOwn(instance, instance.team[person]!, shift)).length
    this.constants[goalRow.ownUnit]! -= Math.min(own, instance.limit[shift]!)
  }
}
