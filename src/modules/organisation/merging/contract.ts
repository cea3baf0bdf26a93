import Type, { type Static } from 'typebox'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { PersonView } from '../contract.ts'
import { nullable } from '../vocabulary.ts'

export const DuplicatePair = Type.Object({
  because: Type.Array(Type.Union([Type.Literal('contact'), Type.Literal('unit')]), {
    description: '同名且联系方式相同、同在一个单位 · namesakes who share a contact, belong to one unit',
  }),
  persons: Type.Array(PersonView),
})
export const DuplicatePage = Page(DuplicatePair)
export const DuplicateQuery = Type.Object({
  ...PageQuery.properties,
  because: Type.Optional(Type.Unsafe<'contact' | 'unit'>({ type: 'string', enum: ['contact', 'unit'] })),
})
export const MergeCreation = Body({ keptId: Id, mergedId: Id })
export const MergeView = Type.Object(
  {
    id: Id,
    keptId: Id,
    mergedId: Id,
    mergedAt: Instant,
    undoneAt: nullable(Instant),
  },
  { $id: 'Merge' },
)
export type MergeView = Static<typeof MergeView>
export const UndoneMerge = Type.Object(
  {
    ...MergeView.properties,
    notRestored: Type.Array(Type.Object({ kind: Type.String(), id: Id }), {
      description: '合并后又有变动、未能还原的记录 · Rows that were changed since, or have no room any more',
    }),
  },
  { $id: 'UndoneMerge' },
)
export const MergePage = Page(MergeView)
