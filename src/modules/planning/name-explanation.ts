import type { Lever, MoveReason, OneMore, Proposal, Shortage } from '#planner/index.ts'
import { isoOf } from '#platform/time.ts'
import type { Described, Names } from './problem-draft.ts'
import type { Explanation } from './schema.ts'

/** A shortage with database ids instead of positions. */
export function namedShortage(shortage: Shortage, names: Names): Shortage<string> {
  const { shift, skill, oneMore, levers, ...rest } = shortage
  return {
    ...rest,
    shift: names.shifts[shift]!,
    ...(skill === undefined ? {} : { skill: names.skills[skill]! }),
    ...(oneMore ? { oneMore: namedOneMore(oneMore, names) } : {}),
    ...(levers ? { levers: levers.map((lever) => namedLever(lever, names)) } : {}),
  }
}

function namedOneMore({ team, ...rest }: OneMore, names: Names): OneMore<string> {
  return { ...rest, ...(team === undefined ? {} : { team: names.teams[team]! }) }
}

function namedLever({ team, teams, skill, ...rest }: Lever, names: Names): Lever<string> {
  return {
    ...rest,
    ...(team === undefined ? {} : { team: names.teams[team]! }),
    ...(teams ? { teams: teamIds(teams, names) } : {}),
    ...(skill === undefined ? {} : { skill: names.skills[skill]! }),
  }
}

/**
 * One team can be two teams of the problem: its people, and adults who do not count as escorts. Ids are listed once.
 */
function teamIds(teams: readonly number[], names: Names): string[] {
  return [...new Set(teams.map((team) => names.teams[team]!))]
}

/** The explanation stored beside the shortages. */
export function explanationOf({ names, unescorted }: Described, proposal: Proposal): Explanation {
  const { competitions, headlines, explained, moves, trade = null } = proposal
  return {
    competitions: competitions.map(({ skill, shifts, teams, ...rest }) => ({
      ...rest,
      ...(skill === undefined ? {} : { skill: names.skills[skill]! }),
      shifts: shifts.map((shift) => names.shifts[shift]!),
      teams: teamIds(teams, names),
    })),
    headlines: headlines.map((headline) => ({ ...headline, district: names.districts[headline.district]! })),
    explained,
    trade,
    unescorted: unescorted.map(({ team, shift, ...rest }) => {
      return { ...rest, team: names.teams[team]!, shift: names.shifts[shift]! }
    }),
    moved: moves ? countBy(moves.map(({ because }) => because)) : null,
    peopleMoved: moves ? new Set(moves.map(({ vol }) => vol)).size : null,
    midnight: isoOf(names.midnight),
    timeZone: names.midnight.zoneName!,
  }
}

function countBy(reasons: readonly MoveReason[]): Partial<Record<MoveReason, number>> {
  const counts: Partial<Record<MoveReason, number>> = {}
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

/** The moves as rows. Heads without a name had no previous assignment. */
export function moveRows(runId: string, { names }: Described, { moves = [] }: Proposal) {
  return moves.map(({ vol, from, to, because }, position) => ({
    runId,
    position,
    personId: names.people[vol]!,
    fromShiftId: names.shifts[from]!,
    toShiftId: to === null ? null : names.shifts[to]!,
    because,
  }))
}
