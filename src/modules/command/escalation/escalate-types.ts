import type { FullTask } from '../tasks/task-queries.ts'
import type { Level } from './escalation-rules.ts'

/** A task that reached a level. */
export interface Escalation {
  full: FullTask
  level: Level
}
