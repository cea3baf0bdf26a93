import Type, { type Static } from 'typebox'
import { line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Day, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { prose, search } from './parts.ts'
import { campaignKinds } from './words.ts'

export const CampaignView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    kind: oneOf(campaignKinds),
    parent: nullable(Named),
    name: Type.String(),
    description: nullable(Type.String()),
    startsOn: Day,
    endsOn: Day,
    events: Type.Integer({ description: 'How many events belong to it, cancelled ones included' }),
    createdAt: Instant,
  },
  { $id: 'Campaign' },
)
export type CampaignView = Static<typeof CampaignView>
export const CampaignPage = Page(CampaignView)
const fields = {
  name: line(100),
  description: Type.Optional(nullable(prose(2000))),
  startsOn: Day,
  endsOn: Day,
}
export const CampaignCreation = Body({
  ...fields,
  kind: Type.Optional(oneOf(campaignKinds)),
  parentId: Type.Optional(
    nullable(Type.Unsafe<string>({ ...Id, description: '所属专项行动或月主题 · of a month or a week' })),
  ),
})
export const CampaignChange = Body({ ...Type.Partial(Type.Object(fields)).properties })
export type CampaignCreation = Static<typeof CampaignCreation>
export type CampaignChange = Static<typeof CampaignChange>
export const CampaignQuery = Type.Object({
  ...PageQuery.properties,
  ...search,
  kind: Type.Optional(oneOf(campaignKinds)),
  parentId: Type.Optional(Id),
})
