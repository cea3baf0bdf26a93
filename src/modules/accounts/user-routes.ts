import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { assertIdentifiable, withCurrentPeople } from '#modules/organisation/index.ts'
import { type Permissions, reachOf } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { pageOf } from '#platform/http/page.ts'
import { Id, Page, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import type { Confirmation } from './confirmations/ask-confirmation.ts'
import { readConfirmation } from './confirmations/confirmation-queries.ts'
import { OfficerConfirmationView } from './confirmations/contract.ts'
import { GrantBody, RoleView, SessionView, UserBody, UserChange, UserQuery, UserView } from './contract.ts'
import { createUser } from './create-user.ts'
import { disableUser, enableUser, renameUser } from './disable-user.ts'
import { grantRole, revokeGrant } from './grant-role.ts'
import { peoplePermits, userById } from './manage.ts'
import { presentSession, presentUser } from './present.ts'
import { factsOf, listSessions, listUsers, readUser, readWholeUser } from './queries.ts'
import { roles } from './roles.ts'
import { userUnitRoute } from './user-unit-route.ts'
import { roleNames, roleWords } from './words.ts'

const tags = ['账号 · accounts']
const params = Type.Object({ userId: Id })

/** Users, their roles, and whether they are enabled. */
export function userRoutes(app: App, context: AppContext, permissions: Permissions): void {
  roleRoute(app, permissions)
  readingRoutes(app, context)
  changingRoutes(app, context)
  userUnitRoute(app, context)
  suspensionRoutes(app, context)
  grantRoutes(app, context)
}

function roleRoute(app: App, permissions: Permissions): void {
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
        const may = roles[name].permissions.flatMap((permission) => {
          const text = permissions[permission]
          return text ? [{ name: permission, zh: text.zh, en: text.en }] : []
        })
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
}

function readingRoutes(app: App, { db }: AppContext): void {
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
      const facts = await factsOf(db.read, page.items, reachOf(actor, 'accounts.read'))
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
    handler: async ({ actor, params: { userId } }) => {
      const reach = reachOf(actor, 'accounts.read')
      const user = await readUser(db.read, reach, userId)
      return presentUser(user, await factsOf(db.read, [user], reach))
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
      await readWholeUser(db.read, reachOf(actor, 'accounts.read'), userId)
      const page = pageOf(await listSessions(db.read, userId, { cursor, limit }), limit, (row) => [
        row.createdAt,
        row.id,
      ])
      return { ...page, items: page.items.map((row) => presentSession(row, actor.sessionId)) }
    },
  })
}

function changingRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/users',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'createUser',
      tags,
      summary: '新建账号 · A user with roles; invite them with an activation',
      headers: OnceKey,
      body: ref(UserBody),
      response: { 201: ref(UserView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const view = await createOnce(db, request, async (tx) => {
        const { personId, ...wanted } = await withCurrentPeople(tx, body, ['personId'])
        const reach = reachOf(actor, 'accounts.edit')
        const permit = personId && (await assertIdentifiable(tx, peoplePermits, reach, personId))
        const person = personId && permit ? { id: personId, permit } : null
        const user = await createUser(tx, keys, { ...wanted, person, by: actor, at: now() })
        return presentUser(user, await factsOf(tx, [user], reachOf(actor, 'accounts.read')))
      })
      return created(reply, `/api/users/${view.id}`, view)
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
      headers: IfMatch,
      body: ref(UserChange),
      response: { 200: ref(UserView), ...problems },
    },
    handler: async (request) => {
      const { actor, body, params } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        const user = await renameUser(tx, { ...params, ...body, version, by: actor, at: now() })
        return presentUser(user, await factsOf(tx, [user], reachOf(actor, 'accounts.read')))
      })
    },
  })
}

function suspensionRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'PUT',
    url: '/api/users/:userId/suspension',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'disableUser',
      tags,
      summary:
        '停用账号 · Lock a user out at once; their sessions end. An officer’s account waits for another officer',
      params,
      response: { 202: ref(OfficerConfirmationView), 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      const asked = await db.transaction((tx) => disableUser(tx, keys, { ...params, by: actor, at: now() }))
      return done(context, reply, asked)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/users/:userId/suspension',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'enableUser',
      tags,
      summary: '恢复账号 · Let a user in again; an officer once another officer confirms it',
      params,
      response: { 202: ref(OfficerConfirmationView), 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      const asked = await db.transaction((tx) => enableUser(tx, keys, { ...params, by: actor, at: now() }))
      return done(context, reply, asked)
    },
  })
}

function grantRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'POST',
    url: '/api/users/:userId/grants',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'grantRole',
      tags,
      summary: '授予角色 · Give a role over a part of the organisation',
      params,
      headers: OnceKey,
      body: ref(GrantBody),
      response: { 201: ref(UserView), 202: ref(OfficerConfirmationView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body, params } = request
      const answer = await createOnce(db, request, async (tx) => {
        const asked = await grantRole(tx, keys, { ...body, ...params, by: actor, at: now() })
        if (asked) return { asked: asked.id }
        const user = await userById(tx, params.userId)
        return { view: presentUser(user, await factsOf(tx, [user], reachOf(actor, 'accounts.read'))) }
      })
      if (answer.asked) return reply.status(202).send(await readConfirmation(context, answer.asked))
      const view = answer.view as UserView
      return created(reply, `/api/users/${view.id}`, view)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/users/:userId/grants/:grantId',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'revokeGrant',
      tags,
      summary: '收回角色 · Take a role back, at once; an officer’s once another officer confirms it',
      params: Type.Object({ userId: Id, grantId: Id }),
      response: { 202: ref(OfficerConfirmationView), 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      const asked = await db.transaction((tx) => revokeGrant(tx, keys, { ...params, by: actor, at: now() }))
      return done(context, reply, asked)
    },
  })
}

/** 204 if it is done; 202 with the confirmation it waits for. */
async function done(context: AppContext, reply: FastifyReply, asked: Confirmation | undefined) {
  if (!asked) return reply.status(204).send(null)
  return reply.status(202).send(await readConfirmation(context, asked.id))
}
