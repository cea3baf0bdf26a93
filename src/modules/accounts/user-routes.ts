import Type from 'typebox'
import { assertPersonWithin } from '#modules/organisation/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { etagOf, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce } from '#platform/http/idempotency.ts'
import { pageOf } from '#platform/http/page.ts'
import { Id, Page, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { GrantBody, RoleView, SessionView, UserBody, UserChange, UserQuery, UserView } from './contract.ts'
import { createUser } from './create-user.ts'
import { disableUser, enableUser, renameUser } from './disable-user.ts'
import { grantRole, revokeGrant } from './grant-role.ts'
import { presentSession, presentUser } from './present.ts'
import { factsOf, listSessions, listUsers, readUser } from './queries.ts'
import { permissions, roles } from './roles.ts'
import { roleNames, roleWords } from './words.ts'

const tags = ['账号 · accounts']
const params = Type.Object({ userId: Id })
const everything = { everything: true } as const

/** Users, what they may do where, and whether they may come in. */
export function userRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  changingRoutes(app, context)
  grantRoutes(app, context)
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/roles',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'listRoles',
      tags,
      summary: '角色与权限 · Every role and what it may do',
      response: { 200: Type.Array(ref(RoleView)), ...problems },
    },
    handler: async () =>
      roleNames.map((name) => {
        const { purpose, scopes, mayGrant, apartFrom } = roles[name]
        const may = roles[name].permissions.map((permission) => ({
          name: permission,
          purpose: permissions[permission],
        }))
        return {
          name,
          ...roleWords[name],
          purpose,
          scopes: [...scopes],
          permissions: may,
          mayGrant: [...mayGrant],
          apartFrom: [...apartFrom],
        }
      }),
  })

  app.route({
    method: 'GET',
    url: '/api/users',
    config: { access: 'accounts.read' },
    schema: {
      operationId: 'listUsers',
      tags,
      summary: '账号列表 · Users with a role within reach, by login',
      querystring: UserQuery,
      response: { 200: Page(UserView), ...problems },
    },
    handler: async ({ actor, query }) => {
      const limit = query.limit ?? 50
      const rows = await listUsers(db.read, reachOf(actor, 'accounts.read'), { ...query, limit })
      const page = pageOf(rows, limit, (row) => [row.login, row.id])
      const facts = await factsOf(db.read, page.items)
      return { ...page, items: page.items.map((row) => presentUser(row, facts)) }
    },
  })

  app.route({
    method: 'GET',
    url: '/api/users/:userId',
    config: { access: 'accounts.read' },
    schema: {
      operationId: 'readUser',
      tags,
      summary: '账号 · One user',
      params,
      response: { 200: ref(UserView), ...problems },
    },
    handler: async ({ actor, params: { userId } }, reply) => {
      const user = await readUser(db.read, reachOf(actor, 'accounts.read'), userId)
      reply.header('etag', etagOf(user.version))
      return presentUser(user, await factsOf(db.read, [user]))
    },
  })

  app.route({
    method: 'GET',
    url: '/api/users/:userId/sessions',
    config: { access: 'accounts.read' },
    schema: {
      operationId: 'listUserSessions',
      tags,
      summary: '账号的会话 · A user’s sessions, the newest first',
      params,
      querystring: PageQuery,
      response: { 200: Page(SessionView), ...problems },
    },
    handler: async ({ actor, params: { userId }, query: { cursor, limit = 50 } }) => {
      await readUser(db.read, reachOf(actor, 'accounts.read'), userId)
      const page = pageOf(await listSessions(db.read, userId, { cursor, limit }), limit, (row) => [
        row.createdAt,
        row.id,
      ])
      return { ...page, items: page.items.map((row) => presentSession(row, actor.sessionId)) }
    },
  })
}

function changingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/users',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'createUser',
      tags,
      summary: '新建账号 · A user with roles; invite them with an activation',
      body: ref(UserBody),
      response: { 201: ref(UserView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const view = await createOnce(db, request, async (tx) => {
        if (body.personId) await assertPersonWithin(tx, reachOf(actor, 'accounts.edit'), body.personId)
        const user = await createUser(tx, { ...request.body, by: request.actor, at: now() })
        return presentUser(user, await factsOf(tx, [user]))
      })
      return reply.status(201).header('location', `/api/users/${view.id}`).send(view)
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/users/:userId',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'renameUser',
      tags,
      summary: '修改姓名 · Change the name a user is shown by',
      params,
      body: ref(UserChange),
      response: { 200: ref(UserView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body, params } = request
      const version = requireIfMatch(request)
      await db.transaction((tx) => renameUser(tx, { ...params, ...body, version, by: actor, at: now() }))
      reply.header('etag', etagOf(version + 1))
      const user = await readUser(db.read, everything, params.userId)
      return presentUser(user, await factsOf(db.read, [user]))
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/users/:userId/suspension',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'disableUser',
      tags,
      summary: '停用账号 · Lock a user out at once; their sessions end',
      params,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      await db.transaction((tx) => disableUser(tx, { ...params, by: actor, at: now() }))
      return reply.status(204).send(null)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/users/:userId/suspension',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'enableUser',
      tags,
      summary: '恢复账号 · Let a user in again',
      params,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      await db.transaction((tx) => enableUser(tx, { ...params, by: actor, at: now() }))
      return reply.status(204).send(null)
    },
  })
}

function grantRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/users/:userId/grants',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'grantRole',
      tags,
      summary: '授予角色 · Give a role over a part of the organisation',
      params,
      body: ref(GrantBody),
      response: { 201: ref(UserView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body, params } = request
      const view = await createOnce(db, request, async (tx) => {
        const user = await readUser(tx, everything, params.userId)
        await grantRole(tx, { ...body, ...params, by: actor, at: now() })
        return presentUser(user, await factsOf(tx, [user]))
      })
      return reply.status(201).send(view)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/users/:userId/grants/:grantId',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'revokeGrant',
      tags,
      summary: '收回角色 · Take a role back, at once',
      params: Type.Object({ userId: Id, grantId: Id }),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      await db.transaction((tx) => revokeGrant(tx, { ...params, by: actor, at: now() }))
      return reply.status(204).send(null)
    },
  })
}
