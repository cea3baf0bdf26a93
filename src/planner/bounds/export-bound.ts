import type { GoalName } from '../format/proposal.ts'
import type { Instance } from '../instance/instance.ts'
import { boundModel } from './bound-model.ts'
import { type BoundedGoal, goalRow } from './bound-seats.ts'
import { boundOrder, type GoalState, rowLimit, signOf } from './escort-bound.ts'
import { programText } from './program-text.ts'

/** The goal whose bound is most useful to check: the first one with a gap, otherwise the first of all. */
export function goalToExport(instance: Instance, goals: readonly GoalState[]): BoundedGoal {
  const order = boundOrder(instance.problem)
  const isOpen = (goal: GoalName) => goals.some((each) => each.goal === goal && each.achieved !== each.bound)
  return order.find(isOpen) ?? order[0]!
}

/**
 * The linear program that bounds one goal of a plan, as CPLEX LP text for any other solver. Earlier goals are
 * constrained to the values of the plan. The bound is the optimum, rounded up; for a goal to be maximized it is the
 * negative of that. Returns null if pins and frozen shifts contradict each other, or the plan has no such goal.
 */
export function boundText(
  instance: Instance,
  goals: readonly GoalState[],
  goal: BoundedGoal,
): Generator<string> | null {
  const order = boundOrder(instance.problem)
  const model = boundModel(instance, { staying: order.includes('stay') })
  if (!model || !order.includes(goal) || !goals.some((each) => each.goal === goal)) return null
  const before = order.slice(0, order.indexOf(goal))
  const notes = [
    `${instance.problem.name ?? 'Muster'}: bound of ${goal}${signOf(goal) < 0 ? ', negative' : ''}`,
  ]
  for (const { goal: held, achieved } of goals.filter((each) => before.includes(each.goal as BoundedGoal))) {
    model.program.rowUpper[goalRow[held as BoundedGoal]] = rowLimit(model, held as BoundedGoal, achieved)
    notes.push(`held: ${held} at ${achieved} or better`)
  }
  return programText(model.program, {
    goal: goalRow[goal],
    constant: model.constants[goalRow[goal]]!,
    notes: notes.map((note) => note.replaceAll(/[\r\n]/g, ' ')),
  })
}
