import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { Performance, performAct, previewAct } from '#platform/previews/index.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { ExpansionPreview, TaskTemplateList, TaskTemplateView, TemplateCreation } from './contract.ts'
import { expandTemplate } from './expand.ts'
import { createTemplate, endTemplate } from './save-template.ts'
import { listTemplates, readTemplate } from './template-queries.ts'

const tags = ['创城 · command']
const ofBook = Type.Object({ bookId: Id })
const params = Type.Object({ templateId: Id })

/** 任务模板: expanded over units, zones and the register, once or in every period. */
export function templateRoutes(app: App, context: AppContext): void {
  const { db, now } = context
  app.route({
    method: 'GET',
    url: '/api/books/:bookId/templates',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'listTaskTemplates',
      tags,
      summary: '清单的任务模板 · the templates of a book',
      params: ofBook,
      response: { 200: TaskTemplateList, ...problems },
    },
    handler: async ({ params, actor }) => ({ items: await listTemplates(db.read, params.bookId, actor) }),
  })
  app.route({
    method: 'POST',
    url: '/api/books/:bookId/templates',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'createTaskTemplate',
      tags,
      summary: '新建任务模板 · add a template to a book',
      params: ofBook,
      headers: OnceKey,
      body: TemplateCreation,
      response: { 201: ref(TaskTemplateView), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body: input, actor: by } = request
      const view = await createOnce(db, request, async (tx) =>
        readTemplate(tx, await createTemplate(tx, { ...params, input, by, at: now() }), by),
      )
      return created(reply, `/api/task-templates/${view.id}`, view)
    },
  })
  oneRoutes(app, context)
  expansionRoutes(app, context)
}

function oneRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/task-templates/:templateId',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'readTaskTemplate',
      tags,
      summary: '查看任务模板 · one template',
      params,
      response: { 200: ref(TaskTemplateView), ...problems },
    },
    handler: ({ params, actor }) => readTemplate(db.read, params.templateId, actor),
  })
  app.route({
    method: 'PUT',
    url: '/api/task-templates/:templateId/end',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'endTaskTemplate',
      tags,
      summary: '停用任务模板 · end a template; what was made of it stays (If-Match)',
      params,
      headers: IfMatch,
      response: { 200: ref(TaskTemplateView), ...problems },
    },
    handler: async (request) => {
      const { params, actor: by } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        await endTemplate(tx, { ...params, version, by, at: now() })
        return readTemplate(tx, params.templateId, by)
      })
    },
  })
}

function expansionRoutes(app: App, { db, now, config }: AppContext): void {
  const act = expandTemplate(config)
  const subject = (templateId: string) => `template:${templateId}`
  app.route({
    method: 'POST',
    url: '/api/task-templates/:templateId/expansions/preview',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'previewExpansion',
      tags,
      summary: '预览展开 · what expanding a template would make, reissue and leave; changes nothing',
      params,
      response: { 200: ref(ExpansionPreview), ...problems },
    },
    handler: async ({ params, actor: by }) => {
      const { templateId } = params
      const found = await previewAct(db, act, { subject: subject(templateId), spec: params, by, at: now() })
      return {
        period: found.period,
        made: found.make.length,
        reissued: found.change.filter(({ reissue }) => reissue).length,
        // The same bearer under another key is no change: a merge of people moved it.
        kept: found.kept.length + found.change.filter(({ reissue }) => !reissue).length,
        gone: found.gone.length,
        skipped: found.skipped,
        token: found.token,
        expiresAt: isoOf(found.expiresAt),
      }
    },
  })
  app.route({
    method: 'POST',
    url: '/api/task-templates/:templateId/expansions',
    config: { access: 'books.edit' },
    schema: {
      operationId: 'expandTemplate',
      tags,
      summary: '展开模板 · make what the preview showed; a repeat makes nothing twice',
      params,
      body: Performance,
      response: { 200: ref(TaskTemplateView), ...problems },
    },
    handler: ({ params: { templateId }, body: { token }, actor: by }) =>
      db.transaction(async (tx) => {
        await performAct(tx, act, { subject: subject(templateId), token, by, at: now() })
        return readTemplate(tx, templateId, by)
      }),
  })
}
