import Type from 'typebox'
import { eventRow, readInstant } from '#modules/events/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { checkInByRollCall, checkOutByRollCall, undoCheckIn } from './call-roll.ts'
import {
  AttendanceView,
  EventAttendance,
  GroupCount,
  GroupCountView,
  OperationId,
  RollCall,
  RollPage,
  RollQuery,
} from './contract.ts'
import { countGroup } from './count-group.ts'
import { personOf } from './duties.ts'
import { presentAttendance, presentCount, presentRoll, presentTotals } from './present.ts'
import { rollOf } from './queries.ts'
import { stampOf, unstamped } from './roll/stamp.ts'
import { totalsByZone } from './totals.ts'

const tags = ['签到 · attendance']
const ofAssignment = Type.Object({ assignmentId: Id })

/** Routes for leaders: roll-call, head counts, and attendance of shifts and events. */
export function leaderRoutes(app: App, context: AppContext): void {
  rollCallRoutes(app, context)
  undoRoute(app, context)
  countRoutes(app, context)
  seeingRoutes(app, context)
}

function rollCallRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/assignments/:assignmentId/check-in',
    config: { access: 'attendance.record' },
    schema: {
      operationId: 'checkInByRollCall',
      tags,
      summary: '点名签到 · a leader records or confirms that somebody is here',
      params: ofAssignment,
      body: RollCall,
      response: { 200: ref(AttendanceView), ...problems },
    },
    handler: async ({ params, body, actor }) =>
      presentAttendance(
        await db.transaction(
          (tx) => checkInByRollCall(tx, keys, { ...params, ...body, by: actor, at: now() }),
          {
            isolation: 'statement',
          },
        ),
      ),
  })
  app.route({
    method: 'PUT',
    url: '/api/assignments/:assignmentId/check-out',
    config: { access: 'attendance.record' },
    schema: {
      operationId: 'checkOutByRollCall',
      tags,
      summary: '点名签退 · a leader records that somebody left',
      params: ofAssignment,
      body: RollCall,
      response: { 200: ref(AttendanceView), ...problems },
    },
    handler: async ({ params, body, actor }) =>
      presentAttendance(
        await db.transaction((tx) => checkOutByRollCall(tx, { ...params, ...body, by: actor, at: now() }), {
          isolation: 'statement',
        }),
      ),
  })
}

function undoRoute(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'DELETE',
    url: '/api/assignments/:assignmentId/check-in',
    config: { access: 'attendance.record' },
    schema: {
      operationId: 'undoCheckIn',
      tags,
      summary: '撤销签到 · the person was not there; what was recorded is kept as history',
      params: ofAssignment,
      querystring: Type.Object({ operationId: OperationId }),
      response: { 200: ref(AttendanceView), ...problems },
    },
    handler: async ({ params, query, actor }) =>
      presentAttendance(
        await db.transaction((tx) => undoCheckIn(tx, { ...params, ...query, by: actor, at: now() })),
      ),
  })
}

function countRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/allotments/:allotmentId/group-count',
    // Whoever led a team until lately hands in what they counted then.
    config: { access: 'signed-in' },
    schema: {
      operationId: 'countGroup',
      tags,
      summary: '不记名清点 · how many came without being named; takes the place of the count before',
      params: Type.Object({ allotmentId: Id }),
      body: GroupCount,
      response: { 200: ref(GroupCountView), ...problems },
    },
    handler: async ({ params, body, actor }) =>
      presentCount(
        await db.transaction((tx) =>
          countGroup(tx, keys, { ...params, ...counted(body), by: actor, at: now() }),
        ),
      ),
  })
}

/** Times of a phone count with a stamp, and a stamp is of something that has a time. @throws DomainError `roll.stamp` */
function counted({ at, offline, ...count }: GroupCount) {
  if (offline === undefined && at === undefined) return count
  if (offline === undefined || at === undefined) throw unstamped()
  const { stamp, loadedAt, sentAt } = offline
  const times = { at: readInstant(at), loadedAt: readInstant(loadedAt), sentAt: readInstant(sentAt) }
  return { ...count, offline: { stamp, ...times } }
}

function seeingRoutes(app: App, { db, now, keys }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/shifts/:shiftId/attendance',
    config: { access: 'attendance.read' },
    schema: {
      operationId: 'readRoll',
      tags,
      summary: '班次签到名单 · the roll of a shift; with `missing`, who should be here and is not',
      params: Type.Object({ shiftId: Id }),
      querystring: RollQuery,
      response: { 200: RollPage, ...problems },
    },
    handler: async ({ params, query, actor }) => {
      const { missing = false, limit = 50, cursor } = query
      const reach = reachOf(actor, 'attendance.read')
      const personId = await personOf(db.read, actor.userId)
      const request = { shiftId: params.shiftId, reach, personId, missing, limit, cursor, now: now() }
      const { items, nextCursor } = await rollOf(db.read, request)
      return {
        items: items.map(presentRoll),
        nextCursor,
        stamp: stampOf(keys, { ...params, holder: actor.userId }, now()),
      }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/attendance',
    config: { access: 'reports.read' },
    schema: {
      operationId: 'readEventAttendance',
      tags,
      summary: '活动到岗情况 · live totals of an event and its zones: counts, never names',
      params: Type.Object({ eventId: Id }),
      response: { 200: ref(EventAttendance), ...problems },
    },
    handler: async ({ params }) => {
      await eventRow(db.read, params.eventId)
      return presentTotals(params.eventId, isoOf(now()), await totalsByZone(db.read, params.eventId))
    },
  })
}
