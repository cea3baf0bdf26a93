import { isOwn } from '../instance/instance.ts'
import { escortableOf } from '../instance/own-escorts.ts'
import { type Assembly, type Group, hubKey } from './bound-assembly.ts'
import { goalRow, ownServed } from './bound-seats.ts'

/**
 * Teams with minors: parties of minors and adults, with rows minors ≤ K × adults.
 * A shift has its own rows only where it matters who takes a seat: shifts that require skills, shifts in the unit's
 * own zones, and shifts with fixed people of the team. On all other shifts of a window only the number of heads
 * matters. There a team's party can be spread in proportion to all heads of each shift, and it keeps its ratio on
 * each shift if it keeps the ratio in total. So one row per team and window is as strong as one row per shift.
 */
export class BoundTeams {
  readonly #assembly: Assembly
  readonly #ratios = new Map<number, number>()
  readonly #minors = new Map<number, Map<number, Group>>()
  readonly #adults = new Map<number, Map<number, Group>>()
  /** For each team, the rows that count its minors who serve, and its adults beside them. */
  readonly #beside = new Map<number, { minors: number; adults: number }>()
  /** Whether shifts that require skills have their own rows for each team. */
  readonly #detailed: boolean
  readonly #fixed: Map<number, { minors: number; adults: number }>

