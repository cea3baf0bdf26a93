import type { Goal, GoalName, Quality } from '#planner/index.ts'

/** The result of one measuring process. Runs of `core` have the costs; runs of a plan have the goals. */
export interface Measured {
  people: number
  teams: number
  zones: number
  shifts: number
  targetSeats: number
  seconds: number
  cpuSeconds: number
  boundSeconds: number
  boundCpuSeconds: number
  validationSeconds: number
  violations: number
  goals: Goal[]
  parts: Quality['parts']
  certified: boolean
  memoryMb: number
  moved: number
  nodes: number
  arcs: number
  cost: number
  highsCost: number | null
  highsCpuSeconds: number | null
  cbcCost: number | null
}

export type Figures = Record<string, Partial<Record<'fill' | 'together' | 'replan' | 'core', Measured>>>

interface Judged {
  name: string
  goal: string
  measured: string
  met: boolean
}

/** The goals of each problem size, and whether the figures meet them. */
export function goalsFor(figures: Figures): Judged[] {
  const limits: Record<string, { seconds: number; memoryMb: number }> = {
    1: { seconds: 2, memoryMb: Number.POSITIVE_INFINITY },
    10: { seconds: 20, memoryMb: 600 },
    100: { seconds: 240, memoryMb: 2000 },
  }
  return Object.entries(figures).flatMap(([size, { fill, together, replan, core }]) => {
    const limit = limits[size]
    return [
      ...(fill && limit ? planGoals(`${size}×`, fill, limit) : []),
      ...(size === '1' && fill && together && replan && core ? dayGoals(fill, together, replan, core) : []),
    ]
  })
}

function planGoals(size: string, plan: Measured, limit: { seconds: number; memoryMb: number }): Judged[] {
  const target = plan.goals.find(({ goal }) => goal === 'target')!
  const above = (target.achieved - (target.bound ?? 0)) / plan.targetSeats
  const shown = plan.seconds + plan.validationSeconds
  return [
    none(`${size} violations`, plan.violations),
    none(`${size} minimum seats short`, achieved(plan, 'minimum')),
    judged(`${size} certificate`, 'holds', plan.certified ? 'holds' : 'fails', plan.certified),
    judged(
      `${size} target seats short above the bound`,
      '≤ 0.5 %',
      `${(above * 100).toFixed(2)} %`,
      above <= 0.005,
    ),
    judged(
      `${size} seconds to a complete, validated, certified plan`,
      `≤ ${limit.seconds}`,
      shown.toFixed(2),
      shown <= limit.seconds,
    ),
    ...(Number.isFinite(limit.memoryMb)
      ? [
          judged(
            `${size} memory in MB`,
            `≤ ${limit.memoryMb}`,
            String(plan.memoryMb),
            plan.memoryMb <= limit.memoryMb,
          ),
        ]
      : []),
  ]
}

function dayGoals(fill: Measured, together: Measured, replan: Measured, core: Measured): Judged[] {
  const fewer = 1 - fill.parts.count / fill.parts.rawCount
  const same = (cost: number | null) => cost !== null && Math.abs(cost - core.cost) < 1
  const checked = [core.highsCost, ...(core.cbcCost === null ? [] : [core.cbcCost])]
  return [
    none('1× skill seats short', achieved(fill, 'skill')),
    judged(
      '1× fill: team parts below the raw decoding',
      '≥ 15 %',
      `${(fewer * 100).toFixed(1)} %`,
      fewer >= 0.15,
    ),
    judged('1× together: team parts', '≤ 1000', String(together.parts.count), together.parts.count <= 1000),
    none('1× together: minimum seats short', achieved(together, 'minimum')),
    none('1× together: violations', together.violations),
    judged(
      '1× flow core against HiGHS, and CBC where installed',
      'equal',
      checked.every(same) ? 'equal' : 'different',
      checked.every(same),
    ),
    judged(
      '1× seconds for the linear bounds',
      '≤ 20',
      Math.max(fill.boundSeconds, together.boundSeconds).toFixed(2),
      Math.max(fill.boundSeconds, together.boundSeconds) <= 20,
    ),
    judged('re-plan: people moved', '≤ 200', String(replan.moved), replan.moved <= 200),
    judged('re-plan: seconds', '< 2', replan.seconds.toFixed(2), replan.seconds < 2),
    none('re-plan: minimum seats short', achieved(replan, 'minimum')),
    none('re-plan: violations', replan.violations),
  ]
}

/** How the processor time grows between sizes: time ∝ people^exponent. */
export function cpuPerPerson(figures: Figures): string[] {
  const plans = Object.values(figures).flatMap(({ fill }) => (fill ? [fill] : []))
  return plans.slice(1).map((plan, at) => {
    const before = plans[at]!
    const exponent = Math.log(plan.cpuSeconds / before.cpuSeconds) / Math.log(plan.people / before.people)
    return `From ${before.people} to ${plan.people} people, processor time grows with the power ${exponent.toFixed(2)} of people.`
  })
}

function achieved(plan: Measured, name: GoalName): number {
  return plan.goals.find(({ goal }) => goal === name)!.achieved
}

function none(name: string, count: number): Judged {
  return judged(name, '0', String(count), count === 0)
}

function judged(name: string, goal: string, measured: string, met: boolean): Judged {
  return { name, goal, measured, met }
}
