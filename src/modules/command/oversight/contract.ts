import Type, { type Static } from 'typebox'
import { responsibilityLevels, zoneKinds } from '#modules/grid/index.ts'
import { Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Day, Id, Instant, ref } from '#platform/http/schemas.ts'
import { Funnel } from '../books/contract.ts'

const Left = Type.Object({
  id: Id,
  outline: Type.String(),
  text: Type.String(),
  book: Named,
  unit: Named,
  issuedAt: nullable(Instant),
})

export const BlindSpotsView = Type.Object(
  {
    unaccepted: Type.Array(Left, { description: '签收超时 · tasks that nobody accepted in time' }),
    unexplained: Type.Array(Left, {
      description: '未讲解 · items of units in a counsellor’s charge that nobody explained',
    }),
    ofClosed: Type.Array(Left, {
      description: '停用单位名下 · tasks that closed units owe: reissue or cancel them',
    }),
    eachOther: Type.Array(Type.Object({ one: Named, other: Named, tasks: Type.Integer() }), {
      description: '互相核查 · units that sign off each other’s tasks',
    }),
  },
  { $id: 'BlindSpots', description: '盲区 · the first 200 of each kind' },
)
export type BlindSpotsView = Static<typeof BlindSpotsView>

export const ChargeView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        unit: Named,
        items: Type.Integer({ description: 'Open items that it owes' }),
        explained: Type.Integer({ description: '已讲解' }),
        unaccepted: Type.Integer({ description: '签收超时' }),
        overdue: Type.Integer(),
      }),
    ),
  },
  {
    $id: 'TaskCharge',
    description: '辅导对象 · units that owe items, those with the most left to explain first',
  },
)
export type ChargeView = Static<typeof ChargeView>

export const CompoundsView = Type.Object(
  {
    personId: nullable(Id),
    standing: ref(Funnel),
    items: Type.Array(
      Type.Object({
        zone: Named,
        kind: oneOf(zoneKinds),
        level: oneOf(responsibilityLevels),
        since: Day,
        unit: nullable(Named),
        funnel: ref(Funnel),
      }),
    ),
  },
  {
    $id: 'OwnCompounds',
    description: '包保小区 · the zones you answer for, and how the tasks stand that you lead (`standing`)',
  },
)
export type CompoundsView = Static<typeof CompoundsView>
