import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { etagOf, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { endMembership, putMember } from './change-membership.ts'
import { changeTeam, closeTeam, createTeam } from './change-team.ts'
import type { TeamInput } from './changes.ts'
import { MembershipChange, TeamChange, TeamCreation, TeamPage, TeamQuery, TeamView } from './contract.ts'
import { listTeams, readTeam } from './team-queries.ts'

const TeamId = Type.Object({ teamId: Id })
const tags = ['队伍与班级 · teams and classes']

type Based = { base?: { latitude: number; longitude: number } | null }

/** A place is one thing to a client and two columns here. */
function withBase<T extends Based>({ base, ...rest }: T): Omit<T, 'base'> & Partial<TeamInput> {
  if (base === undefined) return rest
  return { ...rest, baseLatitude: base?.latitude ?? null, baseLongitude: base?.longitude ?? null }
}

export function teamRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  editingRoutes(app, context)
  memberRoutes(app, context)
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/teams',
    config: { access: 'teams.read' },
    schema: {
      operationId: 'listTeams',
      tags,
      summary: '查询队伍和班级 · Teams and classes, by pinyin',
      querystring: TeamQuery,
      response: { 200: TeamPage, ...problems },
    },
    handler: async ({ actor, query }) => listTeams(db.read, reachOf(actor, 'teams.read'), query),
  })

  app.route({
    method: 'GET',
    url: '/api/teams/:teamId',
    config: { access: 'teams.read' },
    schema: {
      operationId: 'readTeam',
      tags,
      summary: '队伍详情 · A team or class',
      params: TeamId,
      response: { 200: ref(TeamView), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      const team = await readTeam(db.read, reachOf(actor, 'teams.read'), params.teamId)
      return reply.header('etag', etagOf(team.version)).send(team)
    },
  })
}

function editingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/teams',
    config: { access: 'teams.edit' },
    schema: {
      operationId: 'createTeam',
      tags,
      summary: '新建队伍或班级 · Create a team or class',
      body: TeamCreation,
      response: { 201: ref(TeamView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const team = await createOnce(db, request, async (tx) => {
        const teamId = await createTeam(tx, withBase(body), { by: actor, at: now() })
        return readTeam(tx, reachOf(actor, 'teams.edit'), teamId)
      })
      return reply.status(201).header('etag', etagOf(team.version)).send(team)
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/teams/:teamId',
    config: { access: 'teams.edit' },
    schema: {
      operationId: 'changeTeam',
      tags,
      summary: '修改队伍 · Change a team or class',
      params: TeamId,
      body: TeamChange,
      response: { 200: ref(TeamView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const team = await db.transaction(async (tx) => {
        await changeTeam(tx, {
          teamId: params.teamId,
          version,
          changes: withBase(body),
          by: actor,
          at: now(),
        })
        return readTeam(tx, reachOf(actor, 'teams.edit'), params.teamId)
      })
      return reply.header('etag', etagOf(team.version)).send(team)
    },
  })

  for (const [method, closed] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    app.route({
      method,
      url: '/api/teams/:teamId/closure',
      config: { access: 'teams.edit' },
      schema: {
        operationId: closed ? 'closeTeam' : 'reopenTeam',
        tags,
        summary: closed ? '关闭队伍 · Close a team' : '恢复队伍 · Open a closed team again',
        params: TeamId,
        response: { 200: ref(TeamView), ...problems },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const version = requireIfMatch(request)
        const team = await db.transaction(async (tx) => {
          await closeTeam(tx, { teamId: params.teamId, version, closed, by: actor, at: now() })
          return readTeam(tx, reachOf(actor, 'teams.edit'), params.teamId)
        })
        return reply.header('etag', etagOf(team.version)).send(team)
      },
    })
  }
}

function memberRoutes(app: App, { db, now }: AppContext): void {
  const Member = Type.Object({ teamId: Id, personId: Id })
  app.route({
    method: 'PUT',
    url: '/api/teams/:teamId/members/:personId',
    config: { access: 'teams.edit' },
    schema: {
      operationId: 'putMember',
      tags,
      summary: '加入队伍或改变角色 · Make somebody a member, in a role',
      params: Member,
      body: MembershipChange,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params, body }, reply) => {
      await db.transaction((tx) => putMember(tx, { ...params, role: body.role, by: actor, at: now() }))
      return reply.status(204).send(null)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/teams/:teamId/members/:personId',
    config: { access: 'teams.edit' },
    schema: {
      operationId: 'endMembership',
      tags,
      summary: '离队 · End a membership',
      params: Member,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      await db.transaction((tx) => endMembership(tx, { ...params, by: actor, at: now() }))
      return reply.status(204).send(null)
    },
  })
}
