/** Front door: tasks that slices above issue, move and read, and what a merge of people does to them. */
export { type Limit, type OfficeTime, readLimit } from './due-rules.ts'
export { pictureSubject, seesPictures } from './evidence/task-pictures.ts'
export { commandMerge } from './merge.ts'
export { officeTime } from './office-time.ts'
export { issueTask, openBook, type TaskToIssue } from './tasks/issue-task.ts'
export { type MoveInput, type Moving, makeMove } from './tasks/make-move.ts'
export { stateOf } from './tasks/task-facts.ts'
export { type FullTask, fullTask, fullTasks } from './tasks/task-queries.ts'
