import Type, { type Static } from 'typebox'
import { answers } from '#modules/mobilization/index.ts'
import { Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Id, Instant } from '#platform/http/schemas.ts'
import { outcomes } from '../words.ts'

/** 服务经历: the shifts somebody was placed on by teams within reach, the newest first, with what came of each. */
export const ServicePage = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        assignmentId: Id,
        event: Type.Object({ id: Id, name: Type.String(), timeZone: Type.String() }),
        shift: Type.Object({ id: Id, startsAt: Instant, endsAt: Instant, work: Type.String() }),
        zone: Named,
        team: nullable(Named),
        answer: nullable(oneOf(answers)),
        outcome: nullable(oneOf(outcomes)),
        minutes: nullable(Type.Integer({ description: '实际服务分钟 · inside the shift' })),
      }),
    ),
    nextCursor: nullable(Type.String()),
    times: Type.Integer({ description: '到岗次数 · of all of them, not only of this page' }),
    minutes: Type.Integer({ description: '服务分钟合计 · as recorded on the day' }),
  },
  { $id: 'ServicePage' },
)
export type ServicePage = Static<typeof ServicePage>
