import Type from 'typebox'
import { readInstant } from '#modules/events/index.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { readBook } from '../books/book-queries.ts'
import { BookView } from '../books/contract.ts'
import { FiguresQuery, FiguresView, NoticeFigures } from './contract.ts'
import { freezeFigures } from './freeze-figures.ts'
import { readFigures } from './read-figures.ts'

const tags = ['创城 · command']

/** 统计: figures as of any moment, and those that a notice keeps. */
export function figureRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/task-figures',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'readTaskFigures',
      tags,
      summary:
        '交办事项统计 · issued, closed, due and in time, by unit, district, group or book, as of a moment',
      querystring: FiguresQuery,
      response: { 200: ref(FiguresView), ...problems },
    },
    handler: ({ query, actor }) => {
      const { at, ...filter } = query
      return readFigures(db.read, filter, { reader: actor, at: at ? readInstant(at) : now() })
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/books/:bookId/figures',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'freezeBookFigures',
      tags,
      summary: '写入通报数据 · put the figures of a moment into a notice; once issued they stay (If-Match)',
      params: Type.Object({ bookId: Id }),
      headers: IfMatch,
      body: NoticeFigures,
      response: { 200: ref(BookView), ...problems },
    },
    handler: async (request) => {
      const { params, body, actor: by } = request
      const { at: stated, ...filter } = body
      const version = requireIfMatch(request)
      const at = now()
      const asOf = stated ? readInstant(stated) : at
      return db.transaction(async (tx) => {
        await freezeFigures(tx, { ...params, version, filter, asOf, by, at })
        return readBook(tx, params.bookId, { reader: by, at })
      })
    },
  })
}
