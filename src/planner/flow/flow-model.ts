import { refusalOf } from '../instance/eligibility.ts'
import { distanceOf, type Instance, isOwn } from '../instance/instance.ts'
import { evenSteps } from '../instance/levels.ts'
import type { Seats } from '../instance/seats.ts'
import type { PersonClass } from './classes.ts'
import { ArcTable, arcKinds, own, PartTable, poolSteps, stays } from './flow-arcs.ts'
import { type Access, FlowNodes, nodeKinds } from './flow-nodes.ts'
import { NetworkSimplex } from './network-simplex.ts'
import { Reach } from './reach.ts'
import { regionsOf } from './regions.ts'

/** A node from which people of one team and age band can go to seats of one window and skill. */
interface Gate extends Access {
  node: number
  /** The one person of this gate, whose duties elsewhere must be checked for each shift; -1: a hub for many people. */
  person: number
  /** The maximum number of people through this gate. */
  heads: number
}

export interface FlowOptions {
  /** The shifts a person already serves on. */
  servingOf?: (person: number) => readonly number[]
  /** The number of nearest zones of each team that have their own arcs; all others are reached through pools. */
  near: number
  /** Whether people enter one by one, those with the fewest hours first: only the goal `hours` needs this. */
  byHours?: boolean
}

const endless = 0x7fffffff

/**
 * The flow core of an instance: who may take which seat. Home → class → gate → seat → home. Besides the places in a
 * team's own and nearest zones, pools lead from every gate to every seat it may fill. So the optimum over this
 * network is the optimum over all pairs of team and shift, without distances. Only people whose duties elsewhere
 * allow some zones and not others cannot use pools; their places are added by column generation (reduced costs).
 */
export class FlowModel {
  readonly instance: Instance
  readonly classes: readonly PersonClass[]
  readonly nodes: FlowNodes
  readonly net: NetworkSimplex
  readonly arcs: ArcTable
  readonly parts = new PartTable()
  /** Parts that should be avoided: the goal `parts` counts the people on them. */
  closed: Uint8Array = new Uint8Array(0)
  /** The gates of a team to zones of other units, and, class by class, to its own zones and to pools. */
  readonly #gatesOf: (Gate[] | undefined)[]
  readonly #doorsOf: (Gate[] | undefined)[]
  readonly #personal: { team: number; gate: Gate }[] = []
  readonly #servingOf: (person: number) => readonly number[]

  constructor(
    instance: Instance,
    classes: readonly PersonClass[],
    seats: Seats,
    { servingOf = () => [], near, byHours = false }: FlowOptions,
  ) {
    this.instance = instance
    this.#servingOf = servingOf
    this.classes = classes
    const regions = regionsOf(instance)
    this.nodes = new FlowNodes(instance, regions, classes, seats, {
      hubs: near > 0,
      pools: near < instance.zoneX.length,
    })
    this.#gatesOf = Array.from({ length: instance.teams })
    this.#doorsOf = Array.from({ length: instance.teams })
    const reach = new Reach(instance, (shift) => this.nodes.general[shift]! >= 0)
    const arcsHint = classes.length * 4 + instance.shifts * 8
    this.net = new NetworkSimplex(this.nodes.count, arcsHint)
    this.arcs = new ArcTable(arcsHint)
    const classesIn = Map.groupBy(classes.keys(), (at) => regions.ofTeam[classes[at]!.team]!)
    const shiftsIn = Map.groupBy(instance.zone.keys(), (shift) => regions.ofZone[instance.zone[shift]!]!)
    const starts: number[] = []
    for (let region = 0; region < regions.count; region++) {
      starts.push(this.net.arcs)
      for (const shift of shiftsIn.get(region) ?? []) this.#addShift(shift, seats, region)
      const here = classesIn.get(region) ?? []
      for (const at of here) this.#addClass(at, byHours)
      for (const team of new Set(here.map((at) => classes[at]!.team))) {
        let metres = 0
        for (const shift of reach.shiftsNear(team, near)) {
          this.openPart(team, shift)
          metres = Math.max(metres, distanceOf(instance, team, shift))
        }
        this.#openPools(team, region, Math.round(metres))
      }
      this.#linkPools(region)
    }
    this.#markRanges([...starts, this.net.arcs])
    this.#openStays()
  }

