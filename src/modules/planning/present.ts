import type { NameOf } from '#modules/organisation/index.ts'
import {
  type Competition,
  compareShortages,
  explainedAt,
  type GoalName,
  type Lever,
  type Shortage,
} from '#planner/index.ts'
import { isoOf } from '#platform/time.ts'
import type { PlanView } from './contract.ts'
import type { MoveView } from './contract-explanation.ts'
import { type Hours, momentOf } from './naming.ts'
import type { listMoveRows, listPlanRows, PlanRow } from './queries.ts'
import type { Explanation } from './schema.ts'
import { headlineOf, leverText, type Naming, reasonOf, tradeText, unescortedText } from './sentences.ts'
import { becauses, goalTexts, moveReasons, planStages, proofs } from './words.ts'

export { goalTexts }

const shortagesShown = 200

/** A proposal as it appears in lists: summary and quality, without the single shortages. */
export function presentPlan(run: PlanRow): PlanView {
  return {
    id: run.id,
    eventId: run.eventId,
    state: run.state,
    stage: run.stage,
    stageName: planStages[run.stage],
    progress: run.progress,
    policy: run.policy,
    stability: run.stability,
    hoursPerWeek: run.hoursPerWeek,
    restMinutes: run.restMinutes,
    createdAt: isoOf(run.createdAt),
    finishedAt: run.finishedAt && isoOf(run.finishedAt),
    appliedAt: run.appliedAt && isoOf(run.appliedAt),
    appliedDistricts: run.appliedDistricts ?? [],
    revocable: run.firstAppliedAt !== null && run.state !== 'applying',
    quality: run.quality && {
      ...run.quality,
      goals: run.quality.goals.map((goal) => ({
        ...goal,
        name: goalTexts[goal.goal as GoalName],
        proofName: goal.proof && proofs[goal.proof],
      })),
    },
    headlines: [],
    shortages: [],
    shortagesTotal: run.shortages?.length ?? 0,
    explained: run.explanation?.explained.full ?? 0,
    competitions: [],
    unescorted: [],
    trade: run.explanation?.trade
      ? { ...run.explanation.trade, text: tradeText(run.explanation.trade) }
      : null,
    moved: presentMoved(run.explanation?.moved ?? null),
    peopleMoved: run.explanation?.peopleMoved ?? null,
    failure: run.failure,
    version: run.version,
  }
}

/** The shortages of a proposal that are shown: the most important ones, with their competitions. */
export interface Shown {
  shortages: Shortage<string>[]
  headlines: { headline: Explanation['headlines'][number]; shortage: Shortage<string> }[]
  competitions: { set: number; competition: Competition<string> }[]
  /** `team` null: a team the reader may not see. */
  unescorted: { team: string | null; shift: string; minors: number; escorts: number }[]
}

/** Selects the shortages to show. A shortage with `like` gets the explanation of the one it refers to. */
export function shownOf(run: PlanRow): Shown {
  const all = run.shortages ?? []
  const ranked = [...all.keys()].sort((a, b) => compareShortages(all[a]!, all[b]!) || a - b)
  const shortages = ranked.slice(0, shortagesShown).map((at) => explainedAt(all, at))
  const headlines = (run.explanation?.headlines ?? []).map((headline) => ({
    headline,
    shortage: explainedAt(all, headline.shortage),
  }))
  const sets = new Set(
    [...shortages, ...headlines.map(({ shortage }) => shortage)].map(({ competing }) => competing?.set),
  )
  const competitions = (run.explanation?.competitions ?? []).flatMap((competition, set) =>
    sets.has(set) ? [{ set, competition }] : [],
  )
  return { shortages, headlines, competitions, unescorted: run.explanation?.unescorted ?? [] }
}

