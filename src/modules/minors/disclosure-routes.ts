import Type from 'typebox'
import type { Writer } from '#platform/database/port.ts'
import type { Doing } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { askDisclosure } from './ask-disclosure.ts'
import {
  DisclosureCreation,
  DisclosurePage,
  DisclosureQuery,
  DisclosureRefusal,
  DisclosureView,
} from './contract.ts'
import { decideDisclosure, revokeDisclosure } from './decide-disclosure.ts'
import { listDisclosures, readDisclosure } from './disclosure-queries.ts'

const tags = ['未成年人信息 · data of minors']
const params = Type.Object({ disclosureId: Id })
const response = { 200: ref(DisclosureView), ...problems }

/** 查阅申请: access to the data of minors, asked for by one user and approved by another. */
export function disclosureRoutes(app: App, context: AppContext): void {
  askingRoutes(app, context)
  decidingRoutes(app, context)
}

function askingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/disclosures',
    config: { access: 'persons.reveal' },
    schema: {
      operationId: 'askDisclosure',
      tags,
      summary:
        '申请查看班级或活动中未成年人的信息，最长四小时 · Ask to see the data of the minors of a class or an event, for four hours at most',
      headers: OnceKey,
      body: DisclosureCreation,
      response: { 201: ref(DisclosureView), ...problems },
    },
    handler: async (request, reply) => {
      const doing = { by: request.actor, at: now() }
      const view = await createOnce(db, request, async (tx) =>
        readDisclosure(tx, doing, await askDisclosure(tx, { ...request.body, ...doing })),
      )
      return created(reply, `/api/disclosures/${view.id}`, view)
    },
  })
  app.route({
    method: 'GET',
    url: '/api/disclosures',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'listDisclosures',
      tags,
      summary: '查阅申请：您提交的和可由您审批的 · Requests that you made, or may decide; the newest first',
      querystring: DisclosureQuery,
      response: { 200: DisclosurePage, ...problems },
    },
    handler: ({ actor, query }) => listDisclosures(db.read, { by: actor, at: now() }, query),
  })
  app.route({
    method: 'GET',
    url: '/api/disclosures/:disclosureId',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'readDisclosure',
      tags,
      summary: '一项查阅申请 · One of them',
      params,
      response,
    },
    handler: ({ actor, params: { disclosureId } }) =>
      readDisclosure(db.read, { by: actor, at: now() }, disclosureId),
  })
}

function decidingRoutes(app: App, { db, now }: AppContext): void {
  /** Does something to a request for access, and answers how it stands then. */
  const done = (doing: Doing, disclosureId: string, act: (tx: Writer) => Promise<void>) =>
    db.transaction(async (tx) => {
      await act(tx)
      return readDisclosure(tx, doing, disclosureId)
    })
  app.route({
    method: 'PUT',
    url: '/api/disclosures/:disclosureId/approval',
    config: { access: 'disclosures.decide' },
    schema: {
      operationId: 'approveDisclosure',
      tags,
      summary: '批准查看，即时生效 · Approve it: the hours begin now',
      params,
      response,
    },
    handler: ({ actor, params: { disclosureId } }) => {
      const doing = { by: actor, at: now() }
      return done(doing, disclosureId, (tx) =>
        decideDisclosure(tx, { disclosureId, approved: true, ...doing }),
      )
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/disclosures/:disclosureId/refusal',
    config: { access: 'disclosures.decide' },
    schema: {
      operationId: 'refuseDisclosure',
      tags,
      summary: '不批准，并说明原因 · Refuse it, with a reason',
      params,
      body: DisclosureRefusal,
      response,
    },
    handler: ({ actor, params: { disclosureId }, body }) => {
      const doing = { by: actor, at: now() }
      const decision = { disclosureId, approved: false, refusal: body.reason, ...doing }
      return done(doing, disclosureId, (tx) => decideDisclosure(tx, decision))
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/disclosures/:disclosureId/revocation',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'revokeDisclosure',
      tags,
      summary: '收回查看授权或撤回申请 · End it at once: by who asked, or by whoever may decide',
      params,
      response,
    },
    handler: ({ actor, params: { disclosureId } }) => {
      const doing = { by: actor, at: now() }
      return done(doing, disclosureId, (tx) => revokeDisclosure(tx, { disclosureId, ...doing }))
    },
  })
}
