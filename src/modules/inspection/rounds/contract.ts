import Type, { type Static } from 'typebox'
import { prose } from '#modules/events/index.ts'
import { DistrictCode, line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { pointClasses, roundKinds, roundStates } from '../words.ts'

const Digest = Type.String({ description: 'SHA-256, 64 hexadecimal digits' })

const Spec = Type.Object(
  {
    size: Type.Integer({ minimum: 1, maximum: 10_000, description: '样本量 · points to be visited' }),
    reserve: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 50, description: '备选 · points in reserve in each stratum' }),
    ),
    districtCodes: Type.Optional(Type.Array(DistrictCode, { maxItems: 100 })),
    pointClasses: Type.Optional(Type.Array(oneOf(pointClasses), { maxItems: 100 })),
  },
  {
    additionalProperties: false,
    description:
      '抽样方案 · how many points, and from which districts and classes; where both are named, each pair must have points',
  },
)

export const StratumView = Type.Object({
  districtCode: Type.String({ description: 'Empty: of the city alone' }),
  pointClass: oneOf(pointClasses),
  points: Type.Integer({ description: 'N_h' }),
  drawn: Type.Integer({ description: 'n_h' }),
  certain: Type.Integer({ description: 'c_h: nobody had seen them for a year' }),
})

export const RoundView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    label: Type.String({ description: '2026-07' }),
    year: Type.Integer(),
    number: Type.Integer(),
    kind: oneOf(roundKinds),
    title: Type.String(),
    scheme: Type.Object({ id: Id, name: Type.String(), edition: Type.Integer() }),
    issuer: Named,
    campaignId: nullable(Id),
    checkUnitId: nullable(Id),
    bookId: nullable(Id),
    opensAt: Instant,
    endsAt: Instant,
    spec: Spec,
    seedCommitment: Digest,
    frameDigest: nullable(Digest),
    drawDigest: nullable(Digest),
    strata: nullable(Type.Array(StratumView)),
    state: oneOf(roundStates),
    drawnAt: nullable(Instant),
    revealedAt: nullable(Instant),
    closedAt: nullable(Instant),
    createdAt: Instant,
    progress: Type.Object({
      visits: Type.Integer(),
      assigned: Type.Integer(),
      received: Type.Integer(),
      cases: Type.Integer(),
    }),
    allowed: Type.Object({
      edit: Type.Boolean(),
      draw: Type.Boolean(),
      assign: Type.Boolean(),
      reveal: Type.Boolean(),
      close: Type.Boolean(),
    }),
  },
  { $id: 'Round', description: '轮次 · points drawn under one scheme and visited in one period' },
)
export type RoundView = Static<typeof RoundView>
export const RoundPage = Page(RoundView)

export const RoundQuery = Type.Object({
  ...PageQuery.properties,
  kind: Type.Optional(oneOf(roundKinds)),
  state: Type.Optional(oneOf(roundStates)),
  year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2200 })),
})

const fields = {
  title: line(100),
  campaignId: Type.Optional(nullable(Id)),
  checkUnitId: Type.Optional(
    nullable(
      Type.String({ format: 'uuid', description: 'Signs cases off where the issuer is on their line' }),
    ),
  ),
  opensAt: Instant,
  endsAt: Instant,
  spec: Spec,
}
export const RoundCreation = Body({ kind: oneOf(roundKinds), schemeId: Id, issuerUnitId: Id, ...fields })
export type RoundCreation = Static<typeof RoundCreation>
export const RoundChange = Body({ ...Type.Partial(Type.Object(fields)).properties })
export type RoundChange = Static<typeof RoundChange>

export const RoundProof = Type.Object(
  {
    label: Type.String(),
    seed: Digest,
    seedCommitment: Digest,
    frameDigest: Digest,
    drawDigest: Digest,
    method: Type.String({ description: 'How the order of the draw is computed' }),
    size: Type.Integer(),
    reserve: Type.Integer(),
    frame: Type.Array(Type.String(), {
      description:
        '抽样框 · the lines of the frame; joined by line breaks, with one at the end, they have the digest',
    }),
    drawn: Type.Array(Type.Object({ code: Type.String(), reserve: Type.Boolean() })),
  },
  { $id: 'RoundProof', description: '抽样核验 · seed, frame and result: whoever draws again finds the same' },
)

const Count = Type.Integer({ minimum: 0 })
const counts = {
  visited: Type.Integer({ description: '已走访 · somebody was there and saw enough' }),
  notSeen: Type.Integer({ description: '未见过多 · somebody was there and saw too little' }),
  waiting: Type.Integer({ description: '待走访 · somebody is to go there' }),
}
export const RoundProgressView = Type.Object(
  {
    roundId: Id,
    districts: Type.Array(
      Type.Object({
        districtCode: Type.String({ description: 'Empty: of the city alone' }),
        name: Type.String(),
        points: Count,
        ...counts,
        unassigned: Type.Integer({ description: '待安排 · nobody was sent there' }),
      }),
    ),
    inspectors: Type.Array(
      Type.Object({ userId: Id, name: Type.String(), unit: nullable(Named), ...counts }),
    ),
  },
  { $id: 'RoundProgress', description: '轮次进度 · points by district, visits by inspector' },
)
export type RoundProgressView = Static<typeof RoundProgressView>

export const InspectorCheck = Type.Object(
  {
    userId: Id,
    barred: Type.Array(Type.Object({ visitId: Id, because: Type.String(), text: Type.String() }), {
      description: '不能走访的点位及原因 · where they may not be sent, and why',
    }),
  },
  { $id: 'InspectorCheck' },
)

export const Assignments = Body({
  visits: Type.Array(
    Type.Object(
      { visitId: Id, inspectorUserId: Id, opensAt: Instant },
      { additionalProperties: false, description: 'From `opensAt` on the inspector knows of it' },
    ),
    { minItems: 1, maxItems: 500 },
  ),
})
export type Assignments = Static<typeof Assignments>

export const Revealing = Body({ note: Type.Optional(nullable(prose(500))) })
