import { judgePins, type Placement, type Problem } from '#planner/index.ts'

/** Minors of one team who have a place on a shift but no escort of their team; all values are positions. */
export interface Unescorted {
  team: number
  shift: number
  minors: number
  /** How many more adults of the team are needed. */
  escorts: number
}

/**
 * Removes pins that no plan can keep: the leader's decision stays, and the planner works around it. The seat is kept
 * and counts for the demand, except for minors without an escort, who cannot serve as things are.
 * @returns these minors, by team and shift
 */
export function setAsidePins(problem: Problem): Unescorted[] {
  const alone: Placement[] = []
  // Removing one pin can take away the escort of another one, so the check is repeated.
  for (let found = judgePins(problem); found.length > 0; found = judgePins(problem)) {
    const unescorted = new Set(found.flatMap(({ pin, because }) => (because === 'unescorted' ? [pin] : [])))
    const people = new Set(found.map(({ pin }) => problem.pins[pin]!.vol))
    problem.pins = problem.pins.filter((placement, pin) => {
      const { vol, shift } = placement
      if (!people.has(vol)) return true
      if (unescorted.has(pin)) alone.push(placement)
      holdSeat(problem, shift, unescorted.has(pin) ? 'reserved' : 'served')
      problem.vol.barred![vol] = 1
      return false
    })
  }
  const { team } = problem.vol
  return [...Map.groupBy(alone, ({ vol, shift }) => `${team[vol]} ${shift}`).values()].map((party) => {
    const { vol, shift } = party[0]!
    const minors = party.length
    return { team: team[vol]!, shift, minors, escorts: escortsMissing(problem, team[vol]!, shift, minors) }
  })
}

/** How many more adults the left-out minors need, after the adults of the team on that shift are counted. */
function escortsMissing({ pins, vol: columns, K }: Problem, team: number, shift: number, minors: number) {
  const there = pins.filter((pin) => pin.shift === shift && columns.team[pin.vol] === team)
  const pupils = there.filter(({ vol }) => columns.minor[vol]).length
  const adults = Math.max(there.length - pupils, Math.ceil(pupils / K))
  return Math.max(1, Math.ceil((pupils + minors) / K) - adults)
}

/**
 * Takes one seat off a shift. A seat where somebody serves lowers the demand; a seat that is only reserved does not.
 */
export function holdSeat(problem: Problem, shift: number, seat: 'served' | 'reserved'): void {
  const demand = problem.shifts[shift]!
  const served = seat === 'served' ? 1 : 0
  demand.max = Math.max(0, demand.max - 1)
  demand.target = Math.min(demand.max, Math.max(0, demand.target - served))
  demand.min = Math.min(demand.target, Math.max(0, demand.min - served))
}
