import Type, { type Static } from 'typebox'
import { taskStates } from '#modules/command/index.ts'
import { DistrictCode, line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { PictureView } from '#platform/pictures/index.ts'
import { answeringSteps, caseFlags, caseSources, heldReasons, recheckOutcomes, severities } from '../words.ts'

const shown = {
  id: Id,
  version: Type.Integer(),
  number: Type.String({ description: '2026-03-017' }),
  source: oneOf(caseSources),
  roundId: nullable(Id),
  visitId: Id,
  standard: Type.Object({ id: Id, code: Type.String(), text: Type.String() }),
  category: nullable(Type.String({ description: '指标 · the indicator' })),
  severity: oneOf(severities),
  point: nullable(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
  zone: Named,
  districtCode: Type.String({ description: 'Empty: of the city alone' }),
  unit: nullable(Named),
  answeringStep: nullable(
    Type.Unsafe<keyof typeof answeringSteps>({
      type: 'string',
      enum: Object.keys(answeringSteps),
      description: '由哪一步确定责任单位 · by which step it was decided who answers',
    }),
  ),
  foundBy: nullable(Named),
  foundAt: Instant,
  taskId: nullable(Id),
  taskState: nullable(oneOf(taskStates)),
  dueAt: nullable(Instant),
  overdue: Type.Boolean(),
  heldBecause: nullable(oneOf(heldReasons)),
  issuedWithoutPicturesAt: nullable(
    Type.String({ format: 'date-time', description: '缺照片 · issued before its pictures came' }),
  ),
  recurrences: Type.Integer({ description: '反弹次数' }),
  recheckOutcome: nullable(oneOf(recheckOutcomes)),
  flags: Type.Array(oneOf(caseFlags), {
    description: '提示 · what looks odd about it; nothing is refused for it',
  }),
  shiftId: nullable(Id),
  createdAt: Instant,
}
export const CaseView = Type.Object(shown, { $id: 'Case', description: '整改问题 · a finding to put right' })
export type CaseView = Static<typeof CaseView>
export const CasePage = Page(CaseView)
export const WholeCaseView = Type.Object(
  {
    ...shown,
    before: Type.Array(PictureView, { description: '整改前' }),
    after: Type.Array(PictureView, { description: '整改后 · what the unit sent' }),
    notes: Type.Array(Type.String(), { description: 'What the inspectors wrote' }),
    awaited: Type.Integer({
      description: '未上传 · pictures that the phone took of it and that did not come yet',
    }),
    allowed: Type.Object({
      issue: Type.Boolean({ description: 'You may issue it now, without waiting for its pictures' }),
      nameUnit: Type.Boolean({ description: 'You may say who answers for it' }),
      draftShift: Type.Boolean({ description: 'You may draft a shift from it' }),
    }),
  },
  { $id: 'WholeCase' },
)
export type WholeCaseView = Static<typeof WholeCaseView>

const filters = {
  roundId: Type.Optional(Id),
  unitId: Type.Optional(Id),
  zoneId: Type.Optional(Id),
  pointId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
  source: Type.Optional(oneOf(caseSources)),
  severity: Type.Optional(oneOf(severities)),
  flag: Type.Optional(oneOf(caseFlags)),
  number: Type.Optional(line(40)),
}
export const CaseQuery = Type.Object({
  ...PageQuery.properties,
  ...filters,
  waiting: Type.Optional(Type.Boolean({ description: '待交办 · not issued yet' })),
  state: Type.Optional(oneOf(taskStates)),
  overdue: Type.Optional(Type.Boolean({ description: '逾期' })),
})
export const CaseCountQuery = Type.Object(filters)
export const CaseCount = Type.Object(
  {
    all: Type.Integer(),
    more: Type.Boolean({ description: 'There are more than are counted' }),
    waiting: Type.Integer({ description: '待交办' }),
    overdue: Type.Integer({ description: '逾期' }),
    states: Type.Object(
      Object.fromEntries(Object.keys(taskStates).map((state) => [state, Type.Integer()])) as Record<
        keyof typeof taskStates,
        ReturnType<typeof Type.Integer>
      >,
      { description: 'Of what was issued' },
    ),
  },
  { $id: 'CaseCount', description: '各状态问题数 · how many cases fit a filter, by their state' },
)
export type CaseCount = Static<typeof CaseCount>

export const DutyView = Type.Object(
  {
    shifts: Type.Array(
      Type.Object({
        id: Id,
        eventId: Id,
        work: Type.String(),
        startsAt: Instant,
        endsAt: Instant,
        zone: Named,
        inCharge: nullable(Type.String({ description: '现场负责人 · named as you may name people' })),
        teams: Type.Array(
          Type.Object({ id: Id, name: Type.String(), present: Type.Integer({ description: '在岗人数' }) }),
        ),
      }),
    ),
  },
  { $id: 'CaseDuty', description: '现在谁在岗 · shifts that are on now in the zone of a case or below it' },
)
export type DutyView = Static<typeof DutyView>

const Heads = Type.Integer({ minimum: 0, maximum: 10_000 })
export const CaseShift = Body({
  eventId: Id,
  startsAt: Instant,
  endsAt: Instant,
  min: Heads,
  target: Heads,
  max: Type.Integer({ minimum: 1, maximum: 10_000 }),
})
export type CaseShift = Static<typeof CaseShift>

export const CaseUnit = Body({ unitId: Id })
