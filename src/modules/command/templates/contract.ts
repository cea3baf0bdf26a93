import Type, { type Static } from 'typebox'
import { prose } from '#modules/events/index.ts'
import { responsibilityLevels, zoneKinds } from '#modules/grid/index.ts'
import { DistrictCode, line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Day, Id, Instant } from '#platform/http/schemas.ts'
import { previewed } from '#platform/previews/index.ts'
import { DueClass } from '../tasks/contract.ts'
import { cadences, expansionScopes, skipReasons, taskKinds } from '../words.ts'

const Within = Type.Object(
  {
    unitIds: Type.Optional(Type.Array(Id, { maxItems: 500, description: '`once`, `units`: who owes it' })),
    level: Type.Optional(oneOf(responsibilityLevels)),
    zoneKinds: Type.Optional(Type.Array(oneOf(zoneKinds), { maxItems: 40 })),
    districtCode: Type.Optional(DistrictCode),
    zoneId: Type.Optional(Id),
  },
  { additionalProperties: false, description: '适用范围 · the part of the scope that it is for' },
)

const DueDay = Type.String({
  maxLength: 5,
  description:
    '截止日 · day of the week (1–7), of the month, of the quarter’s last month; `12-25` of the year',
})

const fields = {
  outline: line(10),
  text: prose(1000),
  acceptance: Type.Optional(nullable(prose(1000))),
  bodyId: Type.Optional(nullable(Id)),
  within: Type.Optional(Within),
  cadence: Type.Optional(oneOf(cadences)),
  dueDay: Type.Optional(nullable(DueDay)),
  dueClass: Type.Optional(nullable(DueClass)),
  dueOn: Type.Optional(nullable(Day)),
  target: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 1_000_000_000 }))),
  measure: Type.Optional(nullable(line(20))),
}
export const TemplateCreation = Body({ kind: oneOf(taskKinds), scope: oneOf(expansionScopes), ...fields })
export type TemplateCreation = Static<typeof TemplateCreation>

export const TaskTemplateView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    bookId: Id,
    kind: oneOf(taskKinds),
    outline: Type.String(),
    text: Type.String(),
    acceptance: nullable(Type.String()),
    body: nullable(Named),
    scope: oneOf(expansionScopes),
    within: Within,
    cadence: oneOf(cadences),
    dueDay: nullable(Type.String()),
    dueClass: nullable(DueClass),
    dueOn: nullable(Day),
    target: nullable(Type.Integer()),
    measure: nullable(Type.String()),
    tasks: Type.Integer({ description: 'How many tasks were made of it' }),
    endedAt: nullable(Instant),
    createdAt: Instant,
  },
  { $id: 'TaskTemplate' },
)
export type TaskTemplateView = Static<typeof TaskTemplateView>
export const TaskTemplateList = Type.Object({ items: Type.Array(TaskTemplateView) })

const counts = {
  period: Type.String({ description: '`2026-03`; empty where it is issued once' }),
  made: Type.Integer({ description: '新增 · tasks that are made' }),
  reissued: Type.Integer({ description: '改派 · open tasks whose bearer changed' }),
  kept: Type.Integer({ description: '不变 · tasks that are there already' }),
  gone: Type.Integer({ description: '不再对应 · open tasks that belong to nobody of the scope any more' }),
}
export const ExpansionPreview = Type.Object(
  {
    ...counts,
    skipped: Type.Array(
      Type.Object({ zone: nullable(Named), unit: nullable(Named), because: oneOf(skipReasons) }),
    ),
    ...previewed,
  },
  { $id: 'ExpansionPreview' },
)
