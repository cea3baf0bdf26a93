/**
 * Plans a problem file and prints the proposal as JSON on standard output, progress on standard error.
 *
 *   npm run plan -- FILE.json [--policy fill|together] [--stability free|prefer|onlyForMinimum]
 *                   [--previous PROPOSAL.json] [--why PERSON] [--dimacs OUT] [--lp OUT [--goal GOAL]]
 *
 *   --previous  an earlier proposal to start from (a re-plan); `--stability` says how far it may change
 *   --why       explains on standard error why PERSON (by position, counted from 0) has this place
 *   --dimacs    writes the flow core as a minimum-cost flow problem in DIMACS format, to check it with
 *               another solver
 *   --lp        writes the linear program (with the escort rows) that bounds GOAL, to check it with
 *               another solver; the goals before it are fixed at what the plan achieves
 *   --goal      minimum, skill, ownUnit, target, evenness or stay; by default the first goal that the
 *               plan leaves open
 *
 * Exit code 0: a valid proposal; 1: the problem cannot be planned; 2: wrong usage.
 */
import './lib/help.ts'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { goalTexts, planStages } from '#modules/planning/words.ts'
import {
  type BoundedGoal,
  boundedGoals,
  boundText,
  compileInstance,
  FlowCore,
  goalToExport,
  parseProblem,
  propose,
  validate,
} from '#planner/direct.ts'
import { PlannerError, type Problem, type Proposal, whyHere } from '#planner/index.ts'
import { headlinesIn, whyLines } from './lib/explain-plan.ts'

const usage =
  'usage: npm run plan -- FILE.json [--policy P] [--stability S] [--previous FILE] [--why PERSON] [--dimacs FILE] [--lp FILE [--goal GOAL]]\n'

async function read(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
}

async function write(file: string, lines: Iterable<string>): Promise<void> {
  await pipeline(function* () {
    for (const line of lines) yield `${line}\n`
  }, createWriteStream(file))
}

async function writeBound(
  file: string,
  problem: Problem,
  { quality: { goals } }: Proposal,
  asked: BoundedGoal | undefined,
): Promise<void> {
  const instance = compileInstance(problem)
  const goal = asked ?? goalToExport(instance, goals)
  const lines = boundText(instance, goals, goal)
  if (!lines) throw new Error(`there is no linear program for the bound of ${goal} here`)
  await write(file, lines)
  const { bound, proof } = goals.find((each) => each.goal === goal)!
  process.stderr.write(`${file}: ${goalTexts[goal].zh} ${goal}, ${bound} (${proof})\n`)
}

/** Parses the position of a person. @throws Error when there is no such person */
function personOf(text: string, people: number): number {
  const person = Number(text)
  if (text.trim() === '' || !Number.isInteger(person) || person < 0 || person >= people)
    throw new Error(`--why ${text}: there is no such person; they are numbered 0 to ${people - 1}`)
  return person
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      policy: text,
      stability: text,
      previous: text,
      why: text,
      dimacs: text,
      lp: text,
      goal: text,
    },
  })
  const [file] = positionals
  if (!file || positionals.length > 1) {
    process.stderr.write(usage)
    return 2
  }
  const input = await read(file)
  if (values.policy) input.policy = values.policy
  if (values.stability) input.stability = values.stability
  if (values.previous) input.previous = (await read(values.previous)).assignments
  const problem = parseProblem(input)
  const asked = values.why === undefined ? null : personOf(values.why, problem.vol.team.length)

  if (values.goal && !(boundedGoals as readonly string[]).includes(values.goal))
    throw new Error(`--goal is one of ${boundedGoals.join(', ')}`)
  if (values.dimacs) await write(values.dimacs, new FlowCore(problem).dimacs())
  const started = performance.now()
  const proposal = await propose(problem, {
    onProgress: (stage, done) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(2)
      process.stderr.write(
        `${seconds} s  ${Math.round(done * 100)} %  ${planStages[stage].zh} ${planStages[stage].en}\n`,
      )
    },
  })
  const violations = validate(problem, proposal)
  for (const { code, text: said } of violations.slice(0, 20)) process.stderr.write(`${code}: ${said}\n`)
  if (violations.length > 0) return 1
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(2)} s  100 %  valid\n`)
  if (values.lp) await writeBound(values.lp, problem, proposal, values.goal as BoundedGoal | undefined)
  for (const line of headlinesIn(problem, proposal)) process.stderr.write(`${line}\n`)
  if (asked !== null)
    for (const line of whyLines(problem, whyHere(problem, proposal, asked))) process.stderr.write(`${line}\n`)
  process.stdout.write(`${JSON.stringify(proposal)}\n`)
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (error instanceof PlannerError) {
    const faults = (error.details.faults ?? []) as { at: string; text: string }[]
    process.stderr.write(`${error.code}\n${faults.map(({ at, text }) => `  ${at}: ${text}`).join('\n')}\n`)
  } else process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}`)
  process.exitCode = error instanceof PlannerError ? 1 : 2
}
