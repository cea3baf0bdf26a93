import Type from 'typebox'
import { DistrictCode, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant } from '#platform/http/schemas.ts'
import { bookKinds, divisions, taskKinds } from '../words.ts'
import { figureKeys, type TaskFigures } from './figures.ts'

const described: Partial<Record<keyof TaskFigures, string>> = {
  issued: '交办 · what is open, closed and cancelled',
  closedDated: '整改率 = closedDated ÷ dated',
  closedDue: '结案率 = closedDue ÷ due',
  onTime: '按期结案率 = onTime ÷ dueNotSuspended',
  dueNotSuspended: 'What was due and not suspended, with earlier cycles',
  earlierCycles: '此前各轮 · due cycles before the present one: opened again, or taken over when overdue',
  sentBack: '返工率 = sentBack ÷ reported',
  extended: '延期率 = extended ÷ dated',
  reopened: '反弹率 = reopened ÷ everClosed',
  falseFindings: '误报 · cancelled as a false finding',
}
const counts = Object.fromEntries(
  figureKeys.map((key) => [
    key,
    Type.Integer(described[key] === undefined ? {} : { description: described[key] }),
  ]),
) as Record<keyof TaskFigures, ReturnType<typeof Type.Integer>>

export const TaskFiguresView = Type.Object(counts, { $id: 'TaskFigures' })

export const FiguresView = Type.Object(
  {
    at: Instant,
    by: oneOf(divisions),
    total: TaskFiguresView,
    groups: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), ...counts })),
  },
  { $id: 'BookFigures', description: '交办事项统计 · figures as of a moment' },
)

export const FiguresQuery = Type.Object({
  by: oneOf(divisions),
  at: Type.Optional(Instant),
  bookId: Type.Optional(Id),
  bookKind: Type.Optional(oneOf(bookKinds)),
  kind: Type.Optional(oneOf(taskKinds)),
  campaignId: Type.Optional(Id),
  unitId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
})

export const NoticeFigures = Body({
  by: oneOf(divisions),
  bookKind: Type.Optional(oneOf(bookKinds)),
  kind: Type.Optional(oneOf(taskKinds)),
  campaignId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
  at: Type.Optional(Instant),
})
