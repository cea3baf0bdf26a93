import type { Shortage } from '#planner/index.ts'
import type { Shown } from './present.ts'

/** The teams mentioned in the shown part of a proposal. */
export function teamsIn({ shortages, headlines, competitions, unescorted }: Shown): string[] {
  const found = new Set(competitions.flatMap(({ competition }) => competition.teams))
  for (const { team } of unescorted) if (team !== null) found.add(team)
  for (const { oneMore, levers = [] } of [...shortages, ...headlines.map(({ shortage }) => shortage)]) {
    if (oneMore?.team !== undefined) found.add(oneMore.team)
    for (const { team, teams = [] } of levers)
      for (const each of team === undefined ? teams : [team, ...teams]) found.add(each)
  }
  return [...found]
}

/** The same without the names of teams the reader may not see; counts are unchanged. */
export function withholdTeams(
  { shortages, headlines, competitions, unescorted }: Shown,
  seen: ReadonlySet<string>,
): Shown {
  return {
    shortages: shortages.map((shortage) => withoutTeams(shortage, seen)),
    headlines: headlines.map(({ headline, shortage }) => ({
      headline,
      shortage: withoutTeams(shortage, seen),
    })),
    competitions: competitions.map(({ set, competition }) => ({
      set,
      competition: { ...competition, teams: competition.teams.filter((team) => seen.has(team)) },
    })),
    unescorted: unescorted.map(({ team, ...rest }) => {
      return { ...rest, team: team !== null && seen.has(team) ? team : null }
    }),
  }
}

function withoutTeams(shortage: Shortage<string>, seen: ReadonlySet<string>): Shortage<string> {
  const { oneMore, levers } = shortage
  const ifSeen = <T extends { team?: string }>(one: T): T =>
    one.team === undefined || seen.has(one.team) ? one : { ...one, team: undefined }
  return {
    ...shortage,
    ...(oneMore ? { oneMore: ifSeen(oneMore) } : {}),
    ...(levers
      ? {
          levers: levers.map((lever) => {
            const { teams } = lever
            return ifSeen(teams ? { ...lever, teams: teams.filter((team) => seen.has(team)) } : lever)
          }),
        }
      : {}),
  }
}
