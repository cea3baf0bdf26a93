import Type from 'typebox'
import { todayIn } from '#modules/organisation/index.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may } from '#platform/http/access.ts'
import { etagOf, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce } from '#platform/http/idempotency.ts'
import { languageOf } from '#platform/http/language.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import {
  BatchAnswer,
  CoverageQuery,
  GapQuery,
  ImportQuery,
  ResponsibilityBatch,
  ResponsibilityChange,
  ResponsibilityCreation,
  ResponsibilityImport,
  ResponsibilityPage,
  ResponsibilityQuery,
  ResponsibilityView,
  ZoneAnswers,
  ZoneCoverage,
  ZonePage,
} from './contract.ts'
import { readResponsibilities, responsibilityFaults } from './import-responsibilities.ts'
import {
  coverageOfZone,
  listResponsibilities,
  readResponsibility,
  whoAnswers,
  zonesWithNobody,
} from './responsibility-queries.ts'
import { changeResponsibility, saveResponsibilities } from './save-responsibilities.ts'
import { uploadsOf } from './uploads.ts'

const tags = ['三定责任 · responsibilities']

/** A screen in a hall sees that somebody answers, not who: it has no permission over units. */
function seesNames(actor: Actor): boolean {
  return may(actor, 'units.read')
}

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
    handler: async ({ actor, query }) => listResponsibilities(db.read, query, seesNames(actor)),
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
      zonesWithNobody(db.read, { ...query, on: query.on ?? todayIn(config.timeZone, now()) }),
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
    handler: async ({ actor, params }, reply) => {
      const duty = await readResponsibility(db.read, params.id, seesNames(actor))
      return reply.header('etag', etagOf(duty.version)).send(duty)
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
      whoAnswers(db.read, params.zoneId, query.on ?? todayIn(config.timeZone, now()), seesNames(actor)),
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
      const from = query.from ?? todayIn(config.timeZone, now())
      const until =
        query.until ?? `${Number(from.slice(0, 4)) + 1}${from.slice(4).replace('-02-29', '-03-01')}`
      if (from >= until)
        throw new DomainError('invalid', 'period.empty', 'The period must end after it begins.')
      return coverageOfZone(db.read, params.zoneId, { from, until })
    },
  })
}

function editingRoutes(app: App, { db, now, config }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/responsibilities',
    config: { access: 'responsibilities.edit' },
    schema: {
      operationId: 'createResponsibility',
      tags,
      summary: '登记责任 · Enter who answers for a zone',
      body: ResponsibilityCreation,
      response: { 201: ref(ResponsibilityView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const duty = await createOnce(db, request, async (tx) => {
        const today = todayIn(config.timeZone, now())
        const { ids } = await saveResponsibilities(tx, [body], { by: actor, at: now(), today })
        return readResponsibility(tx, ids[0]!, seesNames(actor))
      })
      return reply.status(201).header('etag', etagOf(duty.version)).send(duty)
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
      body: ResponsibilityChange,
      response: { 200: ref(ResponsibilityView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const duty = await db.transaction(async (tx) => {
        await changeResponsibility(tx, { ...params, version, changes: body, by: actor, at: now() })
        return readResponsibility(tx, params.id, seesNames(actor))
      })
      return reply.header('etag', etagOf(duty.version)).send(duty)
    },
  })
}

function bulkRoutes(app: App, { db, now, config }: AppContext): void {
  const doing = (by: Actor) => ({ by, at: now(), today: todayIn(config.timeZone, now()) })
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
      db.transaction((tx) => saveResponsibilities(tx, body.items, doing(actor))),
  })

  app.route({
    method: 'POST',
    url: '/api/responsibility-imports',
    config: { access: 'responsibilities.edit' },
    schema: {
      operationId: 'importResponsibilities',
      tags,
      summary: '导入责任清单（CSV、xlsx） · Import the register',
      description:
        'One file of a multipart form with the headings `zone_code,level,unit,person,volunteer_number,scope,duties,' +
        'valid_from,valid_until` or their Chinese names. Rows that can be taken are, unless it is a preview.',
      consumes: ['multipart/form-data'],
      querystring: ImportQuery,
      response: { 200: ref(ResponsibilityImport), ...problems },
    },
    handler: async (request) => {
      const { actor, query } = request
      const preview = query.preview ?? false
      const [file] = await uploadsOf(request, 1)
      const { inputs, faults, ignored } = await readResponsibilities(db.read, file!.data)
      const saved = await db
        .transaction(async (tx) => {
          const done = await saveResponsibilities(tx, inputs, doing(actor))
          if (preview) throw new Previewed(done)
          return done
        })
        .catch((stopped: unknown) => {
          if (stopped instanceof Previewed) return stopped.done
          throw stopped
        })
      const language = languageOf(request)
      return {
        preview,
        ignored,
        counts: {
          new: saved.created,
          update: saved.updated,
          unchanged: saved.unchanged,
          error: new Set(faults.map(({ row }) => row)).size,
        },
        faults: faults.map((fault) => ({ ...fault, message: responsibilityFaults[fault.reason][language] })),
      }
    },
  })
}

type Done = Awaited<ReturnType<typeof saveResponsibilities>>

/** Rolls a preview back: it did everything, so that it says exactly what would happen. */
class Previewed extends Error {
  readonly done: Done

  constructor(done: Done) {
    super('previewed')
    this.done = done
  }
}
