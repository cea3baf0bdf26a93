import Type from 'typebox'
import { closureRoutes } from '#platform/http/closure.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { officeTime } from '../office-time.ts'
import { listBooks, readBook } from './book-queries.ts'
import { BookChange, BookCreation, BookPage, BookQuery, BookView } from './contract.ts'
import { changeBook, closeBook, createBook, publishBook } from './save-book.ts'

const tags = ['创城 · command']
const params = Type.Object({ bookId: Id })

/** 清单: task books, checklists, projects, work lists, notices. */
export function bookRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  editingRoutes(app, context)
  publishingRoutes(app, context)
}

function readingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/books',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'listBooks',
      tags,
      summary: '清单列表 · books within reach, each with its funnel',
      querystring: BookQuery,
      response: { 200: BookPage, ...problems },
    },
    handler: ({ query, actor }) => listBooks(db.read, query, { reader: actor, at: now() }),
  })
  app.route({
    method: 'GET',
    url: '/api/books/:bookId',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'readBook',
      tags,
      summary: '查看清单 · one book',
      params,
      response: { 200: ref(BookView), ...problems },
    },
    handler: ({ params, actor }) => readBook(db.read, params.bookId, { reader: actor, at: now() }),
  })
}

function editingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/books',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'createBook',
      tags,
      summary: '新建清单 · begin a book',
      headers: OnceKey,
      body: BookCreation,
      response: { 201: ref(BookView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const at = now()
      const view = await createOnce(db, request, async (tx) =>
        readBook(tx, await createBook(tx, { input, by, at }), { reader: by, at }),
      )
      return created(reply, `/api/books/${view.id}`, view)
    },
  })
  app.route({
    method: 'PATCH',
    url: '/api/books/:bookId',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'changeBook',
      tags,
      summary: '修改清单 · change a book (If-Match)',
      params,
      headers: IfMatch,
      body: BookChange,
      response: { 200: ref(BookView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      const at = now()
      return db.transaction(async (tx) => {
        await changeBook(tx, { ...params, version, input, by, at })
        return readBook(tx, params.bookId, { reader: by, at })
      })
    },
  })
}

function publishingRoutes(app: App, { db, now, config }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/books/:bookId/publication',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'publishBook',
      tags,
      summary: '下发清单 · issue a book: its tasks are owed from now on (If-Match)',
      params,
      headers: IfMatch,
      response: { 200: ref(BookView), ...problems },
    },
    handler: async (request) => {
      const { params, actor: by } = request
      const version = requireIfMatch(request)
      const at = now()
      return db.transaction(async (tx) => {
        const office = await officeTime(tx, config)
        await publishBook(tx, { ...params, version, office, by, at })
        return readBook(tx, params.bookId, { reader: by, at })
      })
    },
  })
  closureRoutes(app, {
    url: '/api/books/:bookId',
    access: 'books.edit',
    tags,
    params,
    view: BookView,
    close: {
      operationId: 'closeBook',
      summary: '结束清单 · close a book of which nothing is owed (If-Match)',
    },
    reopen: { operationId: 'reopenBook', summary: '重新打开清单 · reopen a book (If-Match)' },
    change: ({ params, version, closed, by }) => {
      const at = now()
      return db.transaction(async (tx) => {
        await closeBook(tx, { ...params, version, closed, by, at })
        return readBook(tx, params.bookId, { reader: by, at })
      })
    },
  })
}
