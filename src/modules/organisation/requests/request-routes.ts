import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { guardLookups } from '../lookups/guard-lookups.ts'
import { statedNumbers, triesOnPerson } from '../lookups/number-tries.ts'
import type { MergeParticipant } from '../merging/merge-participants.ts'
import { type Permits, reachPeople } from '../permits/permits.ts'
import {
  PersonRequestCreation,
  PersonRequestPage,
  PersonRequestQuery,
  PersonRequestView,
  Refusal,
} from './contract.ts'
import { approveRequest, refuseRequest, requestRow, withdrawRequest } from './decide-request.ts'
import { fileRequest } from './file-request.ts'
import { listRequests, readRequest } from './request-queries.ts'
import { openWanted } from './sealed.ts'

const tags = ['人员 · persons']
const params = Type.Object({ requestId: Id })

/** 更正申请: requests to change identifying data of people for whom several parts of the organisation are responsible. */
export function requestRoutes(
  app: App,
  context: AppContext,
  plugged: { participants: readonly MergeParticipant[]; permits: Permits },
): void {
  filingRoutes(app, context, plugged.permits)
  decidingRoutes(app, context, plugged)
}

function filingRoutes(app: App, { db, keys, now }: AppContext, permits: Permits): void {
  app.route({
    method: 'POST',
    url: '/api/persons/:personId/requests',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'filePersonRequest',
      tags,
      summary: '提交更正申请 · Ask for a change of what identifies somebody',
      params: Type.Object({ personId: Id }),
      headers: OnceKey,
      body: PersonRequestCreation,
      response: { 201: ref(PersonRequestView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const view = await createOnce(db, request, async (tx) => {
        const { personId } = params
        const others = body.merge ? [body.merge.otherPersonId] : []
        const permit = await reachPeople(tx, reachOf(actor, 'persons.edit'), personId, ...others)
        const doing = { personId, permit, asked: body, by: actor, at: now() }
        return readRequest({ db: tx, keys, permits, actor }, await fileRequest(tx, keys, doing))
      })
      return created(reply, `/api/person-requests/${view.id}`, view)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/person-requests',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'listPersonRequests',
      tags,
      summary: '更正申请：由您处理的和您提交的 · Requests that you may decide, or filed',
      querystring: PersonRequestQuery,
      response: { 200: PersonRequestPage, ...problems },
    },
    handler: ({ actor, query }) => listRequests({ db: db.read, keys, permits, actor }, query),
  })

  app.route({
    method: 'GET',
    url: '/api/person-requests/:requestId',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'readPersonRequest',
      tags,
      summary: '查看更正申请 · One request',
      params,
      response: { 200: ref(PersonRequestView), ...problems },
    },
    handler: ({ actor, params }) => readRequest({ db: db.read, keys, permits, actor }, params.requestId),
  })

  app.route({
    method: 'PUT',
    url: '/api/person-requests/:requestId/withdrawal',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'withdrawPersonRequest',
      tags,
      summary: '撤回申请 · Withdraw one’s own request',
      params,
      response: { 200: ref(PersonRequestView), ...problems },
    },
    handler: ({ actor, params: { requestId } }) =>
      db.transaction(async (tx) => {
        await withdrawRequest(tx, { requestId, by: actor, at: now() })
        return readRequest({ db: tx, keys, permits, actor }, requestId)
      }),
  })
}

function decidingRoutes(
  app: App,
  context: AppContext,
  plugged: { participants: readonly MergeParticipant[]; permits: Permits },
): void {
  const { db, keys, now } = context
  const { permits } = plugged
  app.route({
    method: 'PUT',
    url: '/api/person-requests/:requestId/approval',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'approvePersonRequest',
      tags,
      summary: '同意申请，即时生效 · Approve a request: it is done at once',
      params,
      response: { 200: ref(PersonRequestView), ...problems },
    },
    handler: async ({ actor, params: { requestId } }) => {
      const row = await requestRow(db.read, requestId)
      const { contact, birthDate, identityNumber } = openWanted(keys, row)
      const tried = statedNumbers({
        contacts: contact ? [contact] : [],
        birthDate: birthDate ?? undefined,
        identityNumber: identityNumber ?? undefined,
      })
      const { personId } = row
      const receipt = await guardLookups(context, {
        ...{ by: actor, permission: 'persons.edit', via: 'correction', states: tried },
        tries: (tx) => triesOnPerson(tx, keys, { reach: reachOf(actor, 'persons.edit'), personId, tried }),
      })
      return db.transaction(async (tx) => {
        await approveRequest(tx, keys, plugged, { requestId, by: actor, at: now(), receipt })
        return readRequest({ db: tx, keys, permits, actor }, requestId)
      })
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/person-requests/:requestId/refusal',
    config: { access: 'persons.edit' },
    schema: {
      operationId: 'refusePersonRequest',
      tags,
      summary: '不同意申请，并说明原因 · Refuse a request, with a reason',
      params,
      body: Refusal,
      response: { 200: ref(PersonRequestView), ...problems },
    },
    handler: ({ actor, params: { requestId }, body }) =>
      db.transaction(async (tx) => {
        await refuseRequest(tx, keys, permits, { requestId, ...body, by: actor, at: now() })
        return readRequest({ db: tx, keys, permits, actor }, requestId)
      }),
  })
}
