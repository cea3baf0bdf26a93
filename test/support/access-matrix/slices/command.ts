import { newId } from '#platform/ids.ts'
import { anyone, type Case, rule, type Table } from '../declare.ts'
import type { Target, World } from '../world.ts'

const once: Partial<Case> = { at: ['own'] }
const noBook = '404 book.missing'
const noTask = '404 task.missing'
const ofBody = (_: Target, { body }: World) => ({ params: { bodyId: body } })
const ofBook = ({ book }: Target) => ({ params: { bookId: book }, version: 1 })
const ofTemplate = ({ template }: Target) => ({ params: { templateId: template } })
const noTemplate = '404 template.missing'
const ofDraft = ({ draftTask }: Target) => ({ params: { taskId: draftTask }, version: 1 })
const aTask = (more: object) => ({
  ...{ kind: 'item', outline: '2', text: '规范停车', dueKind: 'standing' },
  ...more,
})
const aTemplate = (more: object) => ({ kind: 'item', outline: '7', text: '每季自查', ...more })
const move = (kind: string, more: object = {}) => ({ body: { id: newId(), kind, ...more } })

/** A book belongs to the unit that issues it; a task is seen by whoever owes, supports, leads or issues it. */
export const command: Table = {
  listWorkingBodies: anyone('tasks.read', () => ({})),
  readWorkingBody: anyone('tasks.read', ofBody, once),
  createWorkingBody: anyone('bodies.edit', () => ({ body: { kind: 'office', name: '创城办' } }), once),
  changeWorkingBody: anyone(
    'bodies.edit',
    (target, world) => ({ ...ofBody(target, world), version: 1, body: { name: '文明培育组' } }),
    once,
  ),
  closeWorkingBody: anyone(
    'bodies.edit',
    (target, world) => ({ ...ofBody(target, world), version: 1 }),
    once,
  ),
  reopenWorkingBody: anyone(
    'bodies.edit',
    (target, world) => ({ ...ofBody(target, world), version: 1 }),
    once,
  ),
  addBodyMember: anyone(
    'bodies.edit',
    ({ unit }, { body }) => ({ params: { bodyId: body }, body: { role: 'member', unitId: unit } }),
    once,
  ),
  removeBodyMember: anyone(
    'bodies.edit',
    (_, { body, bodyMember }) => ({ params: { bodyId: body, memberId: bodyMember } }),
    once,
  ),
  listBooks: rule('tasks.read', 'unit', () => ({ query: { limit: '200' } }), { shows: ({ book }) => book }),
  readBook: rule('tasks.read', 'unit', ({ book }) => ({ params: { bookId: book } }), { refused: noBook }),
  createBook: rule(
    'books.edit',
    'unit',
    ({ unit }) => ({ body: { kind: 'checklist', title: '达标清单', issuerUnitId: unit } }),
    { refused: '404 unit.missing' },
  ),
  changeBook: {
    access: 'books.edit',
    cases: [
      {
        whose: 'unit',
        ask: (target) => ({ ...ofBook(target), body: { title: '任务分解表' } }),
        refused: noBook,
      },
      {
        name: 'that the unit owes a task of, and a far one issued',
        whose: 'everything',
        at: ['own'],
        ask: ({ owedBook }) => ({ params: { bookId: owedBook }, version: 1, body: { title: '任务分解表' } }),
        refused: '403 access.out_of_reach',
      },
    ],
  },
  publishBook: rule('books.edit', 'unit', ofBook, { refused: noBook }),
  closeBook: rule('books.edit', 'unit', ofBook, { refused: noBook }),
  reopenBook: rule('books.edit', 'unit', ofBook, { refused: noBook }),
  createTask: {
    access: 'books.edit',
    cases: [
      {
        whose: 'unit',
        ask: ({ book }, { own }) => ({ params: { bookId: book }, body: aTask({ unitId: own.unit }) }),
        refused: noBook,
      },
      {
        name: 'owed by another unit',
        whose: 'unit',
        at: ['own', 'sibling', 'other', 'parent'],
        ask: ({ unit }, { own }) => ({ params: { bookId: own.book }, body: aTask({ unitId: unit }) }),
        refused: '404 unit.missing',
      },
      {
        name: 'supported by another unit',
        whose: 'unit',
        at: ['own', 'sibling', 'other', 'parent'],
        ask: ({ unit }, { own }) => ({
          params: { bookId: own.book },
          body: aTask({ unitId: own.unit, supportingUnitIds: [unit] }),
        }),
        refused: '404 unit.missing',
      },
      {
        name: 'led by somebody',
        whose: 'person named',
        at: ['own', 'beside', 'sibling', 'other', 'parent'],
        ask: ({ person }, { own }) => ({
          params: { bookId: own.book },
          body: aTask({ unitId: own.unit, leaderPersonId: person }),
        }),
        refused: '404 person.missing',
      },
    ],
  },
  changeTask: rule('books.edit', 'unit', (target) => ({ ...ofDraft(target), body: { text: '清理小广告' } }), {
    refused: noTask,
  }),
  deleteTask: rule('books.edit', 'unit', ofDraft, { refused: noTask }),
  listTasks: rule('tasks.read', 'unit', () => ({ query: { limit: '200' } }), { shows: ({ task }) => task }),
  listMyTasks: rule('tasks.report', 'unit', () => ({ query: { limit: '200' } }), {
    shows: ({ task }) => task,
  }),
  readTask: rule('tasks.read', 'unit', ({ task }) => ({ params: { taskId: task } }), { refused: noTask }),
  moveTask: {
    access: 'tasks.read',
    cases: [
      {
        whose: 'unit',
        ask: ({ task }) => ({ params: { taskId: task }, ...move('comment', { reason: '已到现场查看' }) }),
        refused: noTask,
      },
      {
        name: 'accepting it',
        whose: 'unit',
        without: ['counsellor', 'responsible_leader'],
        ask: ({ task }) => ({ params: { taskId: task }, ...move('accept') }),
        refused: noTask,
      },
    ],
  },
  listTaskTemplates: rule('tasks.read', 'unit', ({ book }) => ({ params: { bookId: book } }), {
    refused: noBook,
  }),
  createTaskTemplate: {
    access: 'books.edit',
    cases: [
      {
        whose: 'unit',
        ask: ({ book }, { own }) => ({
          params: { bookId: book },
          body: aTemplate({ scope: 'once', within: { unitIds: [own.unit] } }),
        }),
        refused: noBook,
      },
      {
        name: 'over the units named',
        whose: 'unit',
        at: ['own', 'sibling', 'other', 'parent'],
        ask: ({ unit }, { own }) => ({
          params: { bookId: own.book },
          body: aTemplate({ scope: 'units', within: { unitIds: [unit] } }),
        }),
        refused: '404 unit.missing',
      },
      {
        name: 'over a district',
        whose: 'zone',
        at: ['own', 'other'],
        ask: ({ district }, { own }) => ({
          params: { bookId: own.book },
          body: aTemplate({ scope: 'zones', within: { districtCode: district } }),
        }),
        refused: '403 access.out_of_reach',
      },
    ],
  },
  readTaskTemplate: rule('tasks.read', 'unit', ofTemplate, { refused: noTemplate }),
  endTaskTemplate: rule('books.edit', 'unit', (target) => ({ ...ofTemplate(target), version: 1 }), {
    refused: noTemplate,
  }),
  previewExpansion: rule('books.edit', 'unit', ofTemplate, { refused: noTemplate }),
  expandTemplate: anyone('books.edit', (target) => ({ ...ofTemplate(target), body: { token: newId() } }), {
    allowed: '404 preview.missing',
  }),
  carryTasksOver: rule(
    'books.edit',
    'unit',
    ({ book }) => ({ params: { bookId: book }, body: { taskIds: [newId()], reason: '未办结' } }),
    { refused: noBook, allowed: '409 move.into_unfit' },
  ),
  freezeBookFigures: rule('books.edit', 'unit', (target) => ({ ...ofBook(target), body: { by: 'unit' } }), {
    refused: noBook,
    allowed: '409 book.told',
  }),
  readTaskFigures: anyone('tasks.read', () => ({ query: { by: 'unit' } }), once),
  readBlindSpots: rule('tasks.read', 'unit', () => ({}), { shows: ({ task }) => task }),
  readCharge: rule('tasks.explain', 'unit', () => ({}), { shows: ({ unit }) => unit }),
  // Whose register it is decides the account, not a reach.
  readCompounds: anyone('tasks.read', () => ({})),
  exportChart: rule('tasks.read', 'unit', ({ book }) => ({ params: { bookId: book } }), { refused: noBook }),
  exportBook: rule(
    'tasks.read',
    'unit',
    ({ book }) => ({ params: { bookId: book }, query: { format: 'xlsx' } }),
    { refused: noBook },
  ),
  listTaskPictures: rule('tasks.read', 'unit', ({ task }) => ({ params: { taskId: task } }), {
    refused: noTask,
  }),
  addTaskPicture: rule(
    'tasks.read',
    'unit',
    ({ task }) => ({
      params: { taskId: task, pictureId: newId() },
      file: { name: '现场.jpg', text: 'not a picture' },
    }),
    { refused: noTask, allowed: '415 picture.wrong_type', without: ['responsible_leader'] },
  ),
  removeTaskPicture: rule(
    'tasks.read',
    'unit',
    ({ task }) => ({ params: { taskId: task, pictureId: newId() } }),
    { refused: noTask, allowed: '404 picture.missing' },
  ),
  downloadPicture: anyone('signed-in', () => ({ params: { pictureId: newId() } }), {
    allowed: '404 picture.missing',
  }),
}
