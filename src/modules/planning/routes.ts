import Type from 'typebox'
import { namesShown, readsBeside } from '#modules/organisation/index.ts'
import { beside } from '#platform/beside/beside.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, Page, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { whoeverLeft } from '#platform/http/whoever-left.ts'
import type { AppContext } from '#src/context.ts'
import { applyPlan } from './apply-plan.ts'
import { cancelPlan } from './cancel-plan.ts'
import { comparePlans } from './compare-plans.ts'
import {
  Application,
  ApplicationView,
  NewPlan,
  PlanAssignmentView,
  PlanComparison,
  PlanView,
} from './contract.ts'
import { MoveReasonName, MoveView, WhyHereView } from './contract-explanation.ts'
import { type ExplainPerson, explainPerson } from './explain-person.ts'
import { presentMove, presentPlan, presentRow } from './present.ts'
import { listMoveRows, listPlanRows, listPlans, planRow } from './queries.ts'
import { readPlan } from './read-plan.ts'
import { seenIn } from './seen.ts'
import { startPlan } from './start-plan.ts'
import { undoApplication } from './undo-application.ts'

const tags = ['排岗 · planning']
const ofEvent = Type.Object({ eventId: Id })
const ofPlan = Type.Object({ planId: Id })

/** 排岗: start, read and compare proposals, and apply them whole or district by district. */
export function planningRoutes(app: App, context: AppContext): void {
  runningRoutes(app, context)
  readingRoutes(app, context)
  explainingRoutes(app, context)
  applyingRoutes(app, context)
}

function runningRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/plans',
    config: { access: 'plans.run' },
    schema: {
      operationId: 'startPlan',
      tags,
      summary: '开始排岗 · have a proposal computed',
      params: ofEvent,
      headers: OnceKey,
      body: NewPlan,
      response: { 202: ref(PlanView), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body: input, actor: by } = request
      const view = await createOnce(db, request, async (tx) =>
        presentPlan(await startPlan(tx, { eventId: params.eventId, input, by, at: now() })),
      )
      return reply.code(202).header('location', `/api/plans/${view.id}`).send(view)
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/plans/:planId',
    config: { access: 'plans.run' },
    schema: {
      operationId: 'cancelPlan',
      tags,
      summary: '取消计算 · stop computing; the last complete plan is kept',
      params: ofPlan,
      response: { 202: ref(PlanView), ...problems },
    },
    handler: async ({ params: { planId }, actor: by }, reply) => {
      const run = await db.transaction(async (tx) => {
        await cancelPlan(tx, { planId, by, at: now() })
        return planRow(tx, planId)
      })
      return reply.code(202).send(presentPlan(run))
    },
  })
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/plans',
    config: { access: 'plans.read' },
    schema: {
      operationId: 'listPlans',
      tags,
      summary: '排岗方案列表 · proposals of an event, the latest first',
      params: ofEvent,
      querystring: PageQuery,
      response: { 200: Page(PlanView), ...problems },
    },
    handler: async ({ params, query }) => {
      const { items, nextCursor } = await listPlans(db.read, params.eventId, query)
      return { items: items.map(presentPlan), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/plans/:planId',
    config: { access: 'plans.read' },
    schema: {
      operationId: 'readPlan',
      tags,
      summary: '查看方案 · progress, quality, and why places stay empty',
      params: ofPlan,
      response: { 200: ref(PlanView), ...problems },
    },
    handler: async ({ params: { planId }, actor }) => readPlan(db.read, { planId, by: actor }),
  })
  app.route({
    method: 'GET',
    url: '/api/plans/:planId/assignments',
    config: { access: 'plans.read' },
    schema: {
      operationId: 'listPlanAssignments',
      tags,
      summary: '方案明细 · who would serve where',
      params: ofPlan,
      querystring: Type.Object({
        ...PageQuery.properties,
        shiftId: Type.Optional(Id),
        teamId: Type.Optional(Id),
        standby: Type.Optional(
          Type.Boolean({ description: '只看预备人员 · only those in reserve, or only the others' }),
        ),
      }),
      response: { 200: Page(PlanAssignmentView), ...problems },
    },
    handler: async ({ params: { planId }, query, actor }) => {
      const seen = await seenIn(db.read, actor, await planRow(db.read, planId))
      const { items, nextCursor } = await listPlanRows(db.read, planId, query, seen)
      const people = items.map(({ personId }) => personId)
      const nameOf = await namesShown(db.read, actor, people)
      return { items: items.map((row) => presentRow(row, nameOf)), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/plans/:planId/comparison/:otherId',
    config: { access: 'plans.read' },
    schema: {
      operationId: 'comparePlans',
      tags,
      summary: '比较方案 · two proposals side by side',
      params: Type.Object({ planId: Id, otherId: Id }),
      response: { 200: ref(PlanComparison), ...problems },
    },
    handler: async ({ params: { planId, otherId } }) => comparePlans(db.read, planId, otherId),
  })
}

const explainWork = new URL('./explain-work.ts', import.meta.url)

function explainingRoutes(app: App, context: AppContext): void {
  const { db, keys } = context
  app.route({
    method: 'GET',
    url: '/api/plans/:planId/moves',
    config: { access: 'plans.read' },
    schema: {
      operationId: 'listPlanMoves',
      tags,
      summary: '调整明细 · who would leave the place they have, and why',
      params: ofPlan,
      querystring: Type.Object({ ...PageQuery.properties, because: Type.Optional(MoveReasonName) }),
      response: { 200: Page(MoveView), ...problems },
    },
    handler: async ({ params: { planId }, query, actor }) => {
      const run = await planRow(db.read, planId)
      const seen = await seenIn(db.read, actor, run)
      const { items, nextCursor } = await listMoveRows(db.read, run, query, seen)
      const people = items.map(({ personId }) => personId)
      const nameOf = await namesShown(db.read, actor, people)
      return { items: items.map((row) => presentMove(row, nameOf)), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/plans/:planId/people/:personId',
    config: { access: 'plans.read' },
    schema: {
      operationId: 'explainPlanPerson',
      tags,
      summary: '为何安排在此 · why a person is where they are, and not elsewhere',
      params: Type.Object({ planId: Id, personId: Id }),
      response: { 200: ref(WhyHereView), ...problems },
    },
    handler: async ({ params: { planId, personId }, actor }, reply) => {
      const asked = { planId, personId, by: actor }
      if (!(await readsBeside(context))) return db.snapshot((reader) => explainPerson(reader, keys, asked))
      return beside<ExplainPerson, WhyHereView>(explainWork, context.config, asked, whoeverLeft(reply))
    },
  })
}

function applyingRoutes(app: App, context: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/plans/:planId/application',
    config: { access: 'plans.apply' },
    schema: {
      operationId: 'applyPlan',
      tags,
      summary: '采用方案 · apply, as a whole or to some districts',
      params: ofPlan,
      body: Application,
      response: { 200: ref(ApplicationView), ...problems },
    },
    handler: async ({ params: { planId }, body, actor: by }) => {
      const { districtCodes } = body
      const { run, applied } = await applyPlan(context, { planId, districtCodes, by })
      return { plan: presentPlan(run), applied }
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/plans/:planId/application',
    config: { access: 'plans.apply' },
    schema: {
      operationId: 'undoPlanApplication',
      tags,
      summary: '撤销采用 · take an acceptance back, before publication; earlier places stand again',
      params: ofPlan,
      response: { 200: ref(ApplicationView), ...problems },
    },
    handler: async ({ params: { planId }, actor: by }) => {
      const { run, applied } = await undoApplication(context, { planId, by })
      return { plan: presentPlan(run), applied }
    },
  })
}
