import Type from 'typebox'
import { readInstant } from '#modules/events/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { officeTime } from '../office-time.ts'
import { MoveCreation, TaskChange, TaskCreation, TaskPage, TaskQuery, WholeTaskView } from './contract.ts'
import { makeMove } from './make-move.ts'
import { showTask, showTasks } from './show-tasks.ts'
import { listOwed, listTasks } from './task-queries.ts'
import { changeTask, createTask, deleteTask } from './write-task.ts'

const tags = ['创城 · command']
const params = Type.Object({ taskId: Id })

/** 交办事项 and their moves. */
export function taskRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  writingRoutes(app, context)
  moveRoutes(app, context)
}

function readingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/tasks',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'listTasks',
      tags,
      summary: '交办事项列表 · tasks within reach, the earliest deadline first; of one book in its order',
      querystring: TaskQuery,
      response: { 200: TaskPage, ...problems },
    },
    handler: async ({ query, actor }) => {
      const looking = { reader: actor, at: now() }
      const { items, nextCursor } = await listTasks(db.read, query, looking)
      return { items: await showTasks(db.read, items, looking), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/my/tasks',
    config: { access: 'tasks.report' },
    schema: {
      operationId: 'listMyTasks',
      tags,
      summary: '我的待办 · what the units you report for owe, the earliest deadline first',
      querystring: PageQuery,
      response: { 200: TaskPage, ...problems },
    },
    handler: async ({ query, actor }) => {
      const { items, nextCursor } = await listOwed(db.read, reachOf(actor, 'tasks.report'), query)
      return { items: await showTasks(db.read, items, { reader: actor, at: now() }), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/tasks/:taskId',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'readTask',
      tags,
      summary: '查看交办事项 · one task with everything that happened to it',
      params,
      response: { 200: ref(WholeTaskView), ...problems },
    },
    handler: ({ params, actor }) => showTask(db.read, params.taskId, { reader: actor, at: now() }),
  })
}

function writingRoutes(app: App, { db, now, keys, config }: AppContext): void {
  const writing = () => {
    const at = now()
    return { at, keys, today: dayIn(at, config.timeZone) }
  }
  app.route({
    method: 'POST',
    url: '/api/books/:bookId/tasks',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'createTask',
      tags,
      summary: '新建交办事项 · write a task into a book',
      params: Type.Object({ bookId: Id }),
      headers: OnceKey,
      body: TaskCreation,
      response: { 201: ref(WholeTaskView), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body: input, actor: by } = request
      const when = writing()
      const view = await createOnce(db, request, async (tx) => {
        const taskId = await createTask(tx, { ...params, input, by, ...when })
        return showTask(tx, taskId, { reader: by, at: when.at })
      })
      return created(reply, `/api/tasks/${view.id}`, view)
    },
  })
  app.route({
    method: 'PATCH',
    url: '/api/tasks/:taskId',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'changeTask',
      tags,
      summary: '修改未交办的事项 · change a task that was not issued yet (If-Match)',
      params,
      headers: IfMatch,
      body: TaskChange,
      response: { 200: ref(WholeTaskView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      const when = writing()
      return db.transaction(async (tx) => {
        await changeTask(tx, { ...params, version, input, by, ...when })
        return showTask(tx, params.taskId, { reader: by, at: when.at })
      })
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/tasks/:taskId',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'deleteTask',
      tags,
      summary: '删除未交办的事项 · take a task that was not issued yet out of its book (If-Match)',
      params,
      headers: IfMatch,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const version = requireIfMatch(request)
      const { params, actor: by } = request
      await db.transaction((tx) => deleteTask(tx, { ...params, version, by, at: now() }))
      return reply.code(204).send(null)
    },
  })
}

function moveRoutes(app: App, { db, now, config }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/tasks/:taskId/moves',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'moveTask',
      tags,
      summary: '流转 · accept, return, report, sign off …: one move of a task, made once for its id',
      params,
      body: MoveCreation,
      response: { 201: ref(WholeTaskView), ...problems },
    },
    handler: async ({ params, body, actor: by }, reply) => {
      const at = now()
      const input = { ...body, until: body.until ? readInstant(body.until) : null }
      const view = await db.transaction(async (tx) => {
        const office = await officeTime(tx, config)
        await makeMove(tx, { ...params, input, office, by, at })
        return showTask(tx, params.taskId, { reader: by, at })
      })
      return created(reply, `/api/tasks/${view.id}`, view)
    },
  })
}
