import Type, { type Static } from 'typebox'
import {
  DistrictCode,
  Latitude,
  Longitude,
  line,
  Named,
  nullable,
  oneOf,
} from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { pointClasses } from '../words.ts'

export const PointView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    code: Type.String(),
    name: Type.String(),
    pointClass: oneOf(pointClasses),
    zone: Named,
    districtCode: nullable(Type.String()),
    unit: nullable(Named),
    latitude: nullable(Latitude),
    longitude: nullable(Longitude),
    closedAt: nullable(Instant),
    createdAt: Instant,
    allowed: Type.Object({ edit: Type.Boolean() }),
  },
  { $id: 'Point', description: '点位 · a place that is looked at' },
)
export type PointView = Static<typeof PointView>
export const PointPage = Page(PointView)

const filters = {
  pointClass: Type.Optional(oneOf(pointClasses)),
  zoneId: Type.Optional(Type.String({ format: 'uuid', description: 'In this zone or below it' })),
  districtCode: Type.Optional(DistrictCode),
  unitId: Type.Optional(Id),
  closed: Type.Optional(Type.Boolean({ description: 'Without it only open ones' })),
  unseen: Type.Optional(
    Type.Boolean({ description: '一年未走访 · whether nobody saw it for a year, in a visit that was shown' }),
  ),
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name, or the code' })),
}
export const PointQuery = Type.Object({ ...PageQuery.properties, ...filters })
export const PointPlacesQuery = Type.Object(filters)
export const PointPlacesView = Type.Object(
  {
    places: Type.Array(
      Type.Object({ id: Id, name: Type.String(), longitude: Longitude, latitude: Latitude }),
      { description: '已标注位置的点位 · points whose place is known, all of them' },
    ),
    unplaced: Type.Integer({ description: '未标注位置的点位数 · how many more have none' }),
  },
  { $id: 'PointPlaces', description: '点位地图 · where points are, for a map' },
)
export type PointPlacesView = Static<typeof PointPlacesView>

const fields = {
  name: line(100),
  pointClass: oneOf(pointClasses),
  zoneId: Id,
  unitId: Type.Optional(nullable(Id)),
  latitude: Type.Optional(nullable(Latitude)),
  longitude: Type.Optional(nullable(Longitude)),
}
export const PointCreation = Body({ code: line(40), ...fields })
export type PointCreation = Static<typeof PointCreation>
export const PointChange = Body({ ...Type.Partial(Type.Object({ code: line(40), ...fields })).properties })
export type PointChange = Static<typeof PointChange>
