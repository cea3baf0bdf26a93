import Type, { type Static } from 'typebox'
import { line, nullable } from '#modules/organisation/index.ts'
import { Body, Day, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { prose, search } from './parts.ts'

export const CampaignView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
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
export const CampaignCreation = Body({
  name: line(100),
  description: Type.Optional(nullable(prose(2000))),
  startsOn: Day,
  endsOn: Day,
})
export const CampaignChange = Body({ ...Type.Partial(CampaignCreation).properties })
export type CampaignCreation = Static<typeof CampaignCreation>
export type CampaignChange = Static<typeof CampaignChange>
export const CampaignQuery = Type.Object({ ...PageQuery.properties, ...search })
