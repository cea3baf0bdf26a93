/** Pages that are not the first one of anybody on the day. */
import { laterOf } from './later.tsx'

export const Share = laterOf(
  async () => (await import('./share.tsx')).Share,
  (w) => w.share.title,
)
export const Guardians = laterOf(
  async () => (await import('./guardians.tsx')).Guardians,
  (w) => w.duties.guardians,
)
export const Tasks = laterOf(
  async () => (await import('./tasks/page.tsx')).Tasks,
  (w) => w.tasks.title,
)
export const TaskPage = laterOf(
  async () => (await import('./tasks/task.tsx')).TaskPage,
  (w) => w.tasks.one,
)
