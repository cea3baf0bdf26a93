import Type from 'typebox'
import { closureRoutes } from '#platform/http/closure.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { listBodies, readBody } from './body-queries.ts'
import {
  BodyMemberCreation,
  WorkingBodyChange,
  WorkingBodyCreation,
  WorkingBodyPage,
  WorkingBodyQuery,
  WorkingBodyView,
} from './contract.ts'
import { addMember, removeMember } from './members.ts'
import { changeBody, closeBody, createBody } from './save-body.ts'

const tags = ['创城 · command']
const params = Type.Object({ bodyId: Id })

/** 工作机构: working groups, their offices, groups of counsellors. */
export function bodyRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  editingRoutes(app, context)
  memberRoutes(app, context)
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/working-bodies',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'listWorkingBodies',
      tags,
      summary: '工作机构列表 · working bodies with their members',
      querystring: WorkingBodyQuery,
      response: { 200: WorkingBodyPage, ...problems },
    },
    handler: ({ query, actor }) => listBodies(db.read, query, actor),
  })
  app.route({
    method: 'GET',
    url: '/api/working-bodies/:bodyId',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'readWorkingBody',
      tags,
      summary: '查看工作机构 · one working body',
      params,
      response: { 200: ref(WorkingBodyView), ...problems },
    },
    handler: ({ params, actor }) => readBody(db.read, params.bodyId, actor),
  })
}

function editingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/working-bodies',
    config: { access: 'bodies.edit' },
    schema: {
      operationId: 'createWorkingBody',
      tags,
      summary: '设立工作机构 · set up a working body',
      headers: OnceKey,
      body: WorkingBodyCreation,
      response: { 201: ref(WorkingBodyView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const view = await createOnce(db, request, async (tx) =>
        readBody(tx, await createBody(tx, { input, by, at: now() }), by),
      )
      return created(reply, `/api/working-bodies/${view.id}`, view)
    },
  })
  app.route({
    method: 'PATCH',
    url: '/api/working-bodies/:bodyId',
    config: { access: 'bodies.edit' },
    schema: {
      operationId: 'changeWorkingBody',
      tags,
      summary: '修改工作机构 · change a working body (If-Match)',
      params,
      headers: IfMatch,
      body: WorkingBodyChange,
      response: { 200: ref(WorkingBodyView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        await changeBody(tx, { ...params, version, input, by, at: now() })
        return readBody(tx, params.bodyId, by)
      })
    },
  })
  closureRoutes(app, {
    url: '/api/working-bodies/:bodyId',
    access: 'bodies.edit',
    tags,
    params,
    view: WorkingBodyView,
    close: { operationId: 'closeWorkingBody', summary: '撤销工作机构 · close a working body (If-Match)' },
    reopen: { operationId: 'reopenWorkingBody', summary: '恢复工作机构 · reopen a working body (If-Match)' },
    change: ({ params, version, closed, by }) =>
      db.transaction(async (tx) => {
        await closeBody(tx, { ...params, version, closed, by, at: now() })
        return readBody(tx, params.bodyId, by)
      }),
  })
}

function memberRoutes(app: App, { db, now, keys, config }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/working-bodies/:bodyId/members',
    config: { access: 'bodies.edit' },
    schema: {
      operationId: 'addBodyMember',
      tags,
      summary: '添加成员 · add a unit, a person or a district to a working body',
      params,
      headers: OnceKey,
      body: BodyMemberCreation,
      response: { 201: ref(WorkingBodyView), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body: input, actor: by } = request
      const at = now()
      const today = dayIn(at, config.timeZone)
      const view = await createOnce(db, request, async (tx) => {
        await addMember(tx, keys, { ...params, input, today, by, at })
        return readBody(tx, params.bodyId, by)
      })
      return created(reply, `/api/working-bodies/${view.id}`, view)
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/working-bodies/:bodyId/members/:memberId',
    config: { access: 'bodies.edit' },
    schema: {
      operationId: 'removeBodyMember',
      tags,
      summary: '移除成员 · end a membership in a working body',
      params: Type.Object({ bodyId: Id, memberId: Id }),
      response: { 200: ref(WorkingBodyView), ...problems },
    },
    handler: async ({ params, actor: by }) =>
      db.transaction(async (tx) => {
        await removeMember(tx, { ...params, by, at: now() })
        return readBody(tx, params.bodyId, by)
      }),
  })
}
