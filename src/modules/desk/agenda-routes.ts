import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { readAgenda } from './agenda.ts'
import { AgendaView } from './contract.ts'

/** 待办: what is on today and what waits, over all events. */
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
}
