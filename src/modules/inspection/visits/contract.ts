import Type, { type Static } from 'typebox'
import { prose } from '#modules/events/index.ts'
import { Latitude, Longitude, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { PictureView, picturePlaces } from '#platform/pictures/index.ts'
import { StandardView } from '../schemes/contract.ts'
import {
  answerKinds,
  observationAnswers,
  pointClasses,
  standardClasses,
  visitRoles,
  visitStates,
} from '../words.ts'

const Pair = nullable(Type.Object({ earned: Type.Number(), possible: Type.Number(), percent: Type.Number() }))

const visit = {
  id: Id,
  version: Type.Integer(),
  roundId: nullable(Id),
  roundLabel: nullable(Type.String({ description: '2026-07' })),
  role: oneOf(visitRoles),
  attempt: Type.Integer(),
  point: nullable(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
  zone: Named,
  districtCode: Type.String({ description: 'Empty: of the city alone' }),
  pointClass: nullable(oneOf(pointClasses)),
  inclusion: nullable(Type.Number({ description: 'π · with which probability it was drawn' })),
  state: oneOf(visitStates),
  inspectorUserId: nullable(Type.String({ description: 'For whoever runs the round' })),
  inspectorName: nullable(Type.String({ description: 'For whoever runs the round' })),
  inspectorUnit: nullable(Named),
  opensAt: nullable(Instant),
  startedAt: nullable(Instant),
  endedAt: nullable(Instant),
  receivedAt: nullable(Instant),
  afterClosure: Type.Boolean({ description: '轮次结束后送达 · it raises cases and changes no score' }),
  place: nullable(oneOf(picturePlaces)),
  balanced: Pair,
  pooled: Pair,
  valid: nullable(Type.Integer()),
  notApplicable: nullable(Type.Integer({ description: '不适用' })),
  unseen: nullable(Type.Integer({ description: '未见' })),
}
export const VisitView = Type.Object(visit, { $id: 'Visit', description: '走访 · somebody looks at a point' })
export type VisitView = Static<typeof VisitView>
export const VisitPage = Page(VisitView)
export const VisitQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(visitStates)),
  districtCode: Type.Optional(Type.String({ maxLength: 12, description: 'As the visit has it' })),
})

export const ObservationView = Type.Object({
  id: Id,
  standard: Type.Object({
    id: Id,
    code: Type.String(),
    text: Type.String(),
    answer: oneOf(answerKinds),
    mayNotApply: Type.Boolean(),
  }),
  sequence: Type.Integer(),
  answer: oneOf(observationAnswers),
  count: nullable(Type.Integer()),
  score: nullable(Type.Number()),
  note: nullable(Type.String()),
  caseId: nullable(Id),
  superseded: Type.Boolean({ description: '申诉后更正 · an appeal put another one in its place' }),
  pictures: Type.Array(PictureView),
  awaited: Type.Integer({ description: '未上传 · pictures that did not come yet' }),
})
export type ObservationView = Static<typeof ObservationView>
export const WholeVisitView = Type.Object(
  { ...visit, observations: Type.Array(ObservationView) },
  { $id: 'WholeVisit' },
)
export type WholeVisitView = Static<typeof WholeVisitView>

export const MyVisitsQuery = Type.Object({ ...PageQuery.properties })
export const PacketView = Type.Object(
  {
    visits: Type.Array(
      Type.Object({
        id: Id,
        roundLabel: nullable(Type.String()),
        schemeId: Id,
        role: oneOf(visitRoles),
        attempt: Type.Integer(),
        point: nullable(
          Type.Object({
            id: Id,
            code: Type.String(),
            name: Type.String(),
            latitude: nullable(Latitude),
            longitude: nullable(Longitude),
          }),
        ),
        zone: Named,
        pointClass: nullable(oneOf(pointClasses)),
        opensAt: Instant,
        standardIds: Type.Array(Id, { description: 'What is looked at there, in order' }),
      }),
    ),
    standards: Type.Array(StandardView),
  },
  { $id: 'VisitPacket', description: '当日任务包 · all that a phone needs for the day without network' },
)
export type PacketView = Static<typeof PacketView>

const Whole = Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 })
export const UploadedObservation = Type.Object(
  {
    standardId: Id,
    sequence: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    answer: Type.Optional(nullable(oneOf(observationAnswers))),
    count: Type.Optional(nullable(Whole)),
    note: Type.Optional(nullable(prose(500))),
    pictureIds: Type.Optional(Type.Array(Id, { maxItems: 30 })),
  },
  { additionalProperties: false },
)
export type UploadedObservation = Static<typeof UploadedObservation>

