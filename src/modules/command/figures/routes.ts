import { DateTime } from 'luxon'
import Type from 'typebox'
import { readInstant } from '#modules/events/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { whoeverLeft } from '#platform/http/whoever-left.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { readBook } from '../books/book-queries.ts'
import { BookView } from '../books/contract.ts'
import { FiguresQuery, FiguresView, NoticeFigures } from './contract.ts'
import { figuresApart } from './figures-apart.ts'
import { freezeFigures } from './freeze-figures.ts'

const tags = ['创城 · command']

/** 统计: figures as of any moment, and those that a notice keeps. */
export function figureRoutes(app: App, context: AppContext): void {
  const { db, now } = context
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
    handler: ({ query, actor }, reply) => {
      const { at, ...filter } = query
      const asked = { filter, reach: reachOf(actor, 'tasks.read'), at: isoOf(at ? readInstant(at) : now()) }
      return figuresApart(context, asked, whoeverLeft(reply))
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
    handler: async (request, reply) => {
      const { params, body, actor: by } = request
      const { at: stated, ...filter } = body
      const version = requireIfMatch(request)
      const at = now()
      const asOf = isoOf(stated ? DateTime.min(readInstant(stated), at) : at)
      const asked = { filter, reach: reachOf(by, 'tasks.read'), at: asOf }
      const figures = await figuresApart(context, asked, whoeverLeft(reply))
      return db.transaction(async (tx) => {
        await freezeFigures(tx, { ...params, version, figures, by, at })
        return readBook(tx, params.bookId, { reader: by, at })
      })
    },
  })
}
