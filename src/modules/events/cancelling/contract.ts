import Type, { type Static } from 'typebox'
import { line, Named, nullable } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page } from '#platform/http/schemas.ts'
import { previewed } from '#platform/previews/index.ts'
import { ShiftSelection } from '../contract-selection.ts'

export const ShiftCancellationSpec = Body({ where: ShiftSelection, reason: line(200) })
export type ShiftCancellationSpec = Static<typeof ShiftCancellationSpec>

export const ShiftCancellationPreview = Type.Object(
  {
    ...previewed,
    shifts: Type.Integer({ description: 'Shifts that would be cancelled' }),
    zones: Type.Integer(),
    over: Type.Integer({ description: 'Selected shifts that are over already: they stay' }),
    people: Type.Integer({ description: '人数 · people who hold a place on them' }),
    heads: Type.Integer({
      description: '未实名人数 · heads of teams without names: their leaders tell them',
    }),
    messages: Type.Integer({ description: '消息条数 · one for each number; none for a draft' }),
    unreachable: Type.Integer({ description: '需电话通知人数 · people whom no message reaches' }),
    tellsAfterMin: Type.Integer({
      description: '几分钟后通知 · until then it can be undone; 0 when one of them begins within two hours',
    }),
    sample: Type.Array(
      Type.Object({ id: Id, zone: Named, work: Type.String(), startsAt: Instant, endsAt: Instant }),
      { description: 'The first twenty, in order of time' },
    ),
  },
  { $id: 'ShiftCancellationPreview' },
)

export const ShiftCancellationView = Type.Object(
  {
    id: Id,
    eventId: Id,
    where: ShiftSelection,
    reason: Type.String(),
    shifts: Type.Integer(),
    people: Type.Integer({ description: '人次 · places that were held on them' }),
    createdAt: Instant,
    tellsAt: Instant,
    toldAt: nullable(Instant),
    undoneAt: nullable(Instant),
    undoable: Type.Boolean({
      description: '可撤销 · while nobody was told; what people were told cannot be taken back',
    }),
  },
  { $id: 'ShiftCancellation' },
)
export const ShiftCancellationPage = Page(ShiftCancellationView)
