import Type, { type Static } from 'typebox'
import { DistrictCode, line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Day, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { bodyKinds, bodyRoles } from '../words.ts'

export const BodyMemberView = Type.Object(
  {
    id: Id,
    role: oneOf(bodyRoles),
    unit: nullable(Named),
    person: nullable(Named),
    districtCode: nullable(Type.String()),
    since: Day,
  },
  { $id: 'BodyMember' },
)
export type BodyMemberView = Static<typeof BodyMemberView>

export const WorkingBodyView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    kind: oneOf(bodyKinds),
    number: nullable(Type.Integer()),
    name: Type.String(),
    members: Type.Array(BodyMemberView),
    closedAt: nullable(Instant),
    createdAt: Instant,
  },
  { $id: 'WorkingBody' },
)
export type WorkingBodyView = Static<typeof WorkingBodyView>
export const WorkingBodyPage = Page(WorkingBodyView)

export const WorkingBodyQuery = Type.Object({
  ...PageQuery.properties,
  kind: Type.Optional(oneOf(bodyKinds)),
  closed: Type.Optional(Type.Boolean({ description: 'Closed ones instead of open ones' })),
})
export const WorkingBodyCreation = Body({
  kind: oneOf(bodyKinds),
  number: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 999 }))),
  name: line(60),
})
export type WorkingBodyCreation = Static<typeof WorkingBodyCreation>
export const WorkingBodyChange = Body({
  number: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 999 }))),
  name: Type.Optional(line(60)),
})
export type WorkingBodyChange = Static<typeof WorkingBodyChange>

export const BodyMemberCreation = Body({
  role: oneOf(bodyRoles),
  unitId: Type.Optional(Id),
  personId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
  since: Type.Optional(Day),
})
export type BodyMemberCreation = Static<typeof BodyMemberCreation>
