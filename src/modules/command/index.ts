/** Front door: what a merge of people does to tasks and working bodies. */
export { commandMerge } from './merge.ts'
export { tasksRegister } from './lists/register.ts'
