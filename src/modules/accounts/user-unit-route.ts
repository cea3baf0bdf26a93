import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { UserUnitBody, UserView } from './contract.ts'
import { presentUser } from './present.ts'
import { factsOf } from './queries.ts'
import { setUserUnit } from './user-unit.ts'

/** The unit a user acts for. */
export function userUnitRoute(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/users/:userId/unit',
    config: { access: 'accounts.edit' },
    schema: {
      operationId: 'setUserUnit',
      tags: ['账号 · accounts'],
      summary: '登记所属单位 · Name the unit a user acts for, or none (If-Match)',
      params: Type.Object({ userId: Id }),
      headers: IfMatch,
      body: ref(UserUnitBody),
      response: { 200: ref(UserView), ...problems },
    },
    handler: async (request) => {
      const { actor: by, body, params } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        const user = await setUserUnit(tx, { ...params, ...body, version, by, at: now() })
        return presentUser(user, await factsOf(tx, [user], reachOf(by, 'accounts.read')))
      })
    },
  })
}
