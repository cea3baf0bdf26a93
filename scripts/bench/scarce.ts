/**
 * Measures plans on days with too few people: `npm run bench:scarce -- [seeds] [--json]`. For each kind of scarcity and
 * each seed it prints minimum and skill seats short under both policies, and the least that any plan could reach: the
 * linear bound with the escorts.
 */
import '../lib/help.ts'
import { propose, validate } from '#planner/direct.ts'
import type { GoalName, Policy, Problem } from '#planner/index.ts'
import { dayOf, hasReference } from './plan-problem.ts'
import { type Scarcity, scarceDay, scarcities } from './scarce-problem.ts'

interface Short {
  minimum: number
  skill: number
}

interface Planned {
  short: Short
  /** What no plan can be below; for a skill among plans that are as good on the minimum. */
  bound: Short
  violations: number
  cpuSeconds: number
}

type Row = { scarcity: Scarcity; seed: number } & Record<Policy, Planned>

const args = process.argv.slice(2)
const json = args.includes('--json')
const seeds = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 5)
const say = (text: string) => (json ? process.stderr : process.stdout).write(`${text}\n`)

async function planned(problem: Problem, policy: Policy): Promise<Planned> {
  const before = process.cpuUsage()
  const plan = await propose({ ...problem, policy })
  const { user, system } = process.cpuUsage(before)
  const goal = (wanted: GoalName) => plan.quality.goals.find((each) => each.goal === wanted)!
  const of = (value: 'achieved' | 'bound'): Short => ({
    minimum: goal('minimum')[value] ?? 0,
    skill: goal('skill')[value] ?? 0,
  })
  return {
    short: of('achieved'),
    bound: of('bound'),
    violations: validate({ ...problem, policy }, plan).length,
    cpuSeconds: (user + system) / 1e6,
  }
}

const shown = ({ minimum, skill }: Short) => `${String(minimum).padStart(5)} ${String(skill).padStart(4)}`

const full = dayOf(1)
say(
  hasReference() ? 'the reference day' : 'a generated day: there is no file of the reference day (PLAN_FILE)',
)
const rows: Row[] = []
say(
  'minimum and skill seats short     fill        together    bound (fill)  bound (together)   s of processor',
)
for (const scarcity of Object.keys(scarcities) as Scarcity[])
  for (let seed = 1; seed <= seeds; seed++) {
    const day = scarceDay(full, scarcity, seed)
    const row = {
      scarcity,
      seed,
      fill: await planned(day, 'fill'),
      together: await planned(day, 'together'),
    }
    rows.push(row)
    const { fill, together } = row
    say(
      `${scarcity.padEnd(16)} seed ${seed}      ${shown(fill.short)}  ${shown(together.short)}    ${shown(fill.bound)}    ${shown(together.bound)}        ${fill.cpuSeconds.toFixed(1)} ${together.cpuSeconds.toFixed(1)}`,
    )
  }

/** The first goal of the two that differs decides. */
const isWorse = (one: Short, other: Short) =>
  one.minimum > other.minimum || (one.minimum === other.minimum && one.skill > other.skill)
/** If no plan needs to lack more seats than these over all seeds, a share says nothing: then single seats are counted. */
const fewSeats = 50
/** How far the plans of one policy are above the bound: over all seeds, or, where few seats are short, on the worst day. */
const above = (scarcity: Scarcity, policy: Policy, goal: keyof Short) => {
  const days = rows.filter((row) => row.scarcity === scarcity).map((row) => row[policy])
  const more = days.map(({ short, bound }) => short[goal] - bound[goal])
  const bound = days.reduce((total, day) => total + day.bound[goal], 0)
  if (bound < fewSeats) {
    const most = Math.max(...more)
    return { goal: '≤ 1 on any day', measured: `${most} on the worst day`, met: most <= 1 }
  }
  const share = more.reduce((total, each) => total + each, 0) / bound
  return { goal: '≤ 2 %', measured: percent(share), met: share <= 0.02 }
}
/**
 * Under `ownUnit: hard` no goal for skills: the bound does not know the rule that nobody with a skill leaves an own zone
 * with an empty seat, so no plan may be able to reach it.
 */
const judgedIn = (scarcity: Scarcity): readonly (keyof Short)[] =>
  scarcity === 'own unit hard' ? ['minimum'] : ['minimum', 'skill']
const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const worse = rows.filter(({ fill, together }) => isWorse(together.short, fill.short)).length
const violations = rows.reduce((sum, { fill, together }) => sum + fill.violations + together.violations, 0)
const goals = [
  { name: 'days on which together is worse than fill', goal: '0', measured: String(worse), met: worse === 0 },
  { name: 'violations', goal: '0', measured: String(violations), met: violations === 0 },
  ...(Object.keys(scarcities) as Scarcity[]).flatMap((scarcity) =>
    (['fill', 'together'] as const).flatMap((policy) =>
      judgedIn(scarcity).map((goal) => {
        const name = `${scarcity}, ${policy}: ${goal} seats short above the bound`
        return { name, ...above(scarcity, policy, goal) }
      }),
    ),
  ),
]
say('')
for (const { name, goal, measured, met } of goals) say(`${met ? '✓' : '✗'} ${name}: ${measured} (${goal})`)
if (json) process.stdout.write(`${JSON.stringify({ figures: rows, goals })}\n`)
process.exitCode = goals.every(({ met }) => met) ? 0 : 1
