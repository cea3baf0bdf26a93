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
import { Body, Day, Id, Instant, Page, PageQuery, ref } from '#platform/http/schemas.ts'
import { responsibilityLevels, zoneKinds } from './words.ts'

const Centre = Type.Object({ latitude: Type.Number(), longitude: Type.Number() })

/** The schema only limits the size; `readBoundary` validates the geometry. */
const BoundaryInput = Type.Unsafe<{ type: string; coordinates: unknown[] }>({
  type: 'object',
  description: 'GeoJSON Polygon or MultiPolygon, WGS-84 (RFC 7946)',
  properties: {
    type: { type: 'string', enum: ['Polygon', 'MultiPolygon'] },
    coordinates: {
      type: 'array',
      items: {},
      examples: [
        [
          [
            [123.77, 41.29],
            [123.78, 41.29],
            [123.78, 41.3],
            [123.77, 41.29],
          ],
        ],
      ],
    },
  },
  required: ['type', 'coordinates'],
  additionalProperties: false,
})
const BoundaryOutput = Type.Unsafe<{ type: string; coordinates: unknown[] }>({
  type: 'object',
  properties: { type: { type: 'string' }, coordinates: { type: 'array', items: {} } },
  required: ['type', 'coordinates'],
})

// Zones · 区域, 网格

const zoneFields = {
  id: Id,
  version: Type.Integer(),
  code: nullable(Type.String()),
  name: Type.String(),
  kind: oneOf(zoneKinds),
  level: nullable(Type.Integer()),
  parent: nullable(Named),
  districtCode: nullable(Type.String()),
  hasBoundary: Type.Boolean(),
  centre: nullable(Centre),
  minorsSuitable: Type.Boolean(),
  createdAt: Instant,
  closedAt: nullable(Instant),
}
export const ZoneView = Type.Object(zoneFields, { $id: 'Zone' })
export type ZoneView = Static<typeof ZoneView>
export const ZonePage = Page(ZoneView)

export const DistrictList = Type.Object({
  items: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
})

export const ZoneDetail = Type.Object(
  { ...zoneFields, boundary: nullable(BoundaryOutput) },
  { $id: 'ZoneDetail' },
)
export type ZoneDetail = Static<typeof ZoneDetail>

const editable = {
  code: nullable(Type.String({ pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}_.:-]{0,39}$' })),
  parentId: nullable(Id),
  boundary: nullable(BoundaryInput),
  centre: nullable(
    Type.Object({ latitude: Latitude, longitude: Longitude }, { additionalProperties: false }),
  ),
  minorsSuitable: Type.Boolean(),
}
export const ZoneCreation = Body({
  name: line(100),
  kind: oneOf(zoneKinds),
  ...Type.Partial(Type.Object(editable)).properties,
})
export const ZoneChange = Body({
  ...Type.Partial(Type.Object({ name: line(100), kind: oneOf(zoneKinds), ...editable })).properties,
})

export const ZoneFilterQuery = Type.Object({
  search: Type.Optional(
    Type.String({ maxLength: 60, description: '名称、拼音、首字母或编码 · name, pinyin, initials or code' }),
  ),
  closed: Type.Optional(
    Type.Boolean({ default: false, description: 'Those that were closed instead of the open ones' }),
  ),
  kind: Type.Optional(oneOf(zoneKinds)),
  districtCode: Type.Optional(DistrictCode),
  parentId: Type.Optional(Id),
  under: Type.Optional(Type.String({ format: 'uuid', description: 'This zone and all below it' })),
  minorsSuitable: Type.Optional(Type.Boolean()),
})
export const ZoneQuery = Type.Object({ ...PageQuery.properties, ...ZoneFilterQuery.properties })

const degrees = '-?\\d{1,3}(?:\\.\\d{1,12})?'
export const MapQuery = Type.Object({
  ...ZoneFilterQuery.properties,
  bbox: Type.Optional(
    Type.String({
      pattern: `^${degrees}(?:,${degrees}){3}$`,
      description: '西、南、东、北 · west,south,east,north in degrees: zones whose box meets it',
      examples: ['123.6,41.1,124.0,41.5'],
    }),
  ),
})
export const ZoneFeatures = Type.Object(
  {
    type: Type.Literal('FeatureCollection'),
    truncated: Type.Boolean({ description: 'There are more than 5,000: look closer' }),
    features: Type.Array(
      Type.Object({
        type: Type.Literal('Feature'),
        id: Id,
        geometry: nullable(
          Type.Unsafe<{ type: string; coordinates: unknown[] }>({
            type: 'object',
            properties: { type: { type: 'string' }, coordinates: { type: 'array', items: {} } },
          }),
        ),
        properties: Type.Object({
          code: nullable(Type.String()),
          name: Type.String(),
          kind: oneOf(zoneKinds),
          parentId: nullable(Id),
          districtCode: nullable(Type.String()),
          centre: nullable(Centre),
          minorsSuitable: Type.Boolean(),
        }),
      }),
    ),
  },
  { $id: 'ZoneFeatures' },
)

// The responsibility register · 三定

export const ResponsibilityView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    zone: Type.Object({ id: Id, name: Type.String(), code: nullable(Type.String()) }),
    level: oneOf(responsibilityLevels),
    unit: nullable(Named),
    person: nullable(Named),
    scope: nullable(Type.String()),
    duties: nullable(Type.String()),
    validFrom: Type.String({ format: 'date' }),
    validUntil: nullable(Type.String({ description: 'The first day on which it does not hold any more' })),
    createdAt: Instant,
  },
  { $id: 'Responsibility' },
)
export type ResponsibilityView = Static<typeof ResponsibilityView>
export const ResponsibilityPage = Page(ResponsibilityView)

