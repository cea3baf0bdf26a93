/** Number of people for each set of skills. */
export type SkillCounts = ReadonlyMap<number, number>

type Needs = readonly { skill: number; min: number }[]

/** Missing people for each need in the best assignment, where each holder counts once. */
export function uncovered(needs: Needs, holders: Iterable<number>): Int32Array {
  const counts = new Map<number, number>()
  for (const held of needs.length > 0 ? holders : []) counts.set(held, (counts.get(held) ?? 0) + 1)
  return uncoveredBy(needs, counts)
}

/**
 * The same from counts: a maximum flow from groups with equal skills to needs. Each augmenting path carries as many
 * people as possible, so the cost does not depend on the number of people.
 */
export function uncoveredBy(needs: Needs, counts: SkillCounts): Int32Array {
  const groups = [...counts].map(([held, left]) => ({ held, left, given: needs.map(() => 0) }))
  const missing = Int32Array.from(needs, ({ min }) => min)
  for (let need = 0; need < needs.length; need++)
    for (let came = 1; came > 0 && missing[need]! > 0; ) {
      came = draw(need, missing[need]!, new Set())
      missing[need] = missing[need]! - came
    }
  return missing

  /**
   * Assigns up to `most` people to a need: free ones, or people of another need that gets a replacement.
   * @returns how many
   */
  function draw(need: number, most: number, seen: Set<number>): number {
    seen.add(need)
    for (const group of groups) {
      if (!((group.held >> needs[need]!.skill) & 1)) continue
      let came = Math.min(most, group.left)
      group.left -= came
      for (let other = 0; came === 0 && other < needs.length; other++) {
        if (seen.has(other) || group.given[other] === 0) continue
        came = draw(other, Math.min(most, group.given[other]!), seen)
        group.given[other]! -= came
      }
      group.given[need]! += came
      if (came > 0) return came
    }
    return 0
  }
}
