import { NetworkSimplex } from '../flow/network-simplex.ts'
import { refusalOf } from '../instance/eligibility.ts'
import { distanceOf, type Instance, isOwn } from '../instance/instance.ts'
import { evenSteps, type Level, type RangedLevel } from '../instance/levels.ts'
import { rosterArcs } from './roster-arcs.ts'
import type { RosterGroup } from './roster-groups.ts'
import { type GroupNodes, layNodes } from './roster-nodes.ts'
import { type RosterSeats, SeatRows } from './roster-seats.ts'
import { tiersOf } from './roster-tiers.ts'

/** The goals of a roster's network. */
export type RosterLevel = Exclude<Level, 'far'>

const own = 1
const stays = 2
const noEnd = 0x7fffffff

/** A node from which people of one team can go to seats of one kind in one window. */
export interface RosterGate {
  node: number
  window: number
  minor: boolean
  /** The skill required by the seats behind it; -1: none. */
  skill: number
  /** The one person of this gate, for whom each shift must be checked; -1: people of a whole team. */
  person: number
}

/**
 * A roster as a network: home → group → week → day → clique (windows that exclude each other) → gate of the team →
 * seat → shift → home. The capacities are the caps of `Structure` times the number of members; a cap implied by
 * another one is left out. A pair of team and shift is a part; only opened parts have arcs.
 */
export class RosterModel {
  readonly instance: Instance
  readonly groups: readonly RosterGroup[]
  readonly net: NetworkSimplex
  readonly seats: SeatRows
  readonly parts: { team: number; shift: number }[] = []
  readonly kind: number[] = []
  /** Member arc: tenths of hours. Place: metres. Target: the step counted from the top (0: the last). */
  readonly metric: number[] = []
  readonly part: number[] = []
  /** Parts that should be avoided: the goal `parts` counts the people on them. */
  closed: Uint8Array = new Uint8Array(0)
  readonly gatesOf = new Map<number, RosterGate[]>()
  /** The group of a node; -1: none. */
  readonly groupAt: Int32Array
  readonly #flags: number[] = []
  readonly #partsOf: Map<number, number>[]
  readonly #servingOf: (person: number) => readonly number[]

