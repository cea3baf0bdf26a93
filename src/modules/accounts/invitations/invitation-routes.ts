import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { readConfirmation } from '../confirmations/confirmation-queries.ts'
import { OfficerConfirmationView } from '../confirmations/contract.ts'
import { markedBrowser } from '../known-browsers.ts'
import { assertNotForeign } from '../origin.ts'
import { presentActivation } from '../present.ts'
import { redeemActivation } from '../set-password.ts'
import { activationToken, activationUrl, openActivation } from './activations.ts'
import { bulkInvite } from './bulk-invite.ts'
import {
  ActivationBody,
  ActivationPasswordBody,
  ActivationView,
  BulkInvitationBody,
  BulkInvitationView,
  IssuedActivation,
} from './contract.ts'
import { invitationList } from './invitation-list.ts'
import { inviteUser } from './invite-user.ts'

const tags = ['账号 · accounts']

/** One-time links: issued for one user or for all liaisons and leaders, and used by their holders. */
export function invitationRoutes(app: App, context: AppContext): void {
  issuingRoutes(app, context)
  holderRoutes(app, context)
}

function issuingRoutes(app: App, context: AppContext): void {
  const { db, keys, config, now } = context
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
      response: { 201: ref(IssuedActivation), 202: ref(OfficerConfirmationView), ...problems },
    },
    handler: async ({ actor, params: { userId }, body: { deliver = 'message' } }, reply) => {
      const { issued, asked } = await db.transaction((tx) =>
        inviteUser(tx, keys, { userId, deliver, by: actor, at: now() }),
      )
      if (!issued) return reply.status(202).send(await readConfirmation(context, asked.id))
      const link = deliver === 'list' ? linkOf(activationToken(keys, issued)) : null
      const { id, purpose, expiresAt } = issued
      return created(reply, `/api/users/${userId}`, { id, purpose, expiresAt: isoOf(expiresAt), link })
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
    handler: async (request, reply) => {
      assertNotForeign(request, config.publicUrl)
      const { params, body, ip: address } = request
      const { browser, mark } = markedBrowser(request, context)
      const { login } = await redeemActivation(context, { ...params, ...body, address, browser })
      mark(reply)
      return { login }
    },
  })
}
