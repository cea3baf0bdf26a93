import Type, { type Static } from 'typebox'
import { prose } from '#modules/events/index.ts'
import { line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Day, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { FiguresView } from '../figures/contract.ts'
import { bookKinds, bookStates } from '../words.ts'

/** 漏斗: how many tasks stand where. */
export const Funnel = Type.Object(
  {
    tasks: Type.Integer(),
    draft: Type.Integer(),
    issued: Type.Integer({ description: '待签收' }),
    accepted: Type.Integer({ description: '办理中' }),
    returned: Type.Integer({ description: '已退回' }),
    reported: Type.Integer({ description: '待核查' }),
    suspended: Type.Integer({ description: '挂账' }),
    closed: Type.Integer({ description: '已销号' }),
    cancelled: Type.Integer({ description: '已撤销' }),
    overdue: Type.Integer({ description: '已逾期 · of those issued or under way' }),
  },
  { $id: 'TaskFunnel', description: '漏斗 · the tasks within your reach by state' },
)
export type Funnel = Static<typeof Funnel>

export const BookView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    kind: oneOf(bookKinds),
    title: Type.String(),
    documentNumber: nullable(Type.String()),
    issuer: Named,
    body: nullable(Named),
    checkUnit: nullable(Named),
    campaign: nullable(Named),
    zone: nullable(Named),
    supersedesId: nullable(Id),
    text: nullable(Type.String({ description: '正文 · what it says before its tasks' })),
    validUntil: nullable(Day),
    figures: nullable(FiguresView),
    amounts: Type.Array(
      Type.Object({ measure: Type.String(), target: Type.Integer(), amount: Type.Integer() }),
      { description: '工程量 · targets and amounts of its stages, by what they count' },
    ),
    state: oneOf(bookStates),
    publishedAt: nullable(Instant),
    closedAt: nullable(Instant),
    createdAt: Instant,
    funnel: Funnel,
    allowed: Type.Object({
      edit: Type.Boolean({ description: 'You may change it and its drafts' }),
      publish: Type.Boolean(),
      close: Type.Boolean(),
    }),
  },
  { $id: 'Book' },
)
export type BookView = Static<typeof BookView>
export const BookPage = Page(BookView)

export const BookQuery = Type.Object({
  ...PageQuery.properties,
  kind: Type.Optional(oneOf(bookKinds)),
  state: Type.Optional(oneOf(bookStates)),
  campaignId: Type.Optional(Id),
  search: Type.Optional(Type.String({ maxLength: 100 })),
})

const fields = {
  title: line(100),
  documentNumber: Type.Optional(nullable(line(60))),
  bodyId: Type.Optional(nullable(Id)),
  checkUnitId: Type.Optional(nullable(Id)),
  campaignId: Type.Optional(nullable(Id)),
  zoneId: Type.Optional(nullable(Id)),
  supersedesId: Type.Optional(nullable(Id)),
  text: Type.Optional(nullable(prose(5000))),
  validUntil: Type.Optional(nullable(Day)),
}
export const BookCreation = Body({ kind: oneOf(bookKinds), issuerUnitId: Id, ...fields })
export type BookCreation = Static<typeof BookCreation>
export const BookChange = Body({ ...fields, title: Type.Optional(line(100)) })
export type BookChange = Static<typeof BookChange>