  constructor(assembly: Assembly, ratioPairsMax: number) {
    this.#assembly = assembly
    const { instance, people, seats } = assembly
    const teams = [...people.minorsOfTeam.keys()]
    const skilled = assembly.shiftsIn
      .flat()
      .filter((shift) => this.#suits(shift) && instance.needs[shift]!.length > 0).length
    this.#detailed = skilled * teams.length <= ratioPairsMax
    this.#fixed = fixedParties(assembly)
    for (const [team, counts] of people.minorsOfTeam) this.#minors.set(team, assembly.groups(counts))
    for (const [team, counts] of people.adultsOfTeam) this.#adults.set(team, assembly.groups(counts))
    this.#addEscorts()
    const hubs = assembly.addHubs('party', (shift) => this.#isPlain(shift))
    const ownShifts = Map.groupBy(
      assembly.shiftsIn.flat().filter((shift) => this.#suits(shift)),
      (shift) => instance.zoneUnit[instance.zone[shift]!]!,
    )
    const detailed = assembly.shiftsIn.map((shifts) =>
      shifts.filter((shift) => this.#suits(shift) && !this.#isPlain(shift)),
    )
    for (const team of teams) {
      const unit = instance.teamUnit[team]!
      const own = unit < 0 ? [] : (ownShifts.get(unit) ?? [])
      const known = [...this.#fixed.keys()]
        .filter((key) => Math.floor(key / instance.shifts) === team)
        .map((key) => key % instance.shifts)
        .filter((shift) => seats.isOpen(shift) && this.#suits(shift))
      for (let window = 0; window < assembly.shiftsIn.length; window++) {
        const here = [...own, ...known].filter((shift) => instance.window[shift] === window)
        this.#addWindow(team, window, [...new Set([...here, ...detailed[window]!])], hubs)
      }
    }
  }

  has(team: number): boolean {
    return this.#minors.has(team)
  }

  /**
   * The goal `escorts`: an adult who serves beside a minor of the team escorts up to K of those whom the team could
   * escort, so there are at most as many escorts as minors, and as adults.
   */
  #addEscorts(): void {
    const { builder, instance, seats } = this.#assembly
    const { K } = instance.problem
    const fixed = new Map<number, { minors: number; adults: number }>()
    for (const [key, { minors, adults }] of this.#fixed) {
      const team = Math.floor(key / instance.shifts)
      const sum = fixed.get(team) ?? { minors: 0, adults: 0 }
      fixed.set(team, { minors: sum.minors + minors, adults: sum.adults + adults })
    }
    for (const [team, most] of escortableOf(instance).entries()) {
      if (most === 0) continue
      seats.constants[goalRow.escorts]! += most
      const { minors, adults } = fixed.get(team) ?? { minors: 0, adults: 0 }
      const rows = [minors, adults].map((count) => builder.row(Number.NEGATIVE_INFINITY, count))
      const [ofMinors, ofAdults] = [rows[0]!, rows[1]!]
      const escorted = builder.row(Number.NEGATIVE_INFINITY, 0)
      builder.column('escorting', Math.ceil(most / K), [ofMinors, 1, ofAdults, 1, escorted, -K])
      builder.column('escorted', most, [escorted, 1, goalRow.escorts, -1])
      this.#beside.set(team, { minors: ofMinors, adults: ofAdults })
    }
  }

  /** Matrix entries for a person of a team with minors who serves on the shift, for the goal `escorts`. */
  besideEntries(team: number, shift: number, minor: boolean): number[] {
    return this.#suits(shift) ? this.#besideIn(team, minor) : []
  }

  #besideIn(team: number, minor: boolean): number[] {
    const rows = this.#beside.get(team)
    return rows ? [minor ? rows.minors : rows.adults, -1] : []
  }

  /** Matrix entries for a person of the type who leaves all of their groups. */
  leave(person: number, type: number, window: number): number[] {
    const { instance, people } = this.#assembly
    const team = instance.team[person]!
    if (instance.minor[person])
      return this.#assembly.leave(people.types[type]!.windows, window, this.#minors.get(team)!.get(type))
    return this.#assembly.leaveAsAdult(
      type,
      window,
      instance.teamUnit[team]!,
      this.#adults.get(team)?.get(type),
    )
  }

  /** Matrix entries of a team member in the ratio row of the shift; empty if there is no such row. */
  ratioEntries(team: number, shift: number, minor: boolean): number[] {
    const { instance } = this.#assembly
    const row =
      this.#ratios.get(this.#shiftKey(team, shift)) ??
      (this.#suits(shift) ? this.#ratios.get(this.#windowKey(team, instance.window[shift]!)) : undefined)
    if (row === undefined) return []
    return [row, minor ? 1 : -instance.problem.K]
  }

  #addWindow(
    team: number,
    window: number,
    shifts: readonly number[],
    hubs: ReadonlyMap<number, number>,
  ): void {
    const { instance, builder } = this.#assembly
    if (!this.#hasMinors(team, window)) return
    const plainKey = this.#windowKey(team, window)
    this.#ratios.set(plainKey, builder.row(Number.NEGATIVE_INFINITY, 0))
    for (const shift of shifts) {
      const { minors, adults } = this.#fixed.get(this.#shiftKey(team, shift)) ?? { minors: 0, adults: 0 }
      const most = instance.problem.K * adults - minors
      this.#ratios.set(this.#shiftKey(team, shift), builder.row(Number.NEGATIVE_INFINITY, most))
    }
    for (const minor of [true, false])
      for (const [skill, { gate, count }] of this.#gates(team, window, minor)) {
        const hub = hubs.get(hubKey(window, skill))
        const ratio = [this.#ratios.get(plainKey)!, minor ? 1 : -instance.problem.K]
        if (hub !== undefined) builder.column('team', count, [gate, -1, hub, 1], ratio)
        for (const shift of shifts) this.#addPart(team, shift, { skill, gate, count, minor })
      }
  }

  #addPart(
    team: number,
    shift: number,
    { skill, gate, count, minor }: { skill: number; gate: number; count: number; minor: boolean },
  ): void {
    const { instance, builder, seats } = this.#assembly
    const most = Math.min(count, seats.roomFor(shift, skill))
    if (most <= 0) return
    builder.column(
      'part',
      most,
      [gate, -1],
      seats.entries(shift, skill),
      this.ratioEntries(team, shift, minor),
      isOwn(instance, team, shift) ? ownServed : [],
    )
  }

  /** The rows that people of one age band pass on the way to seats of one kind, with the maximum that may pass. */
  #gates(team: number, window: number, minor: boolean): Map<number, { gate: number; count: number }> {
    const assembly = this.#assembly
    const { builder, people, instance } = assembly
    const groups = (minor ? this.#minors : this.#adults).get(team) ?? new Map<number, Group>()
    const gates = new Map<number, { gate: number; count: number }>()
    for (const [type, group] of groups) {
      const { windows, skills } = people.types[type]!
      if (!windows.includes(window)) continue
      const leave = minor
        ? assembly.leave(windows, window, group)
        : assembly.leaveAsAdult(type, window, instance.teamUnit[team]!, group)
      for (const skill of assembly.kindsFor(window, skills)) {
        const known = gates.get(skill) ?? { gate: builder.row(0, 0), count: 0 }
        gates.set(skill, { gate: known.gate, count: known.count + group.count })
        const beside = this.#besideIn(team, minor)
        builder.column(minor ? 'minors' : 'escorts', group.count, leave, [known.gate, 1], beside)
      }
    }
    return gates
  }

  #hasMinors(team: number, window: number): boolean {
    const { people, instance } = this.#assembly
    const free = [...this.#minors.get(team)!.keys()].some((type) =>
      people.types[type]!.windows.includes(window),
    )
    return (
      free ||
      people.tied.some(
        ({ person, windows }) =>
          instance.minor[person] === 1 && instance.team[person] === team && windows.includes(window),
      )
    )
  }

  #suits(shift: number): boolean {
    const { instance } = this.#assembly
    return instance.minorsOk[instance.zone[shift]!] === 1
  }

  #isPlain(shift: number): boolean {
    return this.#suits(shift) && !(this.#detailed && this.#assembly.instance.needs[shift]!.length > 0)
  }

  #shiftKey(team: number, shift: number): number {
    return team * this.#assembly.instance.shifts + shift
  }

  #windowKey(team: number, window: number): number {
    return -1 - (team * this.#assembly.instance.windows.length + window)
  }
}

/** The fixed people of each team on each shift, by the key team × shifts + shift. */
function fixedParties({ instance, seats }: Assembly): Map<number, { minors: number; adults: number }> {
  const parties = new Map<number, { minors: number; adults: number }>()
  for (const [shift, people] of seats.fixedOn.entries())
    for (const person of people) {
      const key = instance.team[person]! * instance.shifts + shift
      const party = parties.get(key) ?? { minors: 0, adults: 0 }
      if (instance.minor[person]) party.minors++
      else party.adults++
      parties.set(key, party)
    }
  return parties
}
