export type PlannerErrorCode = 'plan.problem_invalid' | 'plan.invalid' | 'plan.crashed'

/**
 * Why there is no plan. `plan.problem_invalid`: the problem is invalid, `details.faults` says where. `plan.invalid`:
 * the planner broke a rule, `details.violations` names rule, shift and team. `plan.crashed`: the planning thread
 * ended without an answer.
 */
export class PlannerError extends Error {
  override readonly name = 'PlannerError'
  readonly code: PlannerErrorCode
  readonly details: Record<string, unknown>

  constructor(
    code: PlannerErrorCode,
    message: string,
    details: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
    this.details = details
  }
}
