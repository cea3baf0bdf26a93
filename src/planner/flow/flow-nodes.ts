import type { Instance } from '../instance/instance.ts'
import type { Seats } from '../instance/seats.ts'
import type { PersonClass } from './classes.ts'
import type { Regions } from './regions.ts'

/** The seats a gate or a pool leads to: one window, one required skill (-1: none), for minors or for adults. */
export interface Access {
  window: number
  skill: number
  minor: boolean
}

const skillsMax = 33

/** The kinds of nodes, as values of `Uint8Array` columns. */
export const nodeKinds = { home: 0, class: 1, hub: 2, seat: 3, skillSeat: 4, pool: 5 } as const

/**
 * Node numbers of the flow core: 0 is home, then the classes, the seats, the hubs (gates shared by many classes) and
 * the pools. A pool collects the flow out of a region, or into a region, for seats of one access.
 */
export class FlowNodes {
  count = 1
  readonly kind: Uint8Array
  /** The seat node of each shift; -1 if the shift is frozen or full. */
  readonly general: Int32Array
  /** The seat nodes of each skill need of a shift, in the order of `instance.needs`; -1 if nobody is missing. */
  readonly skilled: readonly Int32Array[]
  /** The skills that seats of each window still require. */
  readonly askedIn: readonly (readonly number[])[]
  readonly seats: number
  readonly skillSeats: number
  readonly #hubs: (Map<number, number> | undefined)[]
  readonly #pools = new Map<number, number>()
  readonly #accesses: Access[] = []
  /** Number of pools out of regions. */
  outPools = 0
  readonly #instance: Instance
  readonly #regions: Regions

  constructor(
    instance: Instance,
    regions: Regions,
    classes: readonly PersonClass[],
    seats: Seats,
    { hubs, pools }: { hubs: boolean; pools: boolean },
  ) {
    this.#instance = instance
    this.#regions = regions
    this.count += classes.length
    const open = (shift: number) => !instance.frozen[shift] && seats.count[shift]! < instance.limit[shift]!
    const firstSeat = this.count
    this.general = Int32Array.from({ length: instance.shifts }, (_, shift) =>
      open(shift) ? this.count++ : -1,
    )
    const firstSkillSeat = this.count
    this.skilled = instance.needs.map((needs, shift) =>
      Int32Array.from(needs, (_, at) =>
        open(shift) && seats.skillMissing[shift]![at]! > 0 ? this.count++ : -1,
      ),
    )
    this.seats = this.count - firstSeat
    this.skillSeats = this.count - firstSkillSeat
    this.askedIn = this.#skillsAsked()
    const firstHub = this.count
    this.#hubs = Array.from({ length: instance.teams })
    if (hubs) for (const c of classes) if (!c.personal) this.#addHubs(c)
    const firstPool = this.count
    if (pools) this.#addPools(classes)
    this.kind = new Uint8Array(this.count)
      .fill(nodeKinds.class, 1, firstSeat)
      .fill(nodeKinds.seat, firstSeat, firstSkillSeat)
      .fill(nodeKinds.skillSeat, firstSkillSeat, firstHub)
      .fill(nodeKinds.hub, firstHub, firstPool)
      .fill(nodeKinds.pool, firstPool)
  }

  /** The seat node for a skill on a shift; -1: nobody with this skill is missing. */
  seatFor(shift: number, skill: number): number {
    if (skill < 0) return this.general[shift]!
    const at = this.#instance.needs[shift]!.findIndex((need) => need.skill === skill)
    return at < 0 ? -1 : this.skilled[shift]![at]!
  }

  /** The hub of a team for an access; -1: there are no hubs. */
  hub(team: number, access: Access): number {
    return this.#hubs[team]?.get(this.#keyOf(access)) ?? -1
  }

  /** The accesses of a class: one for each window and skill. */
  *accessesOf({ windows, skills, minor }: PersonClass): Generator<Access> {
    for (const window of windows) {
      yield { window, skill: -1, minor }
      for (const skill of this.askedIn[window]!) if ((skills >> skill) & 1) yield { window, skill, minor }
    }
  }

  /** The pool for an access: for all regions, out of one region, or into one region; -1: none. */
  pool(access: Access, side: 'all' | 'out' | 'in', region = 0): number {
    return this.#pools.get(this.#poolKey(access, side, region)) ?? -1
  }

  /** The pools of a region, one entry for each access that exists in any region. */
  poolsOf(region: number): { access: Access; out: number; into: number }[] {
    return this.#accesses.map((access) => ({
      access,
      out: this.pool(access, 'out', region),
      into: this.pool(access, 'in', region),
    }))
  }

  #poolKey(access: Access, side: 'all' | 'out' | 'in', region: number): number {
    const sides = { all: 0, out: 1, in: 2 }
    return (this.#keyOf(access) * 3 + sides[side]) * this.#regions.count + region
  }

  #keyOf({ window, skill, minor }: Access): number {
    return (window * skillsMax + skill + 1) * 2 + (minor ? 1 : 0)
  }

  #skillsAsked(): number[][] {
    const asked = this.#instance.windows.map(() => new Set<number>())
    this.#instance.needs.forEach((needs, shift) => {
      needs.forEach(({ skill }, at) => {
        if (this.skilled[shift]![at]! >= 0) asked[this.#instance.window[shift]!]!.add(skill)
      })
    })
    return asked.map((skills) => [...skills].sort((a, b) => a - b))
  }

  #addHubs(c: PersonClass): void {
    const hubs = this.#hubs[c.team] ?? new Map<number, number>()
    this.#hubs[c.team] = hubs
    for (const access of this.accessesOf(c)) {
      const key = this.#keyOf(access)
      if (hubs.has(key)) continue
      hubs.set(key, this.count++)
    }
  }

  #addPools(classes: readonly PersonClass[]): void {
    const { zone } = this.#instance
    const add = (access: Access, side: 'all' | 'out' | 'in', region: number) => {
      const key = this.#poolKey(access, side, region)
      if (this.#pools.has(key)) return
      this.#pools.set(key, this.count++)
      if (side === 'all') this.#accesses.push(access)
      if (side === 'out') this.outPools++
    }
    for (const c of classes) {
      if (c.personal) continue
      for (const access of this.accessesOf(c)) {
        add(access, 'all', 0)
        add(access, 'out', this.#regions.ofTeam[c.team]!)
      }
    }
    for (let shift = 0; shift < zone.length; shift++)
      for (const access of this.accessesTo(shift))
        if (this.pool(access, 'all') >= 0) add(access, 'in', this.#regions.ofZone[zone[shift]!]!)
  }

  /** The accesses that lead to the open seats of a shift. */
  *accessesTo(shift: number): Generator<Access> {
    if (this.general[shift]! < 0) return
    const window = this.#instance.window[shift]!
    const suitable = this.#instance.minorsOk[this.#instance.zone[shift]!] === 1
    const needs = this.#instance.needs[shift]!
    const skills = [-1, ...needs.filter((_, at) => this.skilled[shift]![at]! >= 0).map(({ skill }) => skill)]
    for (const skill of skills) {
      yield { window, skill, minor: false }
      if (suitable) yield { window, skill, minor: true }
    }
  }
}
