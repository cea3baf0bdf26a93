import Type from 'typebox'
import { assertTeamsWithin } from '#modules/organisation/index.ts'
import { DomainError } from '#platform/errors.ts'
import { reachOf } from '#platform/http/access.ts'
import { etagOf, requireIfMatch } from '#platform/http/etag.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { activationToken, activationUrl, issueActivation, openActivation } from './activations.ts'
import { bulkInvite } from './bulk-invite.ts'
import {
  ActivationBody,
  ActivationPasswordBody,
  ActivationView,
  BulkInvitationBody,
  BulkInvitationView,
  IssuedActivation,
  LeadershipBody,
  LeadershipView,
} from './contract.ts'
import { handOverTeam } from './hand-over-team.ts'
import { invitationList } from './invitation-list.ts'
import { managedUser } from './manage.ts'
import { refuseSurelyForeign } from './origin.ts'
import { phoneOf } from './phones.ts'
import { presentActivation } from './present.ts'
import { redeemActivation } from './set-password.ts'

const tags = ['账号 · accounts']

/** One-time links: for one user, for all liaisons and leaders at once, and what their holders do with them. */
export function invitationRoutes(app: App, context: AppContext): void {
  issuingRoutes(app, context)
  holderRoutes(app, context)
  leadershipRoute(app, context)
}

function issuingRoutes(app: App, { db, keys, config, now }: AppContext): void {
  const linkOf = (token: string) => activationUrl(config.publicUrl, token)

  app.route({
    method: 'POST',
    url: '/api/users/:userId/activations',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'inviteUser',
      tags,
      summary:
        '发送一次性链接 · A one-time link by which the user sets a password; an earlier one stops working',
      params: Type.Object({ userId: Id }),
      body: ref(ActivationBody),
      response: { 201: ref(IssuedActivation), ...problems },
    },
    handler: async ({ actor, params: { userId }, body: { deliver = 'message' } }, reply) => {
      const issued = await db.transaction(async (tx) => {
        const user = await managedUser(tx, actor, userId)
        if (user.disabledAt) throw new DomainError('conflict', 'user.disabled', 'The user is disabled.')
        if (deliver === 'message' && !(await phoneOf(tx, user.personId))) {
          throw new DomainError(
            'conflict',
            'user.unreachable',
            'No phone is known for this user; ask for the link itself.',
          )
        }
        const activation = await issueActivation(tx, keys, { userId, by: actor, at: now() })
        if (deliver === 'message')
          await enqueue(tx, 'accounts.activation-requested', { activationId: activation.id })
        return activation
      })
      const link = deliver === 'list' ? linkOf(activationToken(keys, issued)) : null
      reply.header('cache-control', 'no-store')
      return reply
        .status(201)
        .send({ id: issued.id, purpose: issued.purpose, expiresAt: isoOf(issued.expiresAt), link })
    },
  })

  app.route({
    method: 'POST',
    url: '/api/accounts/bulk-invitations',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'inviteMany',
      tags,
      summary:
        '批量开通 · Accounts and one-time links for liaisons of units and leaders of teams; `Accept: text/csv` with `list` downloads them',
      body: ref(BulkInvitationBody),
      response: { 200: ref(BulkInvitationView), ...problems },
    },
    handler: async ({ actor, body, headers }, reply) => {
      const { liaisons = true, leaders = true, renew = false, deliver = 'message', ...part } = body
      const input = { ...part, liaisons, leaders, renew, deliver, by: actor, at: now() }
      const { invited, ...rest } = await db.transaction((tx) => bulkInvite(tx, keys, input))
      const items = invited.map(({ token, expiresAt, activationId: _, ...each }) => {
        return { ...each, expiresAt: isoOf(expiresAt), link: deliver === 'list' ? linkOf(token) : null }
      })
      reply.header('cache-control', 'no-store')
      if (!/text\/csv/.test(headers.accept ?? '')) return { ...rest, invited: items }
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="activation-links.csv"')
        .serializer((text: unknown) => text as string)
        .send(invitationList(items) as never)
    },
  })
}

function holderRoutes(app: App, context: AppContext): void {
  const { db, keys, config, now } = context
  const params = Type.Object({ token: Type.String({ maxLength: 80 }) })

  app.route({
    method: 'GET',
    url: '/api/activations/:token',
    config: { access: 'public' },
    schema: {
      operationId: 'readActivation',
      tags,
      summary: '查看一次性链接 · Whose link this is; looking changes nothing',
      params,
      response: { 200: ref(ActivationView), ...problems },
    },
    handler: async ({ params: { token } }) =>
      presentActivation(await openActivation(db.read, keys, token, now())),
  })

  app.route({
    method: 'PUT',
    url: '/api/activations/:token/password',
    config: { access: 'public' },
    schema: {
      operationId: 'redeemActivation',
      tags,
      summary: '用链接设置密码 · Set one’s own password; uses the link up',
      params,
      body: ref(ActivationPasswordBody),
      response: { 200: Type.Object({ login: Type.String() }), ...problems },
    },
    handler: async (request) => {
      refuseSurelyForeign(request, config.publicUrl)
      const { params, body, ip } = request
      const { login } = await redeemActivation(context, { ...params, ...body, address: ip })
      return { login }
    },
  })
}

function leadershipRoute(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/teams/:teamId/leadership',
    config: { access: 'teams.edit' },
    schema: {
      operationId: 'handOverTeam',
      tags: ['账号 · accounts'],
      summary: '队长交接 · Hand a team to one of its deputies in one step',
      params: Type.Object({ teamId: Id }),
      body: ref(LeadershipBody),
      response: { 200: ref(LeadershipView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const changed = await db.transaction(async (tx) => {
        await assertTeamsWithin(tx, reachOf(actor, 'teams.edit'), [params.teamId])
        return handOverTeam(tx, keys, { ...params, ...body, version, by: actor, at: now() })
      })
      reply.header('etag', etagOf(changed.version))
      return { teamId: params.teamId, leaderPersonId: body.personId, version: changed.version }
    },
  })
}
