import Type from 'typebox'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { ServicePage } from './contract.ts'
import { serviceOf } from './read.ts'

/** What somebody was placed on, and what came of it. */
export function serviceRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/persons/:personId/service',
    config: { access: 'attendance.read' },
    schema: {
      operationId: 'listService',
      tags: ['签到 · attendance'],
      summary:
        '个人服务经历：管理范围内队伍安排的班次及到岗情况 · the shifts somebody was placed on by teams within reach',
      params: Type.Object({ personId: Id }),
      querystring: PageQuery,
      response: { 200: ref(ServicePage), ...problems },
    },
    handler: ({ actor, params, query }) => serviceOf(db.read, { ...params, ...query, by: actor, now: now() }),
  })
}
