import type { Competition, Shortage } from '../format/proposal.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { shiftsNamed, teamsNamed, timesOf } from './compete.ts'
import { compareShortages, explainedAt, usesIdle } from './headlines.ts'
import type { IdlePeople } from './idle.ts'

/**
 * People may be idle because teams stay together. Then each empty seat alone could be filled by splitting a team, but
 * all of them only while people are left. The largest gaps are filled first; the seats left without people are
 * contested, and these people and shifts form one more competition. Modifies `shortages`.
 */
export function contest(
  { instance }: RosterBook,
  idle: IdlePeople,
  shortages: Shortage[],
  competitions: Competition[],
): void {
  const kept = [...shortages.keys()].filter((at) => {
    const { because, funnel } = explainedAt(shortages, at)
    return because === 'together' && funnel!.free > 0
  })
  const windows = new Set(kept.map((at) => instance.window[shortages[at]!.shift]!))
  const byTeam = idle.adultsDuringAny(windows)
  const people = [...byTeam.values()].reduce((sum, count) => sum + count, 0)
  const missing = kept.reduce((sum, at) => sum + shortages[at]!.missing, 0)
  if (people === 0 || people >= missing) return
  kept.sort((a, b) => compareShortages(shortages[a]!, shortages[b]!) || a - b)
  const teams = [...byTeam].sort(([a, one], [b, other]) => other - one || a - b).map(([team]) => team)
  const shifts = kept.map((at) => shortages[at]!.shift)
  const zones = new Set(shifts.map((shift) => instance.zone[shift]!)).size
  const set = competitions.length
  competitions.push({
    kind: 'target',
    shifts: shifts.slice(0, shiftsNamed),
    shiftsTotal: shifts.length,
    zones,
    teams: teams.slice(0, teamsNamed),
    teamsTotal: teams.length,
    people,
    missing,
    times: timesOf(instance, windows),
  })
  let left = people
  for (const at of kept) {
    const shortage = shortages[at]!
    if (left <= 0) {
      shortage.because = 'contested'
      shortage.competing = { set, zones, teams: teams.length }
      shortage.levers &&= shortage.levers.filter(({ lever }) => !usesIdle.has(lever))
    }
    left -= shortage.missing
  }
}