  /**
   * Marks the arc ranges: each region, then four regions together, and so on. `bounds` are the first arcs of the
   * regions and the end of the last.
   */
  #markRanges(bounds: readonly number[]): void {
    const regions = bounds.length - 1
    for (let wide = 1; wide < regions; wide *= 4)
      for (let at = 0; at < regions; at += wide) this.net.markRange(bounds[at]!, bounds[at + wide]!)
  }

  get firstArc(): number {
    return this.net.firstArc
  }

  /** Adds the arcs from all gates of a team to a shift. Does nothing if they exist. */
  openPart(team: number, shift: number): void {
    if (this.nodes.general[shift]! < 0 || this.parts.find(team, shift) >= 0) return
    const { instance } = this
    const part = this.parts.add(team, shift)
    const isMine = isOwn(instance, team, shift)
    const flag = isMine ? own : 0
    const metres = Math.round(distanceOf(instance, team, shift))
    const window = instance.window[shift]!
    const suitable = instance.minorsOk[instance.zone[shift]!] === 1
    for (const gate of (isMine ? this.#doorsOf : this.#gatesOf)[team] ?? []) {
      if (gate.window !== window || (gate.minor && !suitable)) continue
      if (gate.person >= 0 && refusalOf(instance, gate.person, shift, this.#servingOf(gate.person))) continue
      const node = this.nodes.seatFor(shift, gate.skill)
      if (node >= 0) this.#add(gate.node, node, gate.heads, arcKinds.place, metres, flag, part)
    }
  }

  /**
   * Closed parts that would improve the plan, judged by reduced cost; at most `perGate` for each gate of people who
   * cannot use pools. None: the optimum over the open arcs is the optimum over all arcs.
   */
  improvingParts(perGate: number): { team: number; shift: number }[] {
    const { instance, net, nodes } = this
    const found: { team: number; shift: number }[] = []
    if (this.#personal.length === 0) return found
    const best = this.#byPotential()
    for (const { team, gate } of this.#personal) {
      const reach = net.potential[gate.node]!
      let left = perGate
      for (const shift of best.get(gate.window * 64 + gate.skill + 1) ?? []) {
        if (left === 0 || net.potential[nodes.seatFor(shift, gate.skill)]! <= reach) break
        if (this.parts.find(team, shift) >= 0) continue
        if (refusalOf(instance, gate.person, shift, this.#servingOf(gate.person))) continue
        found.push({ team, shift })
        left--
      }
    }
    return found
  }

  /** Whether the node is the seats for a skill. */
  isSkillSeat(node: number): boolean {
    return this.nodes.kind[node] === nodeKinds.skillSeat
  }

  /** The class whose people enter at the node; -1: none. */
  classAt(node: number): number {
    return node >= 1 && node <= this.classes.length ? node - 1 : -1
  }

  /** Shifts with open seats of each window and skill, best potential first. */
  #byPotential(): Map<number, number[]> {
    const { instance, net, nodes } = this
    const lists = new Map<number, number[]>()
    for (let shift = 0; shift < instance.shifts; shift++)
      for (const { window, skill, minor } of nodes.accessesTo(shift)) {
        if (minor) continue
        const key = window * 64 + skill + 1
        const list = lists.get(key)
        if (list) list.push(shift)
        else lists.set(key, [shift])
      }
    for (const [key, list] of lists) {
      const skill = (key % 64) - 1
      const worth = (shift: number) => net.potential[nodes.seatFor(shift, skill)]!
      list.sort((a, b) => worth(b) - worth(a) || a - b)
    }
    return lists
  }

  #addShift(shift: number, seats: Seats, region: number): void {
    const { instance, nodes } = this
    const node = nodes.general[shift]!
    if (node < 0) return
    nodes.skilled[shift]!.forEach((seat, at) => {
      if (seat >= 0) this.#add(seat, node, seats.skillMissing[shift]![at]!, arcKinds.skill, 0, 0, -1)
    })
    const taken = seats.count[shift]!
    const min = instance.min[shift]!
    const target = instance.target[shift]!
    if (taken < min) this.#add(node, 0, min - taken, arcKinds.minimum, 0, 0, -1)
    for (let step = 0; step < evenSteps; step++) {
      const from = Math.max(taken, min + Math.floor(((target - min) * step) / evenSteps))
      const to = min + Math.floor(((target - min) * (step + 1)) / evenSteps)
      if (to > from) this.#add(node, 0, to - from, arcKinds.target, evenSteps - 1 - step, 0, -1)
    }
    const above = instance.limit[shift]! - Math.max(taken, target)
    if (above > 0) this.#add(node, 0, above, arcKinds.above, 0, 0, -1)
    for (const access of nodes.accessesTo(shift)) {
      const pool = nodes.pool(access, 'in', region)
      this.#addPool(pool, nodes.seatFor(shift, access.skill), poolSteps.toSeat, shift)
    }
  }

  #addClass(at: number, byHours: boolean): void {
    const c = this.classes[at]!
    const node = at + 1
    const { hours } = this.instance
    const bandOf = (person: number) => (byHours ? Math.round(hours[person]! * 10) : 0)
    for (let from = 0, to = 0; from < c.people.length; from = to) {
      const band = bandOf(c.people[from]!)
      while (to < c.people.length && bandOf(c.people[to]!) === band) to++
      this.#add(0, node, to - from, arcKinds.member, band, 0, -1)
    }
    const gates = this.#gatesOf[c.team] ?? []
    const doors = this.#doorsOf[c.team] ?? []
    this.#gatesOf[c.team] = gates
    this.#doorsOf[c.team] = doors
    for (const access of this.nodes.accessesOf(c)) {
      const door = { ...access, node, person: c.personal ? c.people[0]! : -1, heads: c.people.length }
      doors.push(door)
      if (c.personal) {
        gates.push(door)
        this.#personal.push({ team: c.team, gate: door })
        continue
      }
      const hub = this.nodes.hub(c.team, access)
      if (hub < 0) continue
      const gate = gates.find((each) => each.node === hub)
      if (gate) gate.heads += c.people.length
      else gates.push({ ...access, node: hub, person: -1, heads: c.people.length })
      this.#add(node, hub, c.people.length, arcKinds.entry, 0, 0, -1)
    }
  }

  #openPools(team: number, region: number, metres: number): void {
    for (const gate of this.#doorsOf[team]!) {
      const pool = gate.person >= 0 ? -1 : this.nodes.pool(gate, 'out', region)
      if (pool >= 0) this.#add(gate.node, pool, gate.heads, arcKinds.far, metres, 0, -1)
    }
  }

  /** Connects the pools of a region with each other and with the pools of all regions. */
  #linkPools(region: number): void {
    for (const { access, out, into } of this.nodes.poolsOf(region)) {
      const all = this.nodes.pool(access, 'all')
      this.#addPool(out, all, poolSteps.outOfRegion, -1)
      this.#addPool(all, into, poolSteps.intoRegion, -1)
      this.#addPool(out, into, poolSteps.outOfRegion, -1)
    }
  }

  #addPool(from: number, to: number, step: number, shift: number): void {
    if (from >= 0 && to >= 0) this.#add(from, to, endless, arcKinds.pool, step, 0, shift)
  }

  /** Adds arcs to the previous shift, which count for the goal `stay`. */
  #openStays(): void {
    this.classes.forEach((c, at) => {
      const shift = c.previous
      if (shift < 0 || this.nodes.general[shift]! < 0 || refusalOf(this.instance, c.people[0]!, shift)) return
      this.openPart(c.team, shift)
      const part = this.parts.find(c.team, shift)
      const flag = stays | (isOwn(this.instance, c.team, shift) ? own : 0)
      const metres = Math.round(distanceOf(this.instance, c.team, shift))
      for (const skill of [-1, ...this.instance.needs[shift]!.map((need) => need.skill)]) {
        const seat = this.nodes.seatFor(shift, skill)
        if (seat >= 0 && (skill < 0 || (c.skills >> skill) & 1))
          this.#add(at + 1, seat, c.people.length, arcKinds.place, metres, flag, part)
      }
    })
  }

  #add(
    from: number,
    to: number,
    cap: number,
    kind: number,
    metric: number,
    flags: number,
    part: number,
  ): void {
    this.net.addArc(from, to, cap, 0)
    this.arcs.add(kind, metric, flags, part)
  }
}
