import type { Placement } from '../proposal.ts'
import { arcKinds, type FlowModel } from './flow-model.ts'

/** Turns the flow into people: class by class, those with the fewest hours first. Reports who fills a skill's seat. */
export function decode(model: FlowModel, onSkillSeat?: (person: number) => void): Placement[] {
  const { net, classes, kind, part } = model
  const placements: Placement[] = []
  const next = new Int32Array(classes.length)
  const waiting = new Map<number, number[]>()
  const first = net.firstArc
  const carrying = (want: number, visit: (arc: number, flow: number) => void) => {
    for (let at = 0; at < kind.length; at++)
      if (kind[at] === want && net.flow[first + at]! > 0) visit(first + at, net.flow[first + at]!)
  }
  const take = (c: number, count: number): number[] => {
    const from = next[c]!
    next[c] = from + count
    return classes[c]!.people.slice(from, from + count)
  }
  carrying(arcKinds.place, (arc, flow) => {
    const c = model.classAt(net.source[arc]!)
    if (c < 0) return
    const shift = model.shiftAt(part[arc - first]!)
    for (const vol of take(c, flow)) placements.push({ vol, shift })
    if (onSkillSeat && model.isSkillSeat(net.target[arc]!)) report(placements, flow, onSkillSeat)
  })
  carrying(arcKinds.entry, (arc, flow) => {
    const hub = net.target[arc]!
    const queue = waiting.get(hub)
    const people = take(model.classAt(net.source[arc]!), flow)
    if (queue) queue.push(...people)
    else waiting.set(hub, people)
  })
  carrying(arcKinds.place, (arc, flow) => {
    if (model.classAt(net.source[arc]!) >= 0) return
    const shift = model.shiftAt(part[arc - first]!)
    const queue = waiting.get(net.source[arc]!)!
    for (const vol of queue.splice(queue.length - flow, flow)) placements.push({ vol, shift })
    if (onSkillSeat && model.isSkillSeat(net.target[arc]!)) report(placements, flow, onSkillSeat)
  })
  return placements
}

function report(placements: readonly Placement[], last: number, onSkillSeat: (person: number) => void): void {
  for (const { vol } of placements.slice(-last)) onSkillSeat(vol)
}
