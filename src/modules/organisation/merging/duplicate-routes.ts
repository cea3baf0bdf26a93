import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { assertIdentifiable, type Permits } from '../permits/permits.ts'
import { personReadingOf } from '../person-routes.ts'
import { presentMerge } from '../present.ts'
import {
  DuplicatePage,
  DuplicateQuery,
  MergeCreation,
  MergePage,
  MergeView,
  UndoneMerge,
} from './contract.ts'
import { listDuplicates, listMerges } from './duplicate-queries.ts'
import type { MergeParticipant } from './merge-participants.ts'
import { mergePersons } from './merge-persons.ts'
import { undoMerge } from './undo-merge.ts'

const tags = ['重复人员 · duplicates']

/** Registers the routes of duplicates and merges. `participants` are the slices whose rows a merge moves. */
export function duplicateRoutes(
  app: App,
  context: AppContext,
  { participants, permits }: { participants: readonly MergeParticipant[]; permits: Permits },
): void {
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
      listDuplicates(personReadingOf(context, db.read), reachOf(actor, 'persons.edit'), query),
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
      headers: OnceKey,
      body: MergeCreation,
      response: { 201: ref(MergeView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const merge = await createOnce(db, request, async (tx) => {
        const reach = reachOf(actor, 'persons.edit')
        const permit = await assertIdentifiable(tx, permits, reach, body.keptId, body.mergedId)
        const merging = { ...body, permit, by: actor, at: now() }
        return presentMerge(await mergePersons(tx, keys, participants, merging))
      })
      return created(reply, `/api/person-merges/${merge.id}`, merge)
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
      response: { 200: ref(UndoneMerge), ...problems },
    },
    handler: async ({ actor, params }) => {
      const reach = reachOf(actor, 'persons.edit')
      const { merge, notRestored } = await db.transaction((tx) => {
        const permit = (keptId: string) => assertIdentifiable(tx, permits, reach, keptId)
        return undoMerge(tx, keys, participants, { ...params, permit, by: actor, at: now() })
      })
      return { ...presentMerge(merge), notRestored }
    },
  })
}
