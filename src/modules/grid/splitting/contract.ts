import Type, { type Static } from 'typebox'
import { Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant } from '#platform/http/schemas.ts'
import { previewed } from '#platform/previews/index.ts'
import { ZoneCreation } from '../contract.ts'
import { heldKinds } from '../words.ts'

const { name, kind, code, boundary, centre, minorsSuitable } = ZoneCreation.properties
const partsMax = 20
const Part = Type.Object(
  {
    name,
    kind: Type.Optional(kind),
    ...{ code, boundary, centre, minorsSuitable },
  },
  { additionalProperties: false },
)
/** The place of a part in the list, from 0. */
const PartIndex = Type.Integer({ minimum: 0, maximum: partsMax - 1 })

export const ZoneSplitSpec = Body({
  parts: Type.Array(Part, {
    minItems: 2,
    maxItems: partsMax,
    description: '拆成的区域 · the zones that replace it; kind and suitability are its own unless stated',
  }),
  answers: Type.Optional(
    Type.Array(
      Type.Object(
        { id: Id, parts: Type.Array(PartIndex, { minItems: 1, maxItems: partsMax, uniqueItems: true }) },
        { additionalProperties: false },
      ),
      {
        maxItems: 5000,
        description:
          '各事项归入哪个区域 · where each thing goes; a duty may go to several parts, else to one',
      },
    ),
  ),
  rest: Type.Optional({
    ...PartIndex,
    description: '其余事项归入的区域 · where things go about which nothing else is said',
  }),
})
export type ZoneSplitSpec = Static<typeof ZoneSplitSpec>

export const ZoneSplitPreview = Type.Object(
  {
    ...previewed,
    things: Type.Array(
      Type.Object({
        kind: oneOf(heldKinds),
        id: Id,
        name: Type.String(),
        startsAt: nullable(Instant),
        parts: Type.Array(Type.Integer(), { description: 'Where it would go; empty: has to be answered' }),
      }),
    ),
    open: Type.Integer({ description: '待确定 · things about which has to be said where they go' }),
  },
  { $id: 'ZoneSplitPreview' },
)

export const ZoneSplitView = Type.Object(
  { zoneId: Id, parts: Type.Array(Named, { description: 'The zones that replaced it' }) },
  { $id: 'ZoneSplit' },
)
