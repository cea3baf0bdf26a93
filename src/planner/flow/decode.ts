import type { Placement } from '../format/proposal.ts'
import { arcKinds, poolSteps } from './flow-arcs.ts'
import type { FlowModel } from './flow-model.ts'

/**
 * Turns the flow into placements, class by class, people with the fewest hours first. People routed through pools are
 * matched to seats of the same access, region by region. Reports who takes a seat for a skill.
 */
export function decode(model: FlowModel, onSkillSeat?: (person: number) => void): Placement[] {
  return new Decoder(model, onSkillSeat).run()
}

class Decoder {
  readonly #model: FlowModel
  readonly #onSkillSeat: ((person: number) => void) | undefined
  readonly #placements: Placement[] = []
  /** How many people of each class have been placed. */
  readonly #taken: Int32Array
  readonly #waiting = new Map<number, number[]>()

  constructor(model: FlowModel, onSkillSeat?: (person: number) => void) {
    this.#model = model
    this.#onSkillSeat = onSkillSeat
    this.#taken = new Int32Array(model.classes.length)
  }

  run(): Placement[] {
    const { net, arcs, parts } = this.#model
    const place = (arc: number, at: number, people: readonly number[]) => {
      this.#place(people, parts.shift[arcs.part[at]!]!, net.target[arc]!)
    }
    this.#carrying(arcKinds.place, (arc, at, flow) => {
      const c = this.#model.classAt(net.source[arc]!)
      if (c >= 0) place(arc, at, this.#take(c, flow))
    })
    this.#carrying(arcKinds.entry, (arc, _, flow) => {
      this.#wait(net.target[arc]!, this.#take(this.#model.classAt(net.source[arc]!), flow))
    })
    this.#carrying(arcKinds.place, (arc, at, flow) => {
      if (this.#model.classAt(net.source[arc]!) < 0) place(arc, at, this.#call(net.source[arc]!, flow))
    })
    this.#throughPools()
    return this.#placements
  }

  /** For each access, inflow and outflow of the pools are equal: people in the pool take the seats in order. */
  #throughPools(): void {
    const { net, arcs } = this.#model
    const passOn = (arc: number, flow: number) =>
      this.#wait(net.target[arc]!, this.#call(net.source[arc]!, flow))
    this.#carrying(arcKinds.far, (arc, _, flow) => {
      this.#wait(net.target[arc]!, this.#take(this.#model.classAt(net.source[arc]!), flow))
    })
    for (const step of [poolSteps.outOfRegion, poolSteps.intoRegion])
      this.#carrying(arcKinds.pool, (arc, at, flow) => {
        if (arcs.metric[at] === step) passOn(arc, flow)
      })
    this.#carrying(arcKinds.pool, (arc, at, flow) => {
      if (arcs.metric[at] === poolSteps.toSeat)
        this.#place(this.#call(net.source[arc]!, flow), arcs.part[at]!, net.target[arc]!)
    })
  }

  #carrying(want: number, visit: (arc: number, at: number, flow: number) => void): void {
    const { net, arcs, firstArc } = this.#model
    for (let at = 0; at < arcs.count; at++) {
      if (arcs.kind[at] !== want) continue
      const flow = net.flow[firstArc + at]!
      if (flow > 0) visit(firstArc + at, at, flow)
    }
  }

  #take(c: number, count: number): number[] {
    const from = this.#taken[c]!
    this.#taken[c] = from + count
    return this.#model.classes[c]!.people.slice(from, from + count)
  }

  #wait(node: number, people: readonly number[]): void {
    const queue = this.#waiting.get(node)
    if (queue) for (const person of people) queue.push(person)
    else this.#waiting.set(node, [...people])
  }

  #call(node: number, count: number): number[] {
    const queue = this.#waiting.get(node)!
    return queue.splice(queue.length - count, count)
  }

  #place(people: readonly number[], shift: number, seat: number): void {
    for (const vol of people) {
      this.#placements.push({ vol, shift })
      if (this.#model.isSkillSeat(seat)) this.#onSkillSeat?.(vol)
    }
  }
}
