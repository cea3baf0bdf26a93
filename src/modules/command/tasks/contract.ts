import Type, { type Static } from 'typebox'
import { prose } from '#modules/events/index.ts'
import { line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Day, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { bookKinds, desks, dueKinds, moveKinds, taskKinds, taskStates } from '../words.ts'

export const DueClass = Type.String({
  pattern: '^(hours|work_hours|workdays):[1-9][0-9]{0,2}$',
  description: '时限 · a limit from the moment of issue: `hours:24`, `work_hours:5`, `workdays:3`',
})
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })

export const MoveView = Type.Object(
  {
    sequence: Type.Integer(),
    kind: oneOf(moveKinds),
    at: Instant,
    by: nullable(Named),
    byUnit: nullable(Named),
    reason: nullable(Type.String()),
    dueAt: nullable(Instant),
    until: nullable(Instant),
    unit: nullable(Named),
    amount: nullable(Count),
    intoId: nullable(Id),
    undoes: nullable(Type.Integer({ description: 'The sequence of the move that it takes back' })),
    undone: Type.Boolean({ description: '已撤回 · it was taken back' }),
    attempt: Type.Integer(),
    cycle: Type.Integer(),
  },
  { $id: 'TaskMove', description: '流转 · one move of a task; without `by` the service made it' },
)
export type MoveView = Static<typeof MoveView>

const task = {
  id: Id,
  version: Type.Integer(),
  book: Type.Object({ id: Id, title: Type.String(), kind: oneOf(bookKinds) }),
  kind: oneOf(taskKinds),
  outline: Type.String(),
  text: Type.String(),
  acceptance: nullable(Type.String()),
  unit: Named,
  supporting: Type.Array(Named),
  issuer: Named,
  checker: nullable(Named),
  body: nullable(Named),
  leader: nullable(Named),
  zone: nullable(Named),
  afterId: nullable(Id),
  waits: Type.Boolean({ description: 'The task before it is not signed off yet' }),
  dueKind: oneOf(dueKinds),
  dueClass: nullable(DueClass),
  dueOn: nullable(Day),
  target: nullable(Count),
  amount: nullable(Count),
  measure: nullable(Type.String()),
  state: oneOf(taskStates),
  overdue: Type.Boolean(),
  acceptedLate: Type.Boolean({ description: '签收超时 · it was not accepted in time' }),
  issuedAt: nullable(Instant),
  answerBy: nullable(Instant),
  firstDueAt: nullable(Instant),
  dueAt: nullable(Instant),
  reportedAt: nullable(Instant),
  closedAt: nullable(Instant),
  suspendedUntil: nullable(Instant),
  cancelledAt: nullable(Instant),
  asked: nullable(
    Type.Unsafe<'extension' | 'suspension'>({ type: 'string', enum: ['extension', 'suspension'] }),
  ),
  askedUntil: nullable(Instant),
  disputedAt: nullable(Instant),
  falseAt: nullable(Instant),
  carriedIntoId: nullable(Id),
  awardedUntil: nullable(Instant),
  attempts: Type.Integer(),
  extensions: Type.Integer(),
  cycle: Type.Integer(),
  createdAt: Instant,
}
const moves = { moves: Type.Array(oneOf(moveKinds), { description: 'What you may do with it now' }) }
export const TaskView = Type.Object({ ...task, allowed: Type.Object(moves) }, { $id: 'Task' })
export type TaskView = Static<typeof TaskView>
export const TaskPage = Page(TaskView)
export const WholeTaskView = Type.Object(
  { ...TaskView.properties, moves: Type.Array(MoveView) },
  { $id: 'WholeTask' },
)
export type WholeTaskView = Static<typeof WholeTaskView>

export const TaskQuery = Type.Object({
  ...PageQuery.properties,
  bookId: Type.Optional(Id),
  unitId: Type.Optional(Id),
  zoneId: Type.Optional(Id),
  state: Type.Optional(oneOf(taskStates)),
  overdue: Type.Optional(Type.Boolean()),
  desk: Type.Optional(oneOf(desks)),
  leaderPersonId: Type.Optional(Id),
  kind: Type.Optional(oneOf(taskKinds)),
  open: Type.Optional(Type.Boolean({ description: '未办结 · issued, neither signed off nor cancelled' })),
  explained: Type.Optional(Type.Boolean({ description: '已讲解 · in the present cycle' })),
})

const fields = {
  outline: line(20),
  text: prose(1000),
  acceptance: Type.Optional(nullable(prose(1000))),
  unitId: Id,
  supportingUnitIds: Type.Optional(Type.Array(Id, { maxItems: 50 })),
  bodyId: Type.Optional(nullable(Id)),
  leaderPersonId: Type.Optional(nullable(Id)),
  zoneId: Type.Optional(nullable(Id)),
  afterId: Type.Optional(nullable(Id)),
  dueKind: oneOf(dueKinds),
  dueClass: Type.Optional(nullable(DueClass)),
  dueOn: Type.Optional(nullable(Day)),
  target: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 1_000_000_000 }))),
  measure: Type.Optional(nullable(line(20))),
}
export const TaskCreation = Body({ kind: oneOf(taskKinds), ...fields })
export type TaskCreation = Static<typeof TaskCreation>
export const TaskChange = Body({ ...Type.Partial(Type.Object(fields)).properties })
export type TaskChange = Static<typeof TaskChange>

export const MoveCreation = Body({
  id: Type.String({
    format: 'uuid',
    description: 'Chosen by the client: sent again, the move is not made twice',
  }),
  kind: oneOf(moveKinds),
  reason: Type.Optional(nullable(prose(500))),
  until: Type.Optional(nullable(Instant)),
  unitId: Type.Optional(nullable(Id)),
  amount: Type.Optional(nullable(Count)),
  intoId: Type.Optional(nullable(Id)),
})
export type MoveCreation = Static<typeof MoveCreation>
