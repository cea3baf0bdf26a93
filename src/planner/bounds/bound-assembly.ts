import type { Instance } from '../instance/instance.ts'
import type { BoundPeople, Counts } from './bound-people.ts'
import { type BoundSeats, ownServed } from './bound-seats.ts'
import { type TimeRule, timeRules } from './bound-times.ts'
import type { ProgramBuilder } from './sparse-program.ts'

/** The capacity rows of a group: for one person type, how many may leave the group. */
export interface Group {
  readonly count: number
  readonly rows: readonly number[]
}

/** Assembles the linear program, on the side of the people. */
export class Assembly {
  readonly instance: Instance
  readonly builder: ProgramBuilder
  readonly seats: BoundSeats
  readonly people: BoundPeople
  /** Shifts with open seats, by window. */
  readonly shiftsIn: readonly (readonly number[])[]
  /** Kinds of seats in each window: −1 (any person), and the required skills. */
  readonly kindsIn: readonly (readonly number[])[]
  readonly #rules = new Map<string, TimeRule[]>()
  readonly #pool = new Map<number, Group>()
  readonly #units = new Map<number, Map<number, Group>>()

  constructor(instance: Instance, builder: ProgramBuilder, seats: BoundSeats, people: BoundPeople) {
    this.instance = instance
    this.builder = builder
    this.seats = seats
    this.people = people
    const shiftsIn = instance.windows.map((): number[] => [])
    for (let shift = 0; shift < instance.shifts; shift++)
      if (seats.isOpen(shift)) shiftsIn[instance.window[shift]!]!.push(shift)
    this.shiftsIn = shiftsIn
    this.kindsIn = shiftsIn.map((shifts) => [...new Set([-1, ...shifts.flatMap((s) => seats.seatsOf(s))])])
    for (const [type, count] of people.adults) this.#pool.set(type, this.group(type, count))
    for (const [unit, counts] of people.adultsOfUnit) this.#units.set(unit, this.groups(counts))
  }

  groups(counts: Counts): Map<number, Group> {
    return new Map([...counts].map(([type, count]) => [type, this.group(type, count)]))
  }

  group(type: number, count: number): Group {
    return this.groupOf(this.people.types[type]!.windows, count)
  }

  groupOf(windows: readonly number[], count: number): Group {
    const rows = this.#rulesFor(windows).map(({ each }) =>
      this.builder.row(Number.NEGATIVE_INFINITY, each * count),
    )
    return { count, rows }
  }

  #rulesFor(windows: readonly number[]): TimeRule[] {
    const key = windows.join()
    const known = this.#rules.get(key)
    if (known) return known
    const rules = timeRules(this.instance, windows)
    this.#rules.set(key, rules)
    return rules
  }

  /** Matrix entries for one person of the group who serves in the window. */
  leave(windows: readonly number[], window: number, ...groups: readonly (Group | undefined)[]): number[] {
    const entries: number[] = []
    for (const group of groups)
      if (group)
        for (const [at, { weight }] of this.#rulesFor(windows).entries())
          if (weight.has(window)) entries.push(group.rows[at]!, weight.get(window)!)
    return entries
  }

  /** Matrix entries for an adult of the type who leaves the groups around their team. */
  leaveAsAdult(type: number, window: number, unit: number, team?: Group): number[] {
    const { windows } = this.people.types[type]!
    return this.leave(windows, window, team, this.#units.get(unit)?.get(type), this.#pool.get(type))
  }

  /** The kinds of seats in the window that a person with these skills may take. */
  kindsFor(window: number, skills: number): number[] {
    return this.kindsIn[window]!.filter((skill) => skill < 0 || (skills >> skill) & 1)
  }

  kindsOn(shift: number, skills: number): number[] {
    return this.seats.seatsOf(shift).filter((skill) => skill < 0 || (skills >> skill) & 1)
  }

  /**
   * Adults of all teams: type → hub (window and kind of seat) → shift.
   * @returns the hubs
   */
  addPool(): ReadonlyMap<number, number> {
    const { builder, people } = this
    const hubs = this.addHubs('seat', this.seats.isOpen)
    for (const [type, { count }] of this.#pool) {
      const { windows, skills } = people.types[type]!
      for (const window of windows)
        for (const skill of this.kindsFor(window, skills))
          builder.column('adults', count, this.leaveAsAdult(type, window, -1), [
            hubs.get(hubKey(window, skill))!,
            1,
          ])
    }
    return hubs
  }

  /** A row for each window and kind of seat, and the columns from this row to the shifts. */
  addHubs(kind: string, has: (shift: number) => boolean): Map<number, number> {
    const hubs = new Map<number, number>()
    for (const [window, shifts] of this.shiftsIn.entries())
      for (const shift of shifts.filter(has))
        for (const skill of this.seats.seatsOf(shift)) {
          const key = hubKey(window, skill)
          const row = hubs.get(key) ?? this.builder.row(0, 0)
          hubs.set(key, row)
          this.builder.column(
            kind,
            this.seats.roomFor(shift, skill),
            [row, -1],
            this.seats.entries(shift, skill),
          )
        }
    return hubs
  }

  /** Adults who serve in zones of their own unit. */
  addOwn(ownShifts: ReadonlyMap<number, readonly number[]>): void {
    const { builder, instance, people, seats } = this
    for (const [unit, groups] of this.#units)
      for (const [type, { count }] of groups) {
        const { windows, skills } = people.types[type]!
        for (const shift of ownShifts.get(unit)!) {
          const window = instance.window[shift]!
          if (!windows.includes(window)) continue
          const leave = this.leaveAsAdult(type, window, unit)
          for (const skill of this.kindsOn(shift, skills)) {
            const most = Math.min(count, seats.roomFor(shift, skill))
            builder.column('own', most, leave, seats.entries(shift, skill), ownServed)
          }
        }
      }
  }
}

/** A window and a kind of seat as one number. Skills are −1 to 30. */
export function hubKey(window: number, skill: number): number {
  return window * 32 + skill + 1
}
