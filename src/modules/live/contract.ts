import Type, { type Static } from 'typebox'
import { dutyRoles } from '#modules/attendance/index.ts'
import { line, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, ref } from '#platform/http/schemas.ts'

const counts = {
  expected: Type.Integer({ description: '应到 · named people and heads held for teams' }),
  present: Type.Integer({ description: '实名到岗' }),
  counted: Type.Integer({ description: '不记名到岗' }),
}

/** How a part of the event stands. */
const LiveZone = Type.Object({
  id: Type.String({ description: 'Of the zone; `schools` for all school zones in sum' }),
  name: Type.String(),
  districtCode: nullable(Type.String()),
  ...counts,
})

/** 实时到岗: counts of an event, now; never a name of a person. */
export const LiveView = Type.Object(
  {
    eventId: Id,
    at: Instant,
    total: Type.Object({
      ...counts,
      shifts: Type.Integer(),
      target: Type.Integer({ description: '需求' }),
      late: Type.Integer({ description: '迟到' }),
      checkedOut: Type.Integer({ description: '已签退' }),
    }),
    zones: Type.Array(LiveZone),
    minutes: Type.Array(
      Type.Object({
        at: Instant,
        present: Type.Integer({ description: 'Arrived by the end of this minute' }),
      }),
      { description: '到岗曲线 · minutes in which somebody came' },
    ),
    teamsShort: Type.Array(
      Type.Object({ name: Type.String(), expected: Type.Integer(), present: Type.Integer() }),
      { description: '缺人最多的队伍 · of ten people or more, on shifts that have begun' },
    ),
    latest: Type.Array(Type.Object({ at: Instant, zone: Type.String(), arrived: Type.Integer() }), {
      description: '最新到岗 · newest first',
    }),
  },
  { $id: 'Live' },
)
export type LiveView = Static<typeof LiveView>

export const StreamQuery = Type.Object({
  seconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 86_400,
      description: 'Ends by itself after so many seconds; 0: after what is there now',
    }),
  ),
})

/** 现场负责人: who is in charge in a zone, with the numbers that volunteers were given. */
export const InChargeList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        shiftId: Id,
        work: Type.String(),
        startsAt: Instant,
        endsAt: Instant,
        people: Type.Array(
          Type.Object({
            role: oneOf({ in_charge: dutyRoles.in_charge, deputy: dutyRoles.deputy }),
            name: Type.String(),
            phone: nullable(Type.String()),
          }),
        ),
      }),
    ),
  },
  { $id: 'InChargeList' },
)

export const ScreenCreation = Body({ name: line(40) })
export const ScreenView = Type.Object(
  { id: Id, eventId: Id, name: Type.String(), createdAt: Instant, revokedAt: nullable(Instant) },
  { $id: 'Screen' },
)
export const ScreenIssued = Type.Object(
  { ...ScreenView.properties, url: Type.String({ description: 'Shown once: opened on the screen' }) },
  { $id: 'ScreenIssued' },
)
export const ScreenList = Type.Object({ items: Type.Array(ref(ScreenView)) }, { $id: 'ScreenList' })

/** Where a zone lies; of a school zone nothing. */
const LivePlace = Type.Object({
  id: Type.String(),
  centre: nullable(Type.Array(Type.Number(), { description: 'Longitude and latitude, WGS-84' })),
  rings: Type.Array(Type.Array(Type.Array(Type.Number())), { description: 'Outer rings of its boundary' }),
})

/** Where the zones of an event lie, for its map. */
export const PlaceList = Type.Object({ items: Type.Array(LivePlace) }, { $id: 'PlaceList' })

/** What a screen shows: the event, its zones on the map, and its figures. */
export const ScreenPage = Type.Object(
  {
    event: Type.Object({
      name: Type.String(),
      theme: nullable(Type.String()),
      organiser: Type.String(),
      timeZone: Type.String(),
      startsAt: Instant,
      endsAt: Instant,
    }),
    places: Type.Array(LivePlace),
    live: ref(LiveView),
    simulated: Type.Boolean(),
    build: nullable(Type.String()),
  },
  { $id: 'ScreenPage' },
)
export type ScreenPage = Static<typeof ScreenPage>
