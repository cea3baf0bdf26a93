import Type from 'typebox'
import { eventRow } from '#modules/events/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { largeAnswer } from '#platform/http/large-answer.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { BoardView } from './contract.ts'
import { readBoard } from './read-board.ts'

/** 岗位总表: all places of an event in one read. */
export function boardRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/board',
    config: { access: 'mobilization.read' },
    onSend: largeAnswer,
    schema: {
      operationId: 'readBoard',
      tags: ['动员 · mobilization'],
      summary: '岗位总表 · every shift and the teams on it, in columns, with an ETag over the whole',
      params: Type.Object({ eventId: Id }),
      response: { 200: ref(BoardView), ...problems },
    },
    handler: async ({ params: { eventId }, actor }) =>
      db.snapshot(async (reader) =>
        readBoard(reader, await eventRow(reader, eventId), reachOf(actor, 'mobilization.read')),
      ),
  })
}
