import type { SheetRegister } from '#modules/imports/index.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { judgeTasks, type PlannedBook } from './judge-tasks.ts'
import { taskSheets } from './sheets.ts'
import { assertTasksWithin, taskSlices, undoTasks } from './write-tasks.ts'

/** Lists of tasks as offices write them, for imports. */
export function tasksRegister({ now, config }: AppContext): SheetRegister {
  const register: SheetRegister<PlannedBook[]> = {
    name: 'tasks',
    permission: 'books.edit',
    lists: ['tasks'],
    sheets: taskSheets,
    judge: (rows, scene) => judgeTasks(rows, scene, dayIn(now(), config.timeZone)),
    adds: (plan) =>
      plan.reduce((sum, { tasks }) => sum + tasks.filter(({ id }) => id === undefined).length, 0),
    commit: taskSlices,
    assertUndo: assertTasksWithin,
    undo: undoTasks,
  }
  return register as SheetRegister
}