export const VisitUpload = Body({
  operationId: Type.String({
    format: 'uuid',
    description: 'Chosen by the phone: sent again, nothing happens twice',
  }),
  visitId: Type.Optional(nullable(Id)),
  patrol: Type.Optional(
    nullable(
      Type.Object(
        { schemeId: Id, zoneId: Id, pointId: Type.Optional(nullable(Id)) },
        { additionalProperties: false, description: '巡查 · without a visit that was drawn' },
      ),
    ),
  ),
  startedAt: Instant,
  endedAt: Instant,
  clockOffsetSeconds: Type.Optional(
    Type.Integer({
      minimum: -10_000_000,
      maximum: 10_000_000,
      description: 'How far the phone’s clock is ahead',
    }),
  ),
  latitude: Type.Optional(nullable(Latitude)),
  longitude: Type.Optional(nullable(Longitude)),
  observations: Type.Array(UploadedObservation, { maxItems: 2000 }),
})
export type VisitUpload = Static<typeof VisitUpload>

export const ReceiptView = Type.Object(
  {
    id: Id,
    operationId: Id,
    visitId: nullable(Id),
    held: Type.Boolean({ description: '暂存 · nothing of it was taken as a visit; an office looks at it' }),
    receivedAt: Instant,
    entries: Type.Array(
      Type.Object({
        entry: Type.Integer({ description: 'Its place in what was sent, from 0' }),
        observationId: nullable(Id),
      }),
    ),
    remarks: Type.Array(
      Type.Object({
        entry: nullable(Type.Integer({ description: 'Null: the visit as a whole' })),
        code: Type.String(),
        text: Type.String(),
        kept: Type.Boolean({ description: 'It was taken all the same' }),
      }),
    ),
    pictures: Type.Array(
      Type.Object({
        id: Id,
        entry: nullable(Type.Integer({ description: 'Null: no entry named it; it was kept' })),
        arrived: Type.Boolean(),
      }),
    ),
    complete: Type.Boolean({ description: 'Everything arrived: only then may the phone delete it' }),
    caseIds: Type.Array(Id),
  },
  { $id: 'VisitReceipt', description: '回执 · every id that the service holds of an upload' },
)
export type ReceiptView = Static<typeof ReceiptView>

const Remark = ReceiptView.properties.remarks
const PointNamed = Type.Object({ id: Id, code: Type.String(), name: Type.String() })
const held = {
  id: Id,
  version: Type.Integer(),
  operationId: Id,
  userId: Id,
  user: Named,
  visitId: nullable(Id),
  patrolId: nullable(
    Type.String({ description: '另作巡查收下的部分 · the patrol as which the rest of it was taken' }),
  ),
  receivedAt: Instant,
  place: nullable(
    Type.Object(
      { scheme: Named, zone: Named, point: nullable(PointNamed) },
      {
        description: 'Where the phone says that it was, as far as it is known',
      },
    ),
  ),
  observations: Type.Integer({ description: 'How many entries were sent' }),
  remarks: Remark,
  settledAt: nullable(Instant),
  settledNote: nullable(Type.String()),
}
export const HeldUploadView = Type.Object(held, {
  $id: 'HeldUpload',
  description: '暂存上传 · what was not taken, until somebody has looked at it',
})
export type HeldUploadView = Static<typeof HeldUploadView>
export const WholeHeldUploadView = Type.Object(
  {
    ...held,
    sent: Type.Unknown({ description: 'Word for word what the phone sent' }),
    startedAt: Instant,
    endedAt: Instant,
    entries: Type.Array(
      Type.Object({
        entry: Type.Integer({ description: 'Its place in what was sent, from 0' }),
        standard: nullable(
          Type.Object({
            id: Id,
            code: Type.String(),
            text: Type.String(),
            pointClass: oneOf(standardClasses),
          }),
        ),
        sequence: Type.Integer(),
        answer: nullable(oneOf(observationAnswers)),
        count: nullable(Type.Integer()),
        note: nullable(Type.String()),
        observationId: nullable(Id),
        remarks: Remark,
        pictures: Type.Array(PictureView),
        awaited: Type.Integer({ description: '未上传 · pictures that did not come yet' }),
      }),
    ),
    pictures: Type.Array(PictureView, { description: 'Pictures that no entry names' }),
    allowed: Type.Object({
      settle: Type.Boolean({ description: 'You may say what became of it' }),
      accept: Type.Boolean({ description: 'You may take it as a patrol' }),
    }),
  },
  { $id: 'WholeHeldUpload' },
)
export type WholeHeldUploadView = Static<typeof WholeHeldUploadView>
export const HeldUploadPage = Page(HeldUploadView)
export const Settlement = Body({ note: prose(500) })
export const Acceptance = Body({
  schemeId: Id,
  zoneId: Id,
  pointId: Type.Optional(nullable(Id)),
  entries: Type.Optional(
    Type.Array(Type.Integer({ minimum: 0, maximum: 1999 }), {
      minItems: 1,
      maxItems: 2000,
      uniqueItems: true,
      description:
        '收下哪几条，不填为全部未收的 · which entries, from 0; all that were not taken unless told',
    }),
  ),
  note: prose(500),
})
export type Acceptance = Static<typeof Acceptance>
