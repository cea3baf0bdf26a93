import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { createOnce } from '#platform/http/idempotency.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { DuplicatePage, DuplicateQuery, MergeCreation, MergePage, MergeView } from './contract.ts'
import { listDuplicates, listMerges } from './duplicate-queries.ts'
import { mergePersons } from './merge-persons.ts'
import { eyesOf } from './person-routes.ts'
import { presentMerge } from './present.ts'
import { undoMerge } from './undo-merge.ts'

const tags = ['重复人员 · duplicates']

export function duplicateRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'GET',
    url: '/api/person-duplicates',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'listDuplicates',
      tags,
      summary: '疑似重复的人员 · Pairs of namesakes who may be one person',
      querystring: DuplicateQuery,
      response: { 200: DuplicatePage, ...problems },
    },
    handler: async ({ actor, query }) =>
      listDuplicates(eyesOf(context, db.read), reachOf(actor, 'persons.edit'), query),
  })

  app.route({
    method: 'GET',
    url: '/api/person-merges',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'listMerges',
      tags,
      summary: '合并记录 · Merges, the latest first',
      querystring: PageQuery,
      response: { 200: MergePage, ...problems },
    },
    handler: async ({ actor, query }) => listMerges(db.read, reachOf(actor, 'persons.edit'), query),
  })

  app.route({
    method: 'POST',
    url: '/api/person-merges',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'mergePersons',
      tags,
      summary: '合并为一人 · Make two rows one person',
      body: MergeCreation,
      response: { 201: ref(MergeView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const merge = await createOnce(db, request, async (tx) =>
        presentMerge(await mergePersons(tx, keys, { ...body, by: actor, at: now() })),
      )
      return reply.status(201).send(merge)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/person-merges/:mergeId',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'undoMerge',
      tags,
      summary: '撤销合并 · Undo a merge',
      params: Type.Object({ mergeId: Id }),
      response: { 200: ref(MergeView), ...problems },
    },
    handler: async ({ actor, params }) =>
      presentMerge(await db.transaction((tx) => undoMerge(tx, keys, { ...params, by: actor, at: now() }))),
  })
}
