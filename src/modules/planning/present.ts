import { isoOf } from '#platform/time.ts'
import type { PlanView } from './contract.ts'
import type { GoalName, Shortage } from './proposal.ts'
import type { listPlanRows, PlanRow } from './queries.ts'
import { goalTexts, planStages, reasonOf } from './words.ts'

export { goalTexts }

const shortagesShown = 200
const weight = { minimum: 0, skill: 1, target: 2 }

export function planView(run: PlanRow): PlanView {
  const shortages = run.shortages ?? []
  const worst = shortages.toSorted((a, b) => weight[a.kind] - weight[b.kind] || b.missing - a.missing)
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
    quality: run.quality && {
      ...run.quality,
      goals: run.quality.goals.map((goal) => ({ ...goal, name: goalTexts[goal.goal as GoalName] })),
    },
    shortages: worst.slice(0, shortagesShown).map(shortageView),
    shortagesTotal: shortages.length,
    failure: run.failure,
    version: run.version,
  }
}

function shortageView(shortage: Shortage<string, string>): PlanView['shortages'][number] {
  const { shift, skill, competing, ...rest } = shortage
  return {
    ...rest,
    shiftId: shift,
    skill: skill ?? null,
    reason: reasonOf(shortage),
    competing: competing
      ? { shiftIds: competing.shifts, zones: competing.zones, teams: competing.teams }
      : null,
  }
}

type Row = Awaited<ReturnType<typeof listPlanRows>>['items'][number]

export function rowView({ startsAt, endsAt, ...row }: Row) {
  return { ...row, startsAt: startsAt && isoOf(startsAt), endsAt: endsAt && isoOf(endsAt) }
}
