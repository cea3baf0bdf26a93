import Type from 'typebox'
import { Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Id, Instant, Page, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { type Duty, dutiesOf } from './duties.ts'
import { readNumbers } from './numbers.ts'
import { dutyRoles } from './words.ts'

/** The shifts of one user, for a leader's phone. */
export const DutyList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        shiftId: Id,
        event: Type.Object({ id: Id, name: Type.String(), timeZone: Type.String() }),
        zone: Named,
        work: Type.String(),
        startsAt: Instant,
        endsAt: Instant,
        meetingPoint: nullable(Type.String()),
        cancelled: Type.Boolean({
          description:
            '已取消，尚有人员在岗 · it was cancelled, and people are still there: let them go (收队)',
        }),
        as: Type.Array(oneOf(dutyRoles)),
        expected: Type.Integer({
          description: '应到 · of the whole shift for who is in charge, else of the own teams',
        }),
        present: Type.Integer({ description: '已到' }),
        minors: Type.Integer({ description: '其中未成年人 · minors among those expected' }),
      }),
    ),
  },
  { $id: 'DutyList' },
)

/** Whom a leader may call. */
export const NumberPage = Page(
  Type.Object(
    { participationId: Id, person: Named, team: nullable(Named), phone: nullable(Type.String()) },
    { $id: 'CallNumber' },
  ),
)
const NumberQuery = Type.Object({
  ...PageQuery.properties,
  shiftId: Type.Optional(Id),
  teamId: Type.Optional(Id),
})

/** 我的岗位, and the numbers that go with it. */
export function dutyRoutes(app: App, context: AppContext): void {
  listRoute(app, context)
  numberRoute(app, context)
}

function numberRoute(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/numbers',
    config: { access: 'attendance.read' },
    schema: {
      operationId: 'readNumbers',
      tags: ['点名 · roll-call'],
      summary:
        '队员电话，记入审计 · numbers of the adults of one’s own teams during the event, and of a shift one is in charge of, two hours either side; audited',
      params: Type.Object({ eventId: Id }),
      querystring: NumberQuery,
      response: { 200: NumberPage, ...problems },
    },
    handler: async ({ params, query, actor: by }) => {
      const request = { ...params, ...query, by, at: now() }
      const { items, nextCursor } = await db.transaction((tx) => readNumbers(tx, keys, request))
      return {
        items: items.map(({ participationId, person: { id, name }, team, phone }) => {
          return { participationId, person: { id, name }, team, phone }
        }),
        nextCursor,
      }
    },
  })
}

function listRoute(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/my/duties',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'listMyDuties',
      tags: ['点名 · roll-call'],
      summary:
        '我的岗位 · the shifts one is in charge of, leads a team on, or stands on oneself; soonest first',
      response: { 200: ref(DutyList), ...problems },
    },
    handler: async ({ actor }) => ({ items: (await dutiesOf(db.read, actor, now())).map(presentDuty) }),
  })
}

function presentDuty({ shift, cancelled, zone, event, as, expected, present, minors }: Duty) {
  const { id: shiftId, work, startsAt, endsAt, meetingPoint } = shift
  return {
    shiftId,
    event,
    zone,
    work,
    startsAt: isoOf(startsAt),
    endsAt: isoOf(endsAt),
    meetingPoint,
    cancelled,
    as,
    expected,
    present,
    minors,
  }
}
