import type { Proposal } from '../format/proposal.ts'
import { isTogether } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'

/** From this number of idle people on, the trade-off between whole teams and filled seats is shown. */
const idleMin = 1000

/**
 * The cost of keeping teams together, if over a thousand adults who could serve have no place while seats below the
 * target are empty: the number of these adults, and how many of the seats they could fill if teams were split.
 */
export function idleForTeams(book: RosterBook, servable: Uint8Array): Pick<Proposal, 'trade'> {
  const { instance, peopleOn } = book
  if (!isTogether(instance.problem)) return {}
  const empty = new Map<number, number>()
  for (let shift = 0; shift < instance.shifts; shift++) {
    const missing = instance.frozen[shift] ? 0 : instance.target[shift]! - peopleOn[shift]!.length
    const window = instance.window[shift]!
    if (missing > 0) empty.set(window, (empty.get(window) ?? 0) + missing)
  }
  const short = [...empty.values()].reduce((sum, count) => sum + count, 0)
  // People who can serve in few windows get their seats first.
  const waiting: number[][] = []
  for (let person = 0; person < instance.people; person++) {
    const isWhole = instance.problem.teams[instance.team[person]!]!.whole === true
    if (!servable[person] || instance.minor[person] || isWhole || book.serves(person)) continue
    if (instance.commitmentsOf.has(person)) continue
    const windows = [...empty.keys()].filter((window) => {
      const { start, end } = instance.windows[window]!
      return instance.from[person]! <= start && end <= instance.to[person]!
    })
    if (windows.length > 0) waiting.push(windows)
  }
  if (waiting.length <= idleMin) return {}
  let fills = 0
  for (const windows of waiting.sort((a, b) => a.length - b.length)) {
    const open = windows.filter((window) => empty.get(window)! > 0)
    if (open.length === 0) continue
    const most = open.reduce((best, window) => (empty.get(window)! > empty.get(best)! ? window : best))
    empty.set(most, empty.get(most)! - 1)
    fills++
  }
  return fills > 0 ? { trade: { idle: waiting.length, short, fills } } : {}
}
