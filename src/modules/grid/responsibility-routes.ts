import Type from 'typebox'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import {
  BatchAnswer,
  CoverageQuery,
  GapQuery,
  ResponsibilityBatch,
  ResponsibilityChange,
  ResponsibilityCreation,
  ResponsibilityPage,
  ResponsibilityQuery,
  ResponsibilityView,
  ZoneAnswers,
  ZoneCoverage,
  ZonePage,
} from './contract.ts'
import {
  coverageOfZone,
  listResponsibilities,
  readResponsibility,
  whoAnswers,
  zonesWithNobody,
} from './responsibility-queries.ts'
import { changeResponsibility, saveResponsibilities } from './save-responsibilities.ts'

const tags = ['三定责任 · responsibilities']

/** 三定: routes of the responsibility register. */
export function responsibilityRoutes(app: App, context: AppContext): void {
  listRoutes(app, context)
  zoneAnswerRoutes(app, context)
  editingRoutes(app, context)
  bulkRoutes(app, context)
}

function listRoutes(app: App, { db, now, config }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/responsibilities',
    config: { access: 'grid.read' },
    schema: {
      operationId: 'listResponsibilities',
      tags,
      summary: '责任清单 · The register',
      querystring: ResponsibilityQuery,
      response: { 200: ResponsibilityPage, ...problems },
    },
    handler: async ({ actor, query }) => listResponsibilities(db.read, query, actor),
  })

  app.route({
    method: 'GET',
    url: '/api/responsibility-gaps',
    config: { access: 'grid.read' },
    schema: {
      operationId: 'listResponsibilityGaps',
      tags,
      summary: '无人负责的区域 · Zones for which nobody answers, at a level',
      querystring: GapQuery,
      response: { 200: ZonePage, ...problems },
    },
    handler: async ({ query }) =>
      zonesWithNobody(db.read, { ...query, on: query.on ?? dayIn(now(), config.timeZone) }),
  })

  app.route({
    method: 'GET',
    url: '/api/responsibilities/:id',
    config: { access: 'grid.read' },
    schema: {
      operationId: 'readResponsibility',
      tags,
      summary: '一项责任 · One duty',
      params: Type.Object({ id: Id }),
      response: { 200: ref(ResponsibilityView), ...problems },
    },
    handler: async ({ actor, params }) => {
      const duty = await readResponsibility(db.read, params.id, actor)
      return duty
    },
  })
}

function zoneAnswerRoutes(app: App, { db, now, config }: AppContext): void {
  const ZoneId = Type.Object({ zoneId: Id })
  app.route({
    method: 'GET',
    url: '/api/zones/:zoneId/responsibilities',
    config: { access: 'grid.read' },
    schema: {
      operationId: 'whoAnswers',
      tags,
      summary: '今日各层级由谁负责 · Who answers for a zone on a day, at each level',
      params: ZoneId,
      querystring: Type.Object({ on: ResponsibilityQuery.properties.on }),
      response: { 200: ref(ZoneAnswers), ...problems },
    },
    handler: async ({ actor, params, query }) =>
      whoAnswers(db.read, params.zoneId, query.on ?? dayIn(now(), config.timeZone), actor),
  })

  app.route({
    method: 'GET',
    url: '/api/zones/:zoneId/responsibility-coverage',
    config: { access: 'grid.read' },
    schema: {
      operationId: 'coverageOfZone',
      tags,
      summary: '责任空档与重叠 · Days with nobody, and with more than one',
      params: ZoneId,
      querystring: CoverageQuery,
      response: { 200: ref(ZoneCoverage), ...problems },
    },
    handler: async ({ params, query }) => {
      const from = query.from ?? dayIn(now(), config.timeZone)
      const until =
        query.until ?? `${Number(from.slice(0, 4)) + 1}${from.slice(4).replace('-02-29', '-03-01')}`
      if (from >= until)
        throw new DomainError('invalid', 'period.empty', 'The period must end after it begins.')
      return coverageOfZone(db.read, params.zoneId, { from, until })
    },
  })
}

function editingRoutes(app: App, { db, keys, now, config }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/responsibilities',
    config: { access: 'responsibilities.edit' },
    schema: {
      operationId: 'createResponsibility',
      tags,
      summary: '登记责任 · Enter who answers for a zone',
      headers: OnceKey,
      body: ResponsibilityCreation,
      response: { 201: ref(ResponsibilityView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const duty = await createOnce(db, request, async (tx) => {
        const today = dayIn(now(), config.timeZone)
        const { ids } = await saveResponsibilities(tx, keys, [body], { by: actor, at: now(), today })
        return readResponsibility(tx, ids[0]!, actor)
      })
      return created(reply, `/api/responsibilities/${duty.id}`, duty)
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/responsibilities/:id',
    config: { access: 'responsibilities.edit' },
    schema: {
      operationId: 'changeResponsibility',
      tags,
      summary: '修改或终止责任 · Change a duty, or end it by its last day',
      params: Type.Object({ id: Id }),
      headers: IfMatch,
      body: ResponsibilityChange,
      response: { 200: ref(ResponsibilityView), ...problems },
    },
    handler: async (request) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const duty = await db.transaction(async (tx) => {
        const today = dayIn(now(), config.timeZone)
        await changeResponsibility(tx, keys, {
          ...params,
          version,
          changes: body,
          today,
          by: actor,
          at: now(),
        })
        return readResponsibility(tx, params.id, actor)
      })
      return duty
    },
  })
}

function bulkRoutes(app: App, { db, keys, now, config }: AppContext): void {
  const doing = (by: Actor) => ({ by, at: now(), today: dayIn(now(), config.timeZone) })
  app.route({
    method: 'POST',
    url: '/api/responsibility-batches',
    config: { access: 'responsibilities.edit' },
    schema: {
      operationId: 'saveResponsibilities',
      tags,
      summary: '批量登记责任 · Enter many duties; the same list again changes nothing',
      body: ResponsibilityBatch,
      response: { 200: ref(BatchAnswer), ...problems },
    },
    handler: async ({ actor, body }) =>
      db.transaction((tx) => saveResponsibilities(tx, keys, body.items, doing(actor))),
  })
}
