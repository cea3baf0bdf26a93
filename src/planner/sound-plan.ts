import { PlannerError } from './errors.ts'
import type { Problem } from './format/problem-format.ts'
import type { Placement, Proposal } from './format/proposal.ts'
import { proposalOf } from './planner.ts'
import { type Violation, validate } from './validate/validate.ts'

const roundsMax = 3
const namedMax = 20

/**
 * The proposal, if the validator accepts it. A part that breaks a rule is removed, and its seats are explained as
 * empty, so that one faulty part does not cost a city its plan.
 * @throws PlannerError `plan.invalid` with rule, shift and team of each violation, if removing parts does not help
 */
export function soundPlan(problem: Problem, proposal: Proposal): Proposal {
  let plan = proposal
  let violations = validate(problem, plan)
  for (let round = 0; round < roundsMax && violations.length > 0; round++) {
    const left = withoutParts(problem, plan.assignments, violations)
    if (left.length === plan.assignments.length) break
    plan = proposalOf(problem, left)
    violations = validate(problem, plan)
  }
  if (violations.length > 0) throw invalidProposal(problem, violations)
  return plan
}

/** The placements without any violation; pins stay. */
function withoutParts(
  { pins, vol: { team } }: Problem,
  assignments: readonly Placement[],
  violations: readonly Violation[],
): Placement[] {
  const pinned = new Set(pins.map(({ vol, shift }) => `${vol} ${shift}`))
  const people = new Set(violations.map(({ vol }) => vol))
  const parties = new Set(
    violations.map((each) => (each.team === undefined ? '' : `${each.team} ${each.shift}`)),
  )
  const whole = new Set(violations.map(({ code, team }) => (code === 'whole' ? team : -1)))
  const shifts = new Set(violations.map((each) => (each.code === 'max' ? each.shift : -1)))
  return assignments.filter(({ vol, shift }) => {
    const isPart =
      people.has(vol) || parties.has(`${team[vol]} ${shift}`) || whole.has(team[vol]) || shifts.has(shift)
    return !isPart || pinned.has(`${vol} ${shift}`)
  })
}

function invalidProposal({ vol: columns }: Problem, violations: readonly Violation[]): PlannerError {
  const named = violations.slice(0, namedMax).map(({ code, vol, shift, team }) => ({
    rule: code,
    shift,
    team: team ?? (vol === undefined ? undefined : columns.team[vol]),
  }))
  return new PlannerError('plan.invalid', 'The planner broke a rule; its proposal is withheld.', {
    violations: named,
    violationsTotal: violations.length,
  })
}
