import type { RosterGroup } from './roster-groups.ts'
import type { DayPlan } from './roster-structure.ts'

/** The nodes of one group: inner nodes for the caps, and leaves where people leave the group. */
export interface GroupNodes {
  node: number
  /** Arcs from a node to a nested node of the group, with the cap. */
  arcs: { from: number; to: number; cap: number }[]
  leaves: { node: number; windows: number[] }[]
}

/**
 * Creates the nodes of the groups, numbered from `first` on. A cap implied by the cap around it, or by the caps
 * inside it, gets no node.
 */
export function layNodes(
  groups: readonly RosterGroup[],
  first: number,
): { groups: GroupNodes[]; next: number } {
  let next = first
  const laid = groups.map((group): GroupNodes => {
    const { people, structure } = group
    const arcs: GroupNodes['arcs'] = []
    const leaves: GroupNodes['leaves'] = []
    const node = next++
    const within = (from: number, heads: number) => {
      const to = next++
      arcs.push({ from, to, cap: heads * people.length })
      return to
    }
    for (const { cap, days } of structure.weeks) {
      const most = days.reduce((sum, day) => sum + day.cap, 0)
      const week = cap < most ? within(node, cap) : node
      if (cap === 1 && most > 1) {
        leaves.push({ node: week, windows: days.flatMap(windowsOf) })
        continue
      }
      for (const { cap: heads, cliques } of days) {
        const binds = heads < cliques.length && (week === node || heads < cap)
        const day = binds ? within(week, heads) : week
        if (binds && heads === 1) leaves.push({ node: day, windows: windowsOf({ cliques }) })
        else for (const { windows } of cliques) leaves.push({ node: within(day, 1), windows })
      }
    }
    return { node, arcs, leaves }
  })
  return { groups: laid, next }
}

function windowsOf({ cliques }: Pick<DayPlan, 'cliques'>): number[] {
  return cliques.flatMap(({ windows }) => windows)
}