const duty = {
  scope: nullable(Type.String({ maxLength: 500 })),
  duties: nullable(Type.String({ maxLength: 2000 })),
  validFrom: Day,
  validUntil: nullable(Day),
}
const bearer = { unitId: Type.Optional(Id), personId: Type.Optional(Id) }
export const ResponsibilityCreation = Body({
  zoneId: Id,
  level: oneOf(responsibilityLevels),
  ...bearer,
  ...Type.Partial(Type.Object(duty)).properties,
})
export const ResponsibilityChange = Body({ ...Type.Partial(Type.Object(duty)).properties })
export const ResponsibilityBatch = Body({
  items: Type.Array(ResponsibilityCreation, { minItems: 1, maxItems: 2000 }),
})
export const ResponsibilityQuery = Type.Object({
  ...PageQuery.properties,
  zoneId: Type.Optional(Id),
  unitId: Type.Optional(Id),
  personId: Type.Optional(Id),
  level: Type.Optional(oneOf(responsibilityLevels)),
  districtCode: Type.Optional(DistrictCode),
  kind: Type.Optional(oneOf(zoneKinds)),
  on: Type.Optional(Type.String({ format: 'date', description: 'Those that hold on this day; all without' })),
})
export const GapQuery = Type.Object({
  ...ZoneFilterQuery.properties,
  ...PageQuery.properties,
  level: oneOf(responsibilityLevels),
  on: Type.Optional(Type.String({ format: 'date', description: 'Today unless given' })),
  inherited: Type.Optional(
    Type.Boolean({ default: false, description: 'Let somebody responsible for a zone above count' }),
  ),
})
const Answer = Type.Object({
  level: oneOf(responsibilityLevels),
  /** True when the zone itself has nobody and the nearest ancestor that has somebody is shown instead. */
  inherited: Type.Boolean(),
  responsibilities: Type.Array(ref(ResponsibilityView)),
})
export const ZoneAnswers = Type.Object(
  { zoneId: Id, on: Type.String({ format: 'date' }), levels: Type.Array(Answer) },
  { $id: 'ZoneAnswers' },
)
const Period = Type.Object({ from: Type.String({ format: 'date' }), until: Type.String({ format: 'date' }) })
export const CoverageQuery = Type.Object({
  from: Type.Optional(Type.String({ format: 'date', description: 'Today unless given' })),
  until: Type.Optional(Type.String({ format: 'date', description: 'A year later unless given' })),
})
export const ZoneCoverage = Type.Object(
  {
    zoneId: Id,
    from: Type.String({ format: 'date' }),
    until: Type.String({ format: 'date' }),
    levels: Type.Array(
      Type.Object({
        level: oneOf(responsibilityLevels),
        gaps: Type.Array(Period, { description: 'Days with nobody' }),
        overlaps: Type.Array(Period, { description: 'Days with more than one' }),
      }),
    ),
  },
  { $id: 'ZoneCoverage' },
)
export const BatchAnswer = Type.Object(
  { created: Type.Integer(), updated: Type.Integer(), unchanged: Type.Integer(), ids: Type.Array(Id) },
  { $id: 'ResponsibilityBatch' },
)
