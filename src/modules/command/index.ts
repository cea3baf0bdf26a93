/** Front door: what a merge of people does to tasks and working bodies. */

export { tasksRegister } from './lists/register.ts'
export { commandMerge } from './merge.ts'
