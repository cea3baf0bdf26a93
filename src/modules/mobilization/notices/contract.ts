import Type, { type Static } from 'typebox'
import { Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { noticeKinds, unreached } from '../words.ts'

export const NoticeView = Type.Object(
  {
    id: Id,
    kind: oneOf(noticeKinds),
    participationId: Id,
    person: Type.Object({ id: Id, name: Type.String(), minor: Type.Boolean() }),
    team: nullable(Named),
    shift: nullable(Type.Object({ id: Id, work: Type.String(), startsAt: Instant, zone: Named })),
    before: nullable(
      Type.Object({
        startsAt: Instant,
        endsAt: Instant,
        zoneName: Type.String(),
        meetingPoint: nullable(Type.String()),
      }),
    ),
    unreached: nullable(oneOf(unreached)),
    toldAt: nullable(Instant),
    toldByUserId: nullable(Id),
    createdAt: Instant,
  },
  { $id: 'Notice' },
)
export type NoticeView = Static<typeof NoticeView>
export const NoticePage = Page(NoticeView)
export const NoticeQuery = Type.Object({
  ...PageQuery.properties,
  teamId: Type.Optional(Id),
  unreached: Type.Optional(
    Type.Boolean({ default: false, description: '待电话通知 · only whom a leader has to call' }),
  ),
})
export type NoticeQuery = Static<typeof NoticeQuery>
