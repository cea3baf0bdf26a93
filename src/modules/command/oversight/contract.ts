import Type, { type Static } from 'typebox'
import { Named, nullable } from '#modules/organisation/index.ts'
import { Id, Instant } from '#platform/http/schemas.ts'

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
    eachOther: Type.Array(Type.Object({ one: Named, other: Named, tasks: Type.Integer() }), {
      description: '互相核查 · units that sign off each other’s tasks',
    }),
  },
  { $id: 'BlindSpots', description: '盲区 · the first 200 of each kind' },
)
export type BlindSpotsView = Static<typeof BlindSpotsView>
