import Type from 'typebox'
import { prose } from '#modules/events/index.ts'
import { nullable } from '#modules/organisation/index.ts'
import { Body, Day, Id, problems } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { officeTime } from '../office-time.ts'
import { carryOver } from './carry-over.ts'

const CarryOverBody = Body({
  taskIds: Type.Array(Id, { minItems: 1, maxItems: 200 }),
  dueOn: Type.Optional(nullable(Day)),
  reason: prose(500),
})

/** 结转. */
export function carryingRoutes(app: App, { db, now, config }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/books/:bookId/carried-tasks',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'carryTasksOver',
      tags: ['创城 · command'],
      summary: '结转 · carry open tasks into a year plan; sent again, nothing is carried twice',
      params: Type.Object({ bookId: Id }),
      body: CarryOverBody,
      response: { 200: Type.Object({ carried: Type.Integer() }), ...problems },
    },
    handler: async ({ params, body, actor: by }) => {
      const at = now()
      return db.transaction(async (tx) => ({
        carried: await carryOver(tx, { ...params, ...body, office: await officeTime(tx, config), by, at }),
      }))
    },
  })
}
