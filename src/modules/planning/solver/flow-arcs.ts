/** What an arc of the flow core stands for. */
export const arcKinds = {
  /** home → class: people enter */
  member: 0,
  /** class → gate */
  entry: 1,
  /** gate → seat: people of a team go to a shift */
  place: 2,
  /** seat of a skill → shift */
  skill: 3,
  /** shift → home: seats up to the minimum, the steps to the target, and above it */
  minimum: 4,
  target: 5,
  above: 6,
  /** gate → pool: people go to some shift farther away, which one is decided when the flow is read */
  far: 7,
  /** between pools, and pool → seat */
  pool: 8,
} as const

/** The metric of a pool arc: the way through the pools, in this order. */
export const poolSteps = { outOfRegion: 0, intoRegion: 1, toSeat: 2 } as const

export const own = 1
export const stays = 2

/** The arcs' meanings in columns, one entry an arc, in the order they were added. */
export class ArcTable {
  count = 0
  kind: Uint8Array
  flags: Uint8Array
  /**
   * For a member arc tenths of hours, for a place metres, for a target the step from the top (0: the last),
   * for a pool arc its step.
   */
  metric: Int32Array
  /** For a place its part, for a pool arc to a seat the shift; else -1. */
  part: Int32Array

  constructor(room: number) {
    this.kind = new Uint8Array(room)
    this.flags = new Uint8Array(room)
    this.metric = new Int32Array(room)
    this.part = new Int32Array(room)
  }

  add(kind: number, metric: number, flags: number, part: number): void {
    if (this.count === this.kind.length) this.#grow()
    const at = this.count++
    this.kind[at] = kind
    this.flags[at] = flags
    this.metric[at] = metric
    this.part[at] = part
  }

  #grow(): void {
    const room = grown(this.count)
    this.kind = wider(this.kind, room)
    this.flags = wider(this.flags, room)
    this.metric = wider(this.metric, room)
    this.part = wider(this.part, room)
  }
}

/** Pairs of team and shift that have arcs of their own, with the way back from a pair to its position. */
export class PartTable {
  count = 0
  team = new Int32Array(1024)
  shift = new Int32Array(1024)
  /** Open addressing: positions plus one, 0 where free. At most half full. */
  #slots = new Int32Array(2048)

  /** The position of a pair; -1: it has none. */
  find(team: number, shift: number): number {
    return this.#slots[this.#slotOf(team, shift)]! - 1
  }

  /** Adds a pair that is not there yet. @returns its position */
  add(team: number, shift: number): number {
    if (this.count === this.team.length) this.#grow()
    const at = this.count++
    this.team[at] = team
    this.shift[at] = shift
    this.#slots[this.#slotOf(team, shift)] = at + 1
    return at
  }

  #slotOf(team: number, shift: number): number {
    const mask = this.#slots.length - 1
    let slot = (Math.imul(team, 0x9e3779b1) ^ Math.imul(shift, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & mask
    for (;;) {
      const at = this.#slots[slot]! - 1
      if (at < 0 || (this.team[at] === team && this.shift[at] === shift)) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const room = this.count * 2
    this.team = wider(this.team, room)
    this.shift = wider(this.shift, room)
    this.#slots = new Int32Array(room * 2)
    for (let at = 0; at < this.count; at++)
      this.#slots[this.#slotOf(this.team[at]!, this.shift[at]!)] = at + 1
  }
}

/** Room for half as much again: doubling would cost too much where memory is short. */
export function grown(count: number): number {
  return Math.max(1024, count + (count >> 1))
}

/** A copy of a column with more room. */
export function wider<T extends Int32Array | Float64Array | Uint8Array | Int8Array>(old: T, room: number): T {
  const made = new (old.constructor as new (length: number) => T)(room)
  made.set(old)
  return made
}
