import { subjectKinds } from '#modules/messaging/index.ts'

/** What a digest tells of: tasks that a unit owes (to its liaison, to its head), checks, decides on, or leads and looks after. */
export const { subject, subjectId, kindOf } = subjectKinds(
  'tasks_owed',
  'tasks_owed_head',
  'tasks_checked',
  'tasks_disputed',
  'tasks_led',
)
