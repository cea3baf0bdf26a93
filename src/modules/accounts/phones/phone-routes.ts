import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'

import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { readConfirmation } from '../confirmations/confirmation-queries.ts'
import { OfficerConfirmationView } from '../confirmations/contract.ts'
import {
  PhoneChangeBody,
  PhoneChangeView,
  PhoneConfirmationBody,
  UserPhoneBody,
  UserView,
} from '../contract.ts'
import { phoneFrom } from '../login-codes.ts'
import { userById } from '../manage.ts'
import { presentUser } from '../present.ts'
import { factsOf } from '../queries.ts'
import { setPhone } from './change-phone.ts'
import { confirmPhoneChange } from './confirm-own-phone.ts'
import { requestPhoneChange } from './own-phone.ts'

const tags = ['账号 · accounts']

/** The number of an account: changed by a user who manages the account, or by its owner with a code to each number. */
export function phoneRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context

  app.route({
    method: 'PUT',
    url: '/api/users/:userId/phone',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'setUserPhone',
      tags,
      summary:
        '绑定手机号 · The number that links and codes of a user go to; the old number is told, and what it opened ends',
      params: Type.Object({ userId: Id }),
      body: ref(UserPhoneBody),
      response: { 200: ref(UserView), 202: ref(OfficerConfirmationView), ...problems },
    },
    handler: async ({ actor, params: { userId }, body }, reply) => {
      const phone = body.phone === null ? null : phoneFrom(body.phone)
      const asked = await db.transaction((tx) => setPhone(tx, keys, { userId, phone, by: actor, at: now() }))
      if (asked) return reply.status(202).send(await readConfirmation(context, asked.id))
      const user = await userById(db.read, userId)
      return presentUser(user, await factsOf(db.read, [user], reachOf(actor, 'accounts.read')))
    },
  })

  app.route({
    method: 'POST',
    url: '/api/me/phone-changes',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'requestPhoneChange',
      tags,
      summary:
        '申请更换本人绑定的手机号 · Move one’s own account: a code goes to the old number, another to the new',
      body: ref(PhoneChangeBody),
      response: { 202: ref(PhoneChangeView), ...problems },
    },
    handler: async ({ actor, body }, reply) => {
      const { id, expiresAt } = await requestPhoneChange(context, { ...body, by: actor })
      return reply.status(202).send({ id, expiresAt: isoOf(expiresAt) })
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/me/phone-changes/:phoneChangeId/confirmation',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'confirmPhoneChange',
      tags,
      summary: '确认更换手机号 · Move one’s own account, by the codes both numbers got; other sessions end',
      params: Type.Object({ phoneChangeId: Id }),
      body: ref(PhoneConfirmationBody),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params, body }, reply) => {
      await confirmPhoneChange(context, { ...params, ...body, by: actor })
      return reply.status(204).send(null)
    },
  })
}
