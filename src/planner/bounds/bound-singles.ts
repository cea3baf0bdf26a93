import type { Placement } from '../format/proposal.ts'
import { isOwn } from '../instance/instance.ts'
import { type Assembly, hubKey } from './bound-assembly.ts'
import { goalRow, ownServed } from './bound-seats.ts'
import type { BoundTeams } from './bound-teams.ts'

const stays = [goalRow.stay, -1]

/** Tied people, modelled one by one; `hubs` are the hubs of all other adults. */
export function addTied(
  assembly: Assembly,
  teams: BoundTeams,
  hubs: ReadonlyMap<number, number>,
  staying: boolean,
): void {
  const { builder, instance, people } = assembly
  const previous = staying ? (instance.problem.previous ?? []) : []
  const before = new Set(previous.map(({ vol, shift }) => vol * instance.shifts + shift))
  for (const { person, windows, shifts, pooled } of people.tied) {
    const group = assembly.groupOf(windows, 1)
    const skills = instance.skills[person]!
    for (const shift of shifts) {
      const stay = before.has(person * instance.shifts + shift) ? stays : []
      if (pooled && stay.length === 0 && !isOwn(instance, instance.team[person]!, shift)) continue
      const leave = assembly.leave(windows, instance.window[shift]!, group)
      for (const skill of assembly.kindsOn(shift, skills))
        builder.column('tied', 1, leave, comes(assembly, teams, person, shift, skill), stay)
    }
    if (!pooled) continue
    for (const window of windows)
      for (const skill of assembly.kindsFor(window, skills))
        builder.column('tied', 1, assembly.leave(windows, window, group), [
          hubs.get(hubKey(window, skill))!,
          1,
        ])
  }
}

/** People who stay where they were, counted by type and group for each shift. */
export function addStays(assembly: Assembly, teams: BoundTeams, fixed: readonly Placement[]): void {
  const { builder, instance, people, seats } = assembly
  const keyOf = ({ vol, shift }: Placement) => vol * instance.shifts + shift
  const inPlace = new Set(fixed.map(keyOf))
  const before = new Map((instance.problem.previous ?? []).map((each) => [keyOf(each), each]))
  for (const key of before.keys()) if (inPlace.has(key)) seats.constants[goalRow.stay]! -= 1
  const alike = Map.groupBy(
    before.values().filter((each) => !inPlace.has(keyOf(each))),
    ({ vol, shift }) => {
      const team = instance.team[vol]!
      const around = teams.has(team) ? `team ${team}` : `unit ${instance.teamUnit[team]}`
      return `${around},${instance.minor[vol]},${people.typeOf[vol]},${shift}`
    },
  )
  for (const group of alike.values()) {
    const { vol, shift } = group[0]!
    const type = people.typeOf[vol]!
    const window = instance.window[shift]!
    if (type < 0 || !seats.isOpen(shift) || !people.types[type]!.windows.includes(window)) continue
    if (instance.minor[vol] && !instance.minorsOk[instance.zone[shift]!]) continue
    const row = builder.row(Number.NEGATIVE_INFINITY, group.length)
    const leave = teams.leave(vol, type, window)
    for (const skill of assembly.kindsOn(shift, people.types[type]!.skills)) {
      const most = Math.min(group.length, seats.roomFor(shift, skill))
      builder.column('stays', most, leave, [row, 1], comes(assembly, teams, vol, shift, skill), stays)
    }
  }
}

/** Matrix entries for one person on a shift: the seat, own-unit service, and the ratio row of the team. */
function comes(
  { instance, seats }: Assembly,
  teams: BoundTeams,
  person: number,
  shift: number,
  skill: number,
): number[] {
  const team = instance.team[person]!
  return [
    ...seats.entries(shift, skill),
    ...(isOwn(instance, team, shift) ? ownServed : []),
    ...teams.ratioEntries(team, shift, instance.minor[person] === 1),
    ...teams.besideEntries(team, shift, instance.minor[person] === 1),
  ]
}
