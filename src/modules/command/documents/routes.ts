import type { DateTime } from 'luxon'
import Type from 'typebox'
import { oneOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { documentTypes, sendDocument } from '#platform/documents/index.ts'
import type { Actor } from '#platform/http/access.ts'
import { languageOf } from '#platform/http/language.ts'
import { Id, LanguageQuery, problems } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { readBook } from '../books/book-queries.ts'
import type { BookView } from '../books/contract.ts'
import type { Looking } from '../looking.ts'
import type { TaskView } from '../tasks/contract.ts'
import { everyTaskOf } from '../tasks/every-task.ts'
import { bookDocument, noticeDocument } from './book-document.ts'
import { chartOf } from './chart.ts'
import { readTold } from './told.ts'

const tags = ['创城 · command']
const params = Type.Object({ bookId: Id })
const Binary = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })
const papers = { A3: { zh: 'A3', en: 'A3' }, A1: { zh: 'A1', en: 'A1' } } as const
const formats = {
  docx: { zh: 'Word文档', en: 'Word' },
  pdf: { zh: 'PDF', en: 'PDF' },
  xlsx: { zh: '电子表格', en: 'Workbook' },
} as const

/** 挂图、清单和通报 as files: what an office hangs up, sends and files. */
export function documentRoutes(app: App, { db, now, config }: AppContext): void {
  const tell = (by: Actor, bookId: string, details: Record<string, string>, at: DateTime) =>
    db.transaction((tx) =>
      record(tx, {
        action: 'book.exported',
        subject: `book:${bookId}`,
        by,
        at,
        details: { filter: details },
      }),
    )
  app.route({
    method: 'GET',
    url: '/api/books/:bookId/chart',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'exportChart',
      tags,
      summary: '挂图 · the wall chart of a book as PDF, to be hung up',
      params,
      querystring: Type.Object({
        ...LanguageQuery.properties,
        paper: Type.Optional(oneOf(papers)),
      }),
      produces: [documentTypes.pdf],
      response: { 200: Binary, ...problems },
    },
    handler: async (request, reply) => {
      const { params, query, actor } = request
      const language = languageOf(request)
      const looking = { reader: actor, at: now() }
      const book = await readBook(db.read, params.bookId, looking)
      const tasks = await everyTaskOf(db.read, params.bookId, looking)
      const url = new URL(`/city/books/${book.id}/chart`, config.publicUrl).href
      const charting = { language, zone: config.timeZone, at: looking.at, url, paper: query.paper ?? 'A3' }
      const chart = chartOf(book, tasks, charting)
      await tell(actor, book.id, { file: 'chart', paper: charting.paper }, looking.at)
      return sendDocument(reply, 'pdf', chart, chart.title)
    },
  })
  app.route({
    method: 'GET',
    url: '/api/books/:bookId/document',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'exportBook',
      tags,
      summary: '清单文件 · a book as Word file, PDF or workbook; a notice as it was told',
      params,
      querystring: Type.Object({ ...LanguageQuery.properties, format: oneOf(formats) }),
      produces: Object.values(documentTypes),
      response: { 200: Binary, ...problems },
    },
    handler: async (request, reply) => {
      const { params, query, actor } = request
      const telling = { language: languageOf(request), zone: config.timeZone }
      const looking = { reader: actor, at: now() }
      const book = await readBook(db.read, params.bookId, looking)
      const tasks = await everyTaskOf(db.read, params.bookId, looking)
      const told = book.kind === 'notice' ? await readTold(db.read, book.id) : null
      const document =
        book.kind === 'notice'
          ? noticeDocument(told ?? draftOf(book, tasks, looking), book.figures, !told, telling)
          : bookDocument(book, tasks, telling)
      await tell(actor, book.id, { file: 'document', format: query.format }, looking.at)
      return sendDocument(reply, query.format, document, book.title)
    },
  })
}

/** What a notice would tell if it were issued as it stands. */
const draftOf = (book: BookView, tasks: readonly TaskView[], { at }: Looking) => ({
  issuer: book.issuer.name,
  title: book.title,
  documentNumber: book.documentNumber,
  text: book.text,
  publishedAt: isoOf(at),
  replies: tasks.map(({ outline, text, unit }) => ({ outline, text, unit: unit.name, dueAt: null })),
})
