/** Front door: the states of proposals. Other slices join the tables by `schema.ts`. */
export { type PlanState, planStates } from './words.ts'