  constructor(
    instance: Instance,
    groups: readonly RosterGroup[],
    given: RosterSeats,
    servingOf: (person: number) => readonly number[] = () => [],
  ) {
    this.instance = instance
    this.groups = groups
    this.#servingOf = servingOf
    this.#partsOf = Array.from({ length: instance.teams }, () => new Map())
    const laid = layNodes(groups, 1)
    this.seats = new SeatRows(instance, given, laid.next)
    let nodes = this.seats.next
    const hubs = new Map<string, number>()
    const hubFor = (key: string) => {
      if (!hubs.has(key)) hubs.set(key, nodes++)
      return hubs.get(key)!
    }
    const gates = groups.map((group, at) => this.#gatesFor(group, laid.groups[at]!, hubFor))
    this.net = new NetworkSimplex(nodes, groups.length * 8 + instance.shifts * 40)
    this.groupAt = new Int32Array(nodes).fill(-1)
    this.seats.lay((from, to, cap, kind, metric) => this.#add(from, to, cap, kind, metric))
    groups.forEach((group, at) => {
      this.#addGroup(group, at, laid.groups[at]!, gates[at]!)
    })
  }

  get firstArc(): number {
    return this.net.firstArc
  }

  partsOfTeam(team: number): ReadonlyMap<number, number> {
    return this.#partsOf[team]!
  }

  /** Adds the arcs from all gates of a team to a shift. Does nothing if they exist. */
  openPart(team: number, shift: number): void {
    if (this.seats.general[shift]! < 0 || this.#partsOf[team]!.has(shift)) return
    const part = this.parts.push({ team, shift }) - 1
    this.#partsOf[team]!.set(shift, part)
    for (const gate of this.gatesOf.get(team) ?? [])
      if (this.admits(gate, shift)) this.#place(gate.node, shift, gate.skill, noEnd, 0, part)
  }

  /** Whether the gate can lead to a seat of the shift, opened or not. */
  admits(gate: RosterGate, shift: number): boolean {
    const { instance } = this
    if (gate.window !== instance.window[shift]) return false
    if (gate.minor && !instance.minorsOk[instance.zone[shift]!]) return false
    if (this.seats.nodeFor(shift, gate.skill) < 0) return false
    const { person } = gate
    return person < 0 || !refusalOf(instance, person, shift, this.#servingOf(person))
  }

  /** The change of a goal per unit of flow on the arc; negative is better. */
  unitOf(level: RosterLevel, arc: number): number {
    const at = arc - this.net.firstArc
    const kind = this.kind[at]!
    switch (level) {
      case 'minimum':
        return kind === rosterArcs.minimum ? -1 : 0
      case 'skill':
        return kind === rosterArcs.skill ? -1 : 0
      case 'target':
        return kind === rosterArcs.minimum || kind === rosterArcs.target ? -1 : 0
      case 'evenness':
        if (kind === rosterArcs.minimum) return -evenSteps - 1
        return kind === rosterArcs.target ? -1 - this.metric[at]! : 0
      case 'ownUnit':
        return kind === rosterArcs.place && this.#flags[at]! & own ? -1 : 0
      case 'stay':
        return kind === rosterArcs.place && this.#flags[at]! & stays ? -1 : 0
      case 'distance':
        return kind === rosterArcs.place ? this.metric[at]! : 0
      case 'hours':
        return kind === rosterArcs.member ? this.metric[at]! : 0
      case 'parts':
        return kind === rosterArcs.place && this.closed[this.part[at]!] ? 1 : 0
    }
  }

  /** The goals with the maximum change on one simple cycle, which passes home and every seat once. */
  ranged(levels: readonly RosterLevel[]): RangedLevel[] {
    let longest = 0
    let hours = 0
    for (let at = 0; at < this.kind.length; at++) {
      if (this.kind[at] === rosterArcs.place) longest = Math.max(longest, this.metric[at]!)
      if (this.kind[at] === rosterArcs.member) hours = Math.max(hours, this.metric[at]!)
    }
    const passed = 2 * this.seats.count
    const ranges: Record<RosterLevel, number> = {
      minimum: 1,
      target: 1,
      evenness: evenSteps + 1,
      skill: this.seats.count,
      ownUnit: passed,
      stay: passed,
      parts: passed,
      distance: passed * longest,
      hours,
    }
    return levels.map((level) => ({ level, range: ranges[level] }))
  }

  #gatesFor(group: RosterGroup, { leaves }: GroupNodes, hubFor: (key: string) => number): RosterGate[] {
    const { team, minor, skills } = group
    const person = group.personal ? group.people[0]! : -1
    return leaves.flatMap(({ node, windows }) =>
      windows.flatMap((window) =>
        [-1, ...this.seats.askedIn[window]!]
          .filter((skill) => skill < 0 || (skills >> skill) & 1)
          .map((skill): RosterGate => {
            const shared = person < 0 ? hubFor(`${team},${minor ? 1 : 0},${window},${skill}`) : node
            return { node: shared, window, minor, skill, person }
          }),
      ),
    )
  }

  #addGroup(group: RosterGroup, at: number, { node, arcs, leaves }: GroupNodes, gates: RosterGate[]): void {
    for (const { shifts, tenths } of tiersOf(this.instance, group, this.#servingOf))
      this.#add(0, node, shifts, rosterArcs.member, tenths)
    for (const { from, to, cap } of arcs) this.#add(from, to, cap, rosterArcs.cap, 0)
    const known = this.gatesOf.get(group.team) ?? []
    this.gatesOf.set(group.team, known)
    for (const leaf of leaves) {
      this.groupAt[leaf.node] = at
      for (const gate of gates.filter(({ window }) => leaf.windows.includes(window))) {
        if (gate.node !== leaf.node)
          this.#add(leaf.node, gate.node, group.people.length, rosterArcs.entry, gate.window)
        if (gate.node === leaf.node || !known.some(({ node }) => node === gate.node)) known.push(gate)
      }
      this.#openStays(group, leaf)
    }
  }

  /** Adds arcs to previous shifts, which count for the goal `stay`. */
  #openStays(
    { people, team, minor, skills, previous }: RosterGroup,
    leaf: GroupNodes['leaves'][number],
  ): void {
    const { instance } = this
    const person = people[0]!
    for (const shift of previous) {
      const window = instance.window[shift]!
      if (!leaf.windows.includes(window)) continue
      if (refusalOf(instance, person, shift, this.#servingOf(person))) continue
      for (const skill of [-1, ...instance.needs[shift]!.map((need) => need.skill)]) {
        const gate = { node: leaf.node, window, minor, skill, person: -1 }
        if ((skill >= 0 && !((skills >> skill) & 1)) || !this.admits(gate, shift)) continue
        this.openPart(team, shift)
        this.#place(leaf.node, shift, skill, people.length, stays, this.#partsOf[team]!.get(shift)!)
      }
    }
  }

  #place(from: number, shift: number, skill: number, cap: number, flags: number, part: number): void {
    const { team } = this.parts[part]!
    const metres = Math.round(distanceOf(this.instance, team, shift))
    const flag = flags | (isOwn(this.instance, team, shift) ? own : 0)
    this.#add(from, this.seats.nodeFor(shift, skill), cap, rosterArcs.place, metres, flag, part)
  }

  #add(from: number, to: number, cap: number, kind: number, metric: number, flags = 0, part = -1): void {
    this.net.addArc(from, to, cap, 0)
    this.kind.push(kind)
    this.metric.push(metric)
    this.#flags.push(flags)
    this.part.push(part)
  }
}
