import type { PersonClass } from './classes.ts'
import { refusalOf } from './eligibility.ts'
import { distanceOf, type Instance, isOwn } from './instance.ts'
import type { Level, RangedLevel } from './levels.ts'
import { NetworkSimplex } from './network-simplex.ts'
import type { Seats } from './seats.ts'

/** The network: home → class → gate → seat → home. An arc of each kind, by what it stands for. */
export const arcKinds = { member: 0, entry: 1, place: 2, skill: 3, minimum: 4, target: 5, above: 6 } as const

const own = 1
const stays = 2
/** The range from minimum to target is filled in this many even steps over all shifts. */
export const evenSteps = 4

/** A node from which people of one team, age band and window may go to seats of one kind. */
interface Gate {
  node: number
  window: number
  minor: boolean
  /** The skill the seats behind it ask for; -1: none. */
  skill: number
  /** The one person behind it, whose duties elsewhere must be looked at for each shift; -1: a whole hub. */
  person: number
}

/** A pair of team and shift, with the arcs of its gates. */
export interface Part {
  team: number
  shift: number
}

/**
 * The flow core of an instance: who may sit where, and what each seat is worth. Places grow in by reach:
 * a pair of team and shift is a part, and only the parts added so far have arcs.
 */
export class FlowModel {
  readonly instance: Instance
  readonly classes: readonly PersonClass[]
  readonly net: NetworkSimplex
  readonly parts: Part[] = []
  readonly kind: number[] = []
  /** For a member arc tenths of hours, for a place metres, for a target the step from the top (0: the last). */
  readonly metric: number[] = []
  readonly part: number[] = []
  /** Parts nobody should go to: the goal `parts` counts those who do. */
  closed: Uint8Array = new Uint8Array(0)
  readonly #flags: number[] = []
  readonly #partsOf: Map<number, number>[] = []
  readonly #gatesOf = new Map<number, Gate[]>()
  readonly #general: Int32Array
  readonly #skillNodes = new Set<number>()
  readonly #minorGates = new Set<number>()
  readonly #skilled: Int32Array[]
  readonly #classNode: Int32Array
  readonly #servingOf: (person: number) => readonly number[]
  readonly seatNodes: number
  readonly shiftsIn: readonly (readonly number[])[]

  constructor(
    instance: Instance,
    classes: readonly PersonClass[],
    seats: Seats,
    servingOf: (person: number) => readonly number[] = () => [],
  ) {
    this.instance = instance
    this.#servingOf = servingOf
    this.classes = classes
    let nodes = 1
    this.#classNode = Int32Array.from(classes, () => nodes++)
    const open = (shift: number) => !instance.frozen[shift] && seats.count[shift]! < instance.limit[shift]!
    const askedIn = instance.windows.map(() => new Set<number>())
    const firstSeat = nodes
    this.#general = Int32Array.from({ length: instance.shifts }, (_, shift) => (open(shift) ? nodes++ : -1))
    this.#skilled = instance.needs.map((needs, shift) =>
      Int32Array.from(needs, ({ skill }, at) => {
        if (!open(shift) || seats.skillMissing[shift]![at]! <= 0) return -1
        askedIn[instance.window[shift]!]!.add(skill)
        this.#skillNodes.add(nodes)
        return nodes++
      }),
    )
    this.seatNodes = nodes - firstSeat
    this.shiftsIn = instance.windows.map((_, window) =>
      [...instance.window.keys()].filter((s) => instance.window[s] === window && this.#general[s]! >= 0),
    )
    for (let team = 0; team < instance.teams; team++) this.#partsOf.push(new Map())
    const hubs = new Map<string, number>()
    for (const c of classes) {
      if (c.personal) continue
      for (const window of c.windows)
        for (const skill of [-1, ...askedIn[window]!])
          if (skill < 0 || (c.skills >> skill) & 1) {
            const key = `${c.team},${c.minor ? 1 : 0},${window},${skill}`
            if (!hubs.has(key)) hubs.set(key, nodes++)
          }
    }
    this.net = new NetworkSimplex(nodes, classes.length * 3 + instance.shifts * 8)
    this.#addSeats(seats)
    classes.forEach((c, at) => {
      this.#addClass(c, at, hubs, askedIn)
    })
  }

  get firstArc(): number {
    return this.net.firstArc
  }

  partsOfTeam(team: number): ReadonlyMap<number, number> {
    return this.#partsOf[team]!
  }

