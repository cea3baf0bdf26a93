import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { readBlindSpots } from './blind-spots.ts'
import { BlindSpotsView } from './contract.ts'

/** 盲区. */
export function oversightRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/task-blind-spots',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'readBlindSpots',
      tags: ['创城 · command'],
      summary: '盲区 · tasks that nobody accepted or explained, and units that sign off each other',
      response: { 200: ref(BlindSpotsView), ...problems },
    },
    handler: ({ actor }) => readBlindSpots(db.read, { reader: actor, at: now() }),
  })
}