/** One proposal with its explanation as sentences. */
export function presentExplained(run: PlanRow, shown: Shown, naming: Naming<string>): PlanView {
  const hours = run.explanation
  const competitionOf = ({ competing }: Shortage<string>) =>
    shown.competitions.find(({ set }) => set === competing?.set)?.competition
  const shiftOf = (at: number | undefined) => (at === undefined ? null : (run.shortages?.[at]?.shift ?? null))
  return {
    ...presentPlan(run),
    headlines: shown.headlines.map(({ headline, shortage }) => ({
      shiftId: shortage.shift,
      kind: shortage.kind,
      because: shortage.because,
      districtCode: headline.district,
      shifts: headline.shifts,
      zones: headline.zones,
      missing: headline.missing,
      text: headlineOf(headline, shortage, naming, competitionOf(shortage)),
    })),
    shortages: shown.shortages.map((shortage) => ({
      shiftId: shortage.shift,
      kind: shortage.kind,
      skill: shortage.skill ?? null,
      missing: shortage.missing,
      because: shortage.because,
      becauseName: becauses[shortage.because],
      reason: reasonOf(shortage, naming, competitionOf(shortage)),
      likeShiftId: shiftOf(shortage.like),
      funnel: { limit: 0, unescorted: 0, escortsAway: 0, here: 0, whole: 0, ...shortage.funnel! },
      worthOfOneMore: shortage.worthOfOneMore,
      oneMore: oneMoreView(shortage),
      levers: (shortage.levers ?? []).map((lever) => leverView(lever, naming, hours)),
      competing: shortage.competing ? { set: null, ...shortage.competing } : null,
    })),
    competitions: shown.competitions.map((each) => competitionView(each, naming, hours)),
    unescorted: shown.unescorted.map((party) => ({
      teamId: party.team,
      shiftId: party.shift,
      minors: party.minors,
      escorts: party.escorts,
      text: unescortedText(party, naming),
    })),
  }
}

function oneMoreView({ oneMore }: Shortage<string>) {
  if (!oneMore) return null
  const { who, team, gains } = oneMore
  return { who, teamId: team ?? null, gains: { minimum: 0, skill: 0, target: 0, ...gains } }
}

function leverView(lever: Lever<string>, naming: Naming<string>, hours: Hours | null) {
  const moment = (minute: number | undefined) =>
    minute === undefined || !hours ? null : isoOf(momentOf(hours, minute))
  return {
    lever: lever.lever,
    heads: lever.heads,
    fills: lever.fills,
    teamIds: [...(lever.team === undefined ? [] : [lever.team]), ...(lever.teams ?? [])],
    startsAt: moment(lever.start),
    endsAt: moment(lever.end),
    lost: lever.lost ?? 0,
    text: leverText(lever, naming),
  }
}

function competitionView(
  { set, competition }: Shown['competitions'][number],
  naming: Naming<string>,
  hours: Hours | null,
) {
  const { kind, skill, shifts, shiftsTotal, zones, teams, teamsTotal, people, missing, times } = competition
  return {
    ...{ set, kind, skill: skill ?? null, shiftIds: shifts, shiftsTotal, zones, teamsTotal, people, missing },
    teams: teams.map((id) => ({ id, name: naming.team(id) })),
    times: hours
      ? times.map(({ start, end }) => ({
          startsAt: isoOf(momentOf(hours, start)),
          endsAt: isoOf(momentOf(hours, end)),
        }))
      : [],
  }
}

/** The number of people who left their assignment, by reason, with texts. */
export function presentMoved(moved: Explanation['moved']): PlanView['moved'] {
  if (!moved) return null
  return Object.entries(moved).map(([because, people]) => {
    const reason = because as keyof typeof moveReasons
    return { because: reason, name: moveReasons[reason], people }
  })
}

type Row = Awaited<ReturnType<typeof listPlanRows>>['items'][number]

/** One row of a proposal: a person, a shift and a team. */
export function presentRow({ personName, startsAt, endsAt, ...row }: Row, nameOf: NameOf) {
  return {
    ...row,
    personName: nameOf(row.personId, personName),
    startsAt: startsAt && isoOf(startsAt),
    endsAt: endsAt && isoOf(endsAt),
  }
}

type MoveRow = Awaited<ReturnType<typeof listMoveRows>>['items'][number]

/** A person whom a proposal takes off an assignment, with the reason as text. */
export function presentMove({ personName, because, ...row }: MoveRow, nameOf: NameOf): MoveView {
  return { ...row, personName: nameOf(row.personId, personName), because, reason: moveReasons[because] }
}
