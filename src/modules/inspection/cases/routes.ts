import Type from 'typebox'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { countCases } from './case-filters.ts'
import { listCases, readCase } from './case-queries.ts'
import {
  CaseCount,
  CaseCountQuery,
  CasePage,
  CaseQuery,
  CaseShift,
  CaseUnit,
  DutyView,
  WholeCaseView,
} from './contract.ts'
import { draftShift } from './draft-shift.ts'
import { dutyOf } from './duty.ts'
import { issueByHand, issueCase } from './issue-case.ts'
import { nameUnit } from './name-unit.ts'

const tags = ['整改问题 · cases']
const params = Type.Object({ caseId: Id })

/** 整改问题: what becomes of them are the moves of their tasks. */
export function caseRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  shiftRoutes(app, context)
  issuingRoutes(app, context)
}

function readingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/cases',
    config: { access: 'cases.read' },
    schema: {
      operationId: 'listCases',
      tags,
      summary: '整改问题列表 · cases that you issue, owe, support or found',
      querystring: CaseQuery,
      response: { 200: CasePage, ...problems },
    },
    handler: ({ query, actor }) => listCases(db.read, query, { reader: actor, at: now() }),
  })
  app.route({
    method: 'GET',
    url: '/api/case-count',
    config: { access: 'cases.read' },
    schema: {
      operationId: 'countCases',
      tags,
      summary: '各状态问题数 · how many cases fit a filter, by their state, up to 10,000',
      querystring: CaseCountQuery,
      response: { 200: ref(CaseCount), ...problems },
    },
    handler: ({ query, actor }) => countCases(db.read, query, { reader: actor, at: now() }),
  })
  app.route({
    method: 'GET',
    url: '/api/cases/:caseId',
    config: { access: 'cases.read' },
    schema: {
      operationId: 'readCase',
      tags,
      summary: '查看整改问题 · one case with its pictures before and after',
      params,
      response: { 200: ref(WholeCaseView), ...problems },
    },
    handler: ({ params, actor }) => readCase(db.read, params.caseId, { reader: actor, at: now() }),
  })
}

function issuingRoutes(app: App, context: AppContext): void {
  const { db, now, config } = context
  app.route({
    method: 'PUT',
    url: '/api/cases/:caseId/issuance',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'issueCase',
      tags,
      summary: '立即交办 · issue a case without waiting for its pictures any longer (If-Match)',
      params,
      headers: IfMatch,
      response: { 200: ref(WholeCaseView), ...problems },
    },
    handler: (request) => {
      const { params, actor: by } = request
      const version = requireIfMatch(request)
      const at = now()
      return db.transaction(async (tx) => {
        await issueByHand(tx, { ...params, version, timeZone: config.timeZone, by, at })
        return readCase(tx, params.caseId, { reader: by, at })
      })
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/cases/:caseId/unit',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'nameCaseUnit',
      tags,
      summary: '指定责任单位 · say who answers for a case that could not be issued (If-Match)',
      params,
      headers: IfMatch,
      body: CaseUnit,
      response: { 200: ref(WholeCaseView), ...problems },
    },
    handler: async (request) => {
      const { params, body, actor: by } = request
      const version = requireIfMatch(request)
      const at = now()
      await db.transaction((tx) => nameUnit(tx, { ...params, ...body, version, by, at }))
      await issueCase(context, params.caseId)
      return readCase(db.read, params.caseId, { reader: by, at })
    },
  })
}

function shiftRoutes(app: App, { db, now, keys }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/cases/:caseId/duty',
    config: { access: 'cases.read' },
    schema: {
      operationId: 'readCaseDuty',
      tags,
      summary: '现在谁在岗 · shifts that are on now where the case is, and the teams that are there',
      params,
      response: { 200: ref(DutyView), ...problems },
    },
    handler: ({ params, actor }) => dutyOf(db.read, params.caseId, { reader: actor, at: now() }),
  })
  app.route({
    method: 'PUT',
    url: '/api/cases/:caseId/shift',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'draftCaseShift',
      tags,
      summary: '拟定整改班次 · draft a shift from a case in an event; its hours are not recorded (If-Match)',
      params,
      headers: IfMatch,
      body: CaseShift,
      response: { 200: ref(WholeCaseView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      const at = now()
      return db.transaction(async (tx) => {
        await draftShift(tx, keys, { ...params, version, input, by, at })
        return readCase(tx, params.caseId, { reader: by, at })
      })
    },
  })
}
