import { beside } from '#platform/beside/beside.ts'
import type { AppContext } from '#src/context.ts'
import { tasks } from '../schema.ts'
import type { BookFigures } from './figures.ts'
import { type FiguresAsked, readFigures } from './read-figures.ts'

/** With more tasks than this, counting them holds the main thread for longer than a turn may take. */
const tasksMax = 10_000
const work = new URL('./figures-work.ts', import.meta.url)

/** Figures as of a moment; where there are many tasks they are counted beside the main thread. */
export async function figuresApart(
  { db, config }: Pick<AppContext, 'db' | 'config'>,
  asked: FiguresAsked,
  signal?: AbortSignal,
): Promise<BookFigures> {
  const many = await db.read.select({ id: tasks.id }).from(tasks).limit(1).offset(tasksMax)
  if (many.length === 0) return readFigures(db.read, asked)
  return beside(work, config, asked, signal)
}
