import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { closureRoutes } from '#platform/http/closure.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { endMembership, putMember } from './change-membership.ts'
import { changeTeam, closeTeam, createTeam } from './change-team.ts'
import { MembershipChange, TeamChange, TeamCreation, TeamPage, TeamQuery, TeamView } from './contract.ts'
import { currentPerson } from './current-person.ts'
import { reachPerson } from './permits/permits.ts'
import type { TeamInput } from './saving/changes.ts'
import { listTeams, readTeam } from './team-queries.ts'

const TeamId = Type.Object({ teamId: Id })
const tags = ['队伍与班级 · teams and classes']

type Based = { base?: { latitude: number; longitude: number } | null }

/** The API has one field `base`; the table has two columns. */
function withBase<T extends Based>({ base, ...rest }: T): Omit<T, 'base'> & Partial<TeamInput> {
  if (base === undefined) return rest
  return { ...rest, baseLatitude: base?.latitude ?? null, baseLongitude: base?.longitude ?? null }
}

/** Registers the routes of teams and their members. */
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
    handler: async ({ actor, params }) => {
      const team = await readTeam(db.read, reachOf(actor, 'teams.read'), params.teamId)
      return team
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
      headers: OnceKey,
      body: TeamCreation,
      response: { 201: ref(TeamView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const team = await createOnce(db, request, async (tx) => {
        const teamId = await createTeam(tx, withBase(body), { by: actor, at: now() })
        return readTeam(tx, reachOf(actor, 'teams.edit'), teamId)
      })
      return created(reply, `/api/teams/${team.id}`, team)
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
      headers: IfMatch,
      body: TeamChange,
      response: { 200: ref(TeamView), ...problems },
    },
    handler: async (request) => {
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
      return team
    },
  })

  closureRoutes(app, {
    url: '/api/teams/:teamId',
    access: 'teams.edit',
    tags,
    params: TeamId,
    view: TeamView,
    close: { operationId: 'closeTeam', summary: '关闭队伍 · Close a team' },
    reopen: { operationId: 'reopenTeam', summary: '恢复队伍 · Open a closed team again' },
    change: ({ params, version, closed, by }) =>
      db.transaction(async (tx) => {
        await closeTeam(tx, { ...params, version, closed, by, at: now() })
        return readTeam(tx, reachOf(by, 'teams.edit'), params.teamId)
      }),
  })
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
      await db.transaction(async (tx) => {
        const personId = await currentPerson(tx, params.personId)
        const permit = await reachPerson(tx, reachOf(actor, 'persons.read'), personId)
        const { teamId } = params
        await putMember(tx, { teamId, personId, role: body.role, permit, by: actor, at: now() })
      })
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
