import Type from 'typebox'
import { eventRow, namesFor, shiftRow } from '#modules/events/index.ts'
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
import { fullAssignment, listAssignments } from './participation-queries.ts'
import { assignmentView } from './present.ts'
import { removeAssignment } from './remove-assignment.ts'

const tags = ['动员 · mobilization']
const ofShift = Type.Object({ shiftId: Id })
const place = Type.Object({ shiftId: Id, personId: Id })

/** 岗位安排: who stands on which shift. */
export function assignmentRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  namingRoutes(app, context)
}

function readingRoutes(app: App, { db, now }: AppContext): void {
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
      const nameOf = namesFor(actor)
      return { items: items.map((each) => assignmentView(each, nameOf)), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/shifts/:shiftId/eligibility/:personId',
    config: { access: 'sign-ups.edit' },
    schema: {
      operationId: 'checkEligibility',
      tags,
      summary: '能否上岗 · whether a person could take the shift, and if not the one reason why',
      params: place,
      response: { 200: ref(EligibilityView), ...problems },
    },
    handler: async ({ params, actor: by }) => checkEligibility(db.read, { ...params, by, at: now() }),
  })
}

function namingRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/shifts/:shiftId/assignments/:personId',
    config: { access: 'sign-ups.edit' },
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
      return assignmentView(full, namesFor(by))
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/shifts/:shiftId/assignments/:personId',
    config: { access: 'sign-ups.edit' },
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
