import Type from 'typebox'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { StepsView } from './contract.ts'
import { readSteps } from './steps.ts'

/** 活动步骤: how far an event is, step by step. */
export function stepRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/steps',
    config: { access: 'events.read' },
    schema: {
      operationId: 'readEventSteps',
      tags: ['工作台 · desk'],
      summary: '活动步骤 · how far each step of an event is, for the caller',
      params: Type.Object({ eventId: Id }),
      response: { 200: ref(StepsView), ...problems },
    },
    handler: async ({ params: { eventId }, actor }) =>
      db.snapshot((reader) => readSteps(reader, { eventId, by: actor, at: now() })),
  })
}
