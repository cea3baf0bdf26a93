/** The meaning of the arcs of the flow core. */
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
  /** gate → pool: people go to a more distant shift, which is chosen when the flow is decoded */
  far: 7,
  /** between pools, and pool → seat */
  pool: 8,
} as const

/** The metric of a pool arc: its step on the path through the pools, in this order. */
export const poolSteps = { outOfRegion: 0, intoRegion: 1, toSeat: 2 } as const

export const own = 1
export const stays = 2

/** The meaning of each arc, in columns, in the order in which arcs were added. */
export class ArcTable {
  count = 0
  kind: Uint8Array
  flags: Uint8Array
  /**
   * Member arc: tenths of hours. Place: metres. Target: the step counted from the top (0: the last). Pool arc: its
   * step.
   */
  metric: Int32Array
  /** Place: its part. Pool arc to a seat: the shift. Otherwise -1. */
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

/** Pairs of team and shift (parts) that have their own arcs, with a hash index from a pair to its position. */
export class PartTable {
  count = 0
  team = new Int32Array(1024)
  shift = new Int32Array(1024)
  /** Hash table with open addressing: position plus one, 0 for a free slot. At most half full. */
  #slots = new Int32Array(2048)

  /** The position of a pair; -1: not present. */
  find(team: number, shift: number): number {
    return this.#slots[this.#slotOf(team, shift)]! - 1
  }

  /**
   * Adds a pair that is not present yet.
   * @returns its position
   */
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

/** The next capacity, 1.5 times as large: doubling would use too much memory. */
export function grown(count: number): number {
  return Math.max(1024, count + (count >> 1))
}

/** A copy of a column with a larger capacity. */
export function wider<T extends Int32Array | Float64Array | Uint8Array | Int8Array>(old: T, room: number): T {
  const made = new (old.constructor as new (length: number) => T)(room)
  made.set(old)
  return made
}
