/** Working bodies, books and tasks of the matrix. */
import {
  bodyMembers,
  books,
  taskMoves,
  tasks,
  taskTemplates,
  workingBodies,
} from '#modules/command/schema.ts'
import { neverDue } from '#modules/command/tasks/never-due.ts'
import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/support/app.ts'
import { since } from './world-people.ts'

export interface CommandThings {
  /** A draft issued by the unit, with a task that a far unit would owe. */
  book: string
  draftTask: string
  /** What the unit owes to a far one, and its book. */
  task: string
  owedBook: string
  /** Of the draft. */
  template: string
}

export interface Bodies {
  body: string
  bodyMember: string
}

const common = { kind: 'item' as const, text: '清理楼道堆物', dueKind: 'none' as const, dueOrder: neverDue }

async function aBook({ db }: TestApp, issuerUnitId: string, publishedAt: typeof since | null) {
  const id = newId()
  const title = { title: '任务书', searchTitle: '任务书' }
  await db.transaction((tx) =>
    tx.insert(books).values({ id, kind: 'task_book', ...title, issuerUnitId, publishedAt, createdAt: since }),
  )
  return id
}

/** A draft of the unit, and a task that it owes. */
export async function commandThings(
  app: TestApp,
  { unit, farUnit }: { unit: string; farUnit: string },
): Promise<CommandThings> {
  const book = await aBook(app, unit, null)
  const bookId = await aBook(app, farUnit, since)
  const [draftTask, task, template] = [newId(), newId(), newId()]
  const issued = { at: since, attempt: 0, cycle: 1, unitId: unit }
  await app.db.transaction(async (tx) => {
    await tx.insert(taskTemplates).values({
      ...{ id: template, bookId: book, kind: 'item', outline: '9', text: '每月自查', createdAt: since },
      ...{ scope: 'units', within: { unitIds: [farUnit] }, cadence: 'monthly', dueDay: '25' },
    })
    await tx.insert(tasks).values([
      {
        ...common,
        id: draftTask,
        bookId: book,
        outline: '1',
        position: 1,
        unitId: farUnit,
        createdAt: since,
      },
      {
        ...common,
        id: task,
        bookId,
        outline: '1',
        position: 1,
        unitId: unit,
        issuedAt: since,
        cycle: 1,
        createdAt: since,
      },
    ])
    await tx
      .insert(taskMoves)
      .values({ ...issued, id: newId(), taskId: task, sequence: 1, kind: 'issue', operationId: newId() })
  })
  return { book, draftTask, task, owedBook: bookId, template }
}

/** A working group that a far unit leads. */
export async function aBody({ db }: TestApp, farUnit: string): Promise<Bodies> {
  const [body, bodyMember] = [newId(), newId()]
  const membership = { role: 'member' as const, unitId: farUnit, since: '2026-01-01', createdAt: since }
  await db.transaction(async (tx) => {
    await tx.insert(workingBodies).values({ id: body, kind: 'group', name: '创建活动组', createdAt: since })
    await tx.insert(bodyMembers).values({ id: bodyMember, bodyId: body, ...membership })
  })
  return { body, bodyMember }
}
