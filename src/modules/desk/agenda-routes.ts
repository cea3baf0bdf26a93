import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { readAgenda } from './agenda.ts'
import { AgendaView, FirstSteps } from './contract.ts'
import { readFirstSteps } from './first-steps.ts'

/** 待办: what is on today and what waits, over all events; and what comes first where there is nothing yet. */
export function agendaRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/agenda',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'readAgenda',
      tags: ['工作台 · desk'],
      summary: '待办 · what is on today, what waits for the caller, and what waits for others',
      response: { 200: ref(AgendaView), ...problems },
    },
    handler: async ({ actor }) => db.snapshot((reader) => readAgenda(reader, { by: actor, at: now() })),
  })
  app.route({
    method: 'GET',
    url: '/api/first-steps',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'readFirstSteps',
      tags: ['工作台 · desk'],
      summary: '首次使用 · what an office does first in an empty installation, and what of it is done',
      response: { 200: ref(FirstSteps), ...problems },
    },
    handler: async ({ actor }) => readFirstSteps(db.read, { by: actor }),
  })
}
