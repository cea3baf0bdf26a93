import Type from 'typebox'
import { eventRow, shiftRow } from '#modules/events/index.ts'
import { namesShown } from '#modules/organisation/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { assignPerson } from './assign-person.ts'
import { checkEligibility } from './check-eligibility.ts'
import {
  AssignmentPage,
  AssignmentQuery,
  AssignmentSetting,
  AssignmentView,
  EligibilityView,
} from './contract.ts'
import { InChargeNamed, InChargeNaming } from './in-charge/contract.ts'
import { nameAllInCharge } from './in-charge/name-in-charge.ts'
import { fullAssignment, listAssignments } from './participation-queries.ts'
import { presentAssignment } from './present.ts'
import { removeAssignment } from './remove-assignment.ts'

const tags = ['动员 · mobilization']
const ofShift = Type.Object({ shiftId: Id })
const place = Type.Object({ shiftId: Id, personId: Id })

/** 岗位安排: routes to assign people to shifts, excuse them and take them off. */
export function assignmentRoutes(app: App, context: AppContext): void {
  inChargeRoute(app, context)
  readingRoutes(app, context)
  namingRoutes(app, context)
}

function readingRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/shifts/:shiftId/assignments',
    config: { access: 'mobilization.read' },
    schema: {
      operationId: 'listAssignments',
      tags,
      summary: '班次人员 · who is on a shift',
      params: ofShift,
      querystring: AssignmentQuery,
      response: { 200: AssignmentPage, ...problems },
    },
    handler: async ({ params, query, actor }) => {
      const { eventId } = await shiftRow(db.read, params.shiftId)
      const event = await eventRow(db.read, eventId)
      const reach = reachOf(actor, 'mobilization.read')
      const { items, nextCursor } = await listAssignments(db.read, { event, reach, ...params }, query)
      const people = items.map(({ assignment }) => assignment.personId)
      const nameOf = await namesShown(db.read, actor, people)
      return { items: items.map((each) => presentAssignment(each, nameOf)), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/shifts/:shiftId/eligibility/:personId',
    config: { access: 'sign_ups.edit' },
    schema: {
      operationId: 'checkEligibility',
      tags,
      summary: '能否上岗 · whether a person could take the shift, and if not the one reason why',
      params: place,
      response: { 200: ref(EligibilityView), ...problems },
    },
    handler: async ({ params, actor: by }) => checkEligibility(db.read, keys, { ...params, by, at: now() }),
  })
}

function namingRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/shifts/:shiftId/assignments/:personId',
    config: { access: 'sign_ups.edit' },
    schema: {
      operationId: 'assignPerson',
      tags,
      summary: '指定队员上岗 · name somebody of one’s own team into a shift',
      params: place,
      body: AssignmentSetting,
      response: { 200: ref(AssignmentView), ...problems },
    },
    handler: async ({ params, body, actor: by }) => {
      const full = await db.transaction(async (tx) => {
        const { id } = await assignPerson(tx, keys, { ...params, ...body, by, at: now() })
        return fullAssignment(tx, id)
      })
      return presentAssignment(full, await namesShown(db.read, by, [full.assignment.personId]))
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/shifts/:shiftId/assignments/:personId',
    config: { access: 'sign_ups.edit' },
    schema: {
      operationId: 'removeAssignment',
      tags,
      summary: '撤下队员 · take somebody off a shift',
      params: place,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, actor: by }, reply) => {
      await db.transaction((tx) => removeAssignment(tx, { ...params, by, at: now() }))
      return reply.code(204).send(null)
    },
  })
}

function inChargeRoute(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/events/:eventId/people-in-charge',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'nameAllInCharge',
      tags,
      summary: '批量指定现场负责人 · somebody in charge of every shift that has nobody, by one rule',
      params: Type.Object({ eventId: Id }),
      body: InChargeNaming,
      response: { 200: ref(InChargeNamed), ...problems },
    },
    handler: async ({ params, body, actor: by }) =>
      db.transaction((tx) => nameAllInCharge(tx, keys, { ...params, ...body, by, at: now() })),
  })
}
