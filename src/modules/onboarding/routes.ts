import Type from 'typebox'
import { assertTeamsWithin } from '#modules/organisation/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { LeadershipBody, LeadershipView } from './contract.ts'
import { handOverTeam } from './hand-over-team.ts'

export function onboardingRoutes(app: App, { db, keys, config, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/teams/:teamId/leadership',
    config: { access: 'teams.edit' },
    schema: {
      operationId: 'handOverTeam',
      tags: ['账号 · accounts'],
      summary: '队长交接 · Hand a team to one of its adult members in one step',
      params: Type.Object({ teamId: Id }),
      headers: IfMatch,
      body: ref(LeadershipBody),
      response: { 200: ref(LeadershipView), ...problems },
    },
    handler: async (request) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const led = await db.transaction(async (tx) => {
        await assertTeamsWithin(tx, reachOf(actor, 'teams.edit'), [params.teamId])
        const at = now()
        const today = dayIn(at, config.timeZone)
        return handOverTeam(tx, keys, { ...params, ...body, today, version, by: actor, at })
      })
      return { teamId: params.teamId, ...led }
    },
  })
}