  /** Opens the way from a team to a shift for all its gates. Does nothing when it is open. */
  openPart(team: number, shift: number): void {
    const known = this.#partsOf[team]!
    const seat = this.#general[shift]!
    if (seat < 0 || known.has(shift)) return
    const { instance } = this
    const part = this.parts.push({ team, shift }) - 1
    known.set(shift, part)
    const flag = isOwn(instance, team, shift) ? own : 0
    const metres = Math.round(distanceOf(instance, team, shift))
    const window = instance.window[shift]!
    const suitable = instance.minorsOk[instance.zone[shift]!] === 1
    for (const gate of this.#gatesOf.get(team) ?? []) {
      if (gate.window !== window || (gate.minor && !suitable)) continue
      if (gate.person >= 0 && refusalOf(instance, gate.person, shift, this.#servingOf(gate.person))) continue
      const node = gate.skill < 0 ? seat : this.#seatFor(shift, gate.skill)
      if (node >= 0) this.#add(gate.node, node, 0x7fffffff, arcKinds.place, metres, flag, part)
    }
  }

  /** Lets people go to the shift they had before, and counts that they stayed. */
  openStays(): void {
    this.classes.forEach((c, at) => {
      const shift = c.previous
      if (shift < 0 || this.#general[shift]! < 0 || refusalOf(this.instance, c.people[0]!, shift)) return
      this.openPart(c.team, shift)
      const part = this.#partsOf[c.team]!.get(shift)!
      const flag = stays | (isOwn(this.instance, c.team, shift) ? own : 0)
      const metres = Math.round(distanceOf(this.instance, c.team, shift))
      const node = this.#classNode[at]!
      this.#add(node, this.#general[shift]!, c.people.length, arcKinds.place, metres, flag, part)
      this.instance.needs[shift]!.forEach(({ skill }) => {
        const seat = this.#seatFor(shift, skill)
        if ((c.skills >> skill) & 1 && seat >= 0)
          this.#add(node, seat, c.people.length, arcKinds.place, metres, flag, part)
      })
    })
  }

  /**
   * Parts that are not open and would improve the plan, judged by the potentials: none means that the
   * optimum over the open parts is the optimum over all. At most `perGate` for each gate, the nearest.
   */
  improvingParts(perGate: number, distanceWeight = 0): Part[] {
    const { instance, net } = this
    const found = new Map<number, Part>()
    const best = this.#bestPotentials()
    for (const [team, gates] of this.#gatesOf) {
      const known = this.#partsOf[team]!
      for (const gate of gates) {
        const reach = net.potential[gate.node]!
        if ((best.get(gate.window * 64 + gate.skill + 1) ?? Number.NEGATIVE_INFINITY) <= reach) continue
        const better: Part[] = []
        for (const shift of this.shiftsIn[gate.window]!) {
          if (known.has(shift)) continue
          const node = gate.skill < 0 ? this.#general[shift]! : this.#seatFor(shift, gate.skill)
          if (node < 0 || net.potential[node]! <= reach) continue
          if (gate.minor && !instance.minorsOk[instance.zone[shift]!]) continue
          if (distanceWeight > 0) {
            const cost = distanceWeight * Math.round(distanceOf(instance, team, shift))
            if (cost + reach - net.potential[node]! >= 0) continue
          }
          if (gate.person >= 0 && refusalOf(instance, gate.person, shift, this.#servingOf(gate.person)))
            continue
          better.push({ team, shift })
        }
        if (better.length > perGate)
          better.sort((a, b) => distanceOf(instance, team, a.shift) - distanceOf(instance, team, b.shift))
        for (const part of better.slice(0, perGate)) found.set(team * instance.shifts + part.shift, part)
      }
    }
    return [...found.values()]
  }

  /** What one unit of flow on the arc adds to a goal; negative is better. */
  unitOf(level: Level, arc: number): number {
    const at = arc - this.net.firstArc
    const kind = this.kind[at]!
    switch (level) {
      case 'minimum':
        return kind === arcKinds.minimum ? -1 : 0
      case 'skill':
        return kind === arcKinds.skill ? -1 : 0
      case 'target':
        return kind === arcKinds.minimum || kind === arcKinds.target ? -1 : 0
      case 'evenness':
        if (kind === arcKinds.minimum) return -evenSteps - 1
        return kind === arcKinds.target ? -1 - this.metric[at]! : 0
      case 'ownUnit':
        return kind === arcKinds.place && this.#flags[at]! & own ? -1 : 0
      case 'stay':
        return kind === arcKinds.place && this.#flags[at]! & stays ? -1 : 0
      case 'distance':
        return kind === arcKinds.place ? this.metric[at]! : 0
      case 'hours':
        return kind === arcKinds.member ? this.metric[at]! : 0
      case 'parts':
        return kind === arcKinds.place && this.closed[this.part[at]!] ? 1 : 0
    }
  }

  /** The goals with the most each can change on one simple cycle of this network. */
  ranged(levels: readonly Level[]): RangedLevel[] {
    let longest = 0
    let hours = 0
    for (let at = 0; at < this.kind.length; at++) {
      if (this.kind[at] === arcKinds.place) longest = Math.max(longest, this.metric[at]!)
      if (this.kind[at] === arcKinds.member) hours = Math.max(hours, this.metric[at]!)
    }
    const ranges: Record<Level, number> = {
      minimum: 1,
      target: 1,
      evenness: evenSteps + 1,
      skill: this.seatNodes,
      ownUnit: 2 * this.seatNodes,
      stay: 2 * this.seatNodes,
      parts: 2 * this.seatNodes,
      distance: 2 * this.seatNodes * longest,
      hours,
    }
    return levels.map((level) => ({ level, range: ranges[level] }))
  }

  #seatFor(shift: number, skill: number): number {
    const at = this.instance.needs[shift]!.findIndex((need) => need.skill === skill)
    return at < 0 ? -1 : this.#skilled[shift]![at]!
  }

  #bestPotentials(): Map<number, number> {
    const best = new Map<number, number>()
    const offer = (window: number, skill: number, node: number) => {
      if (node < 0) return
      const key = window * 64 + skill + 1
      const value = this.net.potential[node]!
      if (value > (best.get(key) ?? Number.NEGATIVE_INFINITY)) best.set(key, value)
    }
    for (let shift = 0; shift < this.instance.shifts; shift++) {
      const window = this.instance.window[shift]!
      offer(window, -1, this.#general[shift]!)
      this.instance.needs[shift]!.forEach(({ skill }, at) => {
        offer(window, skill, this.#skilled[shift]![at]!)
      })
    }
    return best
  }

  #addSeats(seats: Seats): void {
    const { instance } = this
    for (let shift = 0; shift < instance.shifts; shift++) {
      const node = this.#general[shift]!
      if (node < 0) continue
      this.#skilled[shift]!.forEach((seat, at) => {
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
    }
  }

  #addClass(c: PersonClass, at: number, hubs: Map<string, number>, askedIn: Set<number>[]): void {
    const node = this.#classNode[at]!
    const { hours } = this.instance
    const bandOf = (person: number) => Math.round(hours[person]! * 10)
    for (let from = 0, to = 0; from < c.people.length; from = to) {
      const band = bandOf(c.people[from]!)
      while (to < c.people.length && bandOf(c.people[to]!) === band) to++
      this.#add(0, node, to - from, arcKinds.member, band, 0, -1)
    }
    const gates = this.#gatesOf.get(c.team) ?? []
    this.#gatesOf.set(c.team, gates)
    for (const window of c.windows)
      for (const skill of [-1, ...askedIn[window]!]) {
        if (skill >= 0 && !((c.skills >> skill) & 1)) continue
        if (c.personal) {
          gates.push({ node, window, minor: c.minor, skill, person: c.people[0]! })
          continue
        }
        const hub = hubs.get(`${c.team},${c.minor ? 1 : 0},${window},${skill}`)!
        if (!gates.some((gate) => gate.node === hub))
          gates.push({ node: hub, window, minor: c.minor, skill, person: -1 })
        if (c.minor) this.#minorGates.add(hub)
        this.#add(node, hub, c.people.length, arcKinds.entry, 0, 0, -1)
      }
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
    this.kind.push(kind)
    this.metric.push(metric)
    this.#flags.push(flags)
    this.part.push(part)
  }

  /** Where a class's flow enters and which class or gate a node is; for reading the solution. */
  classAt(node: number): number {
    return node >= 1 && node <= this.classes.length ? node - 1 : -1
  }

  /** Whether a class or gate is one of minors. */
  isForMinors(node: number): boolean {
    const c = this.classAt(node)
    return c >= 0 ? this.classes[c]!.minor : this.#minorGates.has(node)
  }

  /** Whether a node stands for the seats of a skill. */
  isSkillSeat(node: number): boolean {
    return this.#skillNodes.has(node)
  }

  /** The shift a seat node belongs to. */
  shiftAt(part: number): number {
    return this.parts[part]!.shift
  }
}
