import Type, { type Static } from 'typebox'
import { Id } from '#platform/http/schemas.ts'
import { period, shiftFilter } from './contract.ts'

/** Which shifts of an event an act on many concerns: those that meet every condition given. */
export const ShiftSelection = Type.Object(
  {
    shiftIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 5000, uniqueItems: true })),
    zoneIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 2000, uniqueItems: true })),
    times: Type.Optional(
      Type.Array(period, {
        minItems: 1,
        maxItems: 50,
        description: '时段 · shifts that lie within one of them; with zoneIds: zones × times',
      }),
    ),
    ...shiftFilter,
  },
  {
    $id: 'ShiftSelection',
    additionalProperties: false,
    minProperties: 1,
    description:
      '选定班次：列出的、区域×时段、县区，或筛选条件本身 · by ids, zones × times, a district, or the filter itself',
  },
)
export type ShiftSelection = Static<typeof ShiftSelection>
