import Type, { type Static } from 'typebox'
import { Id, Instant } from '#platform/http/schemas.ts'

const ints = (description: string) => Type.Array(Type.Integer(), { description })

/**
 * 岗位总表 · an event's places in columns: the n-th entry of each array of a part belongs to its n-th thing. Shifts and
 * parties name zones, times, works and teams by their position.
 */
export const BoardView = Type.Object(
  {
    eventId: Id,
    partial: Type.Boolean({
      description: '只含本人管理范围内的队伍 · only the teams within the caller’s reach',
    }),
    zones: Type.Object({
      ids: Type.Array(Id),
      names: Type.Array(Type.String()),
      districtCodes: Type.Array(Type.Union([Type.String(), Type.Null()])),
    }),
    times: Type.Object(
      { starts: Type.Array(Instant), ends: Type.Array(Instant) },
      { description: '时段，按先后 · in order' },
    ),
    works: Type.Array(Type.String()),
    shifts: Type.Object(
      {
        ids: Type.Array(Id),
        zones: ints('Position in zones'),
        times: ints('Position in times'),
        works: ints('Position in works'),
        min: ints('最低人数'),
        target: ints('目标人数'),
        max: ints('最多人数'),
        taken: ints('已占用 · people and heads without names'),
        minors: Type.Array(Type.Integer(), { description: '1: 未成年人可参加 · minors may serve' }),
      },
      { description: 'Shifts that are not cancelled' },
    ),
    teams: Type.Object({
      ids: Type.Array(Id),
      names: Type.Array(Type.String()),
      units: Type.Array(Type.Union([Type.String(), Type.Null()]), { description: 'Name of the unit' }),
    }),
    parties: Type.Object(
      {
        shifts: ints('Position in shifts'),
        teams: ints('Position in teams'),
        named: ints('实名人数 · people'),
        heads: ints('未实名人数 · heads without names'),
        accepted: ints('已接受 · people who accepted'),
        pinned: ints('锁定 · people and heads that a proposal must keep'),
      },
      { description: 'A team on a shift' },
    ),
  },
  { $id: 'Board' },
)
export type BoardView = Static<typeof BoardView>
