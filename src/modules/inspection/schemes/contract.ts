import Type, { type Static } from 'typebox'
import { DueClass } from '#modules/command/index.ts'
import { prose } from '#modules/events/index.ts'
import { DistrictCode, line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import {
  answerKinds,
  photoRules,
  schemeMethods,
  schemeStates,
  severities,
  standardClasses,
  standardRoles,
} from '../words.ts'

const Code = line(40)
const Indicators = Type.Array(Type.Object({ code: Code, name: line(100) }, { additionalProperties: false }), {
  maxItems: 200,
  description: '指标 · what standards are grouped by',
})

export const SchemeView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    seriesId: Type.String({ format: 'uuid', description: 'The same for all editions of one scheme' }),
    edition: Type.Integer(),
    name: Type.String(),
    issuer: Named,
    method: oneOf(schemeMethods),
    scale: Type.Integer(),
    indicators: Indicators,
    standards: Type.Integer({ description: '标准数 · how many standards it has' }),
    state: oneOf(schemeStates),
    supersedesId: nullable(Id),
    publishedAt: nullable(Instant),
    closedAt: nullable(Instant),
    createdAt: Instant,
    allowed: Type.Object({
      edit: Type.Boolean({ description: 'You may change it: it is yours, and not published' }),
      publish: Type.Boolean(),
      copy: Type.Boolean({ description: 'You may begin its next edition' }),
      close: Type.Boolean(),
    }),
  },
  { $id: 'Scheme', description: '测评体系 · an edition of a set of standards' },
)
export type SchemeView = Static<typeof SchemeView>
export const SchemePage = Page(SchemeView)

export const SchemeQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(schemeStates)),
  seriesId: Type.Optional(Id),
})

const schemeFields = {
  method: Type.Optional(oneOf(schemeMethods)),
  scale: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  indicators: Type.Optional(Indicators),
}
export const SchemeCreation = Body({ name: line(100), issuerUnitId: Id, ...schemeFields })
export type SchemeCreation = Static<typeof SchemeCreation>
export const SchemeChange = Body({ name: Type.Optional(line(100)), ...schemeFields })
export type SchemeChange = Static<typeof SchemeChange>

const Thresholds = Type.Array(
  Type.Object(
    {
      upTo: nullable(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
      score: Type.Number({ minimum: 0, maximum: 1 }),
    },
    { additionalProperties: false },
  ),
  {
    minItems: 1,
    maxItems: 20,
    description:
      '计分档 · a count up to `upTo` scores `score`; in ascending order, the last one without an end',
  },
)
const UnitsOfStandard = Type.Object({
  districtCode: nullable(Type.String({ description: 'Null: in the whole city' })),
  unit: Named,
  role: oneOf(standardRoles),
  closed: Type.Boolean({ description: 'The unit is closed: the next step decides who answers' }),
})

export const StandardView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    schemeId: Id,
    code: Type.String(),
    position: Type.Integer(),
    pointClass: oneOf(standardClasses),
    indicator: nullable(Type.String()),
    text: Type.String(),
    weight: Type.Number(),
    observations: Type.Integer(),
    answer: oneOf(answerKinds),
    thresholds: nullable(Thresholds),
    mayNotApply: Type.Boolean(),
    photo: oneOf(photoRules),
    dueClass: nullable(DueClass),
    severity: oneOf(severities),
    units: Type.Array(UnitsOfStandard, { description: '责任分工 · who leads and supports it, and where' }),
  },
  { $id: 'Standard', description: '测评标准 · what is looked at in points of a class' },
)
export type StandardView = Static<typeof StandardView>
export const StandardPage = Page(StandardView)

/** What is wrong with who leads a standard, in one district or the whole city. */
export const leadGaps = { none: 'nobody leads it', several: 'several units lead it in one place' } as const

export const StandardQuery = Type.Object({
  ...PageQuery.properties,
  pointClass: Type.Optional(oneOf(standardClasses)),
  indicator: Type.Optional(Code),
  unitId: Type.Optional(Id),
  lead: Type.Optional(oneOf(leadGaps)),
})

const standardFields = {
  pointClass: oneOf(standardClasses),
  indicator: Type.Optional(nullable(Code)),
  text: prose(1000),
  weight: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 10_000 })),
  observations: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  answer: Type.Optional(oneOf(answerKinds)),
  thresholds: Type.Optional(nullable(Thresholds)),
  mayNotApply: Type.Optional(Type.Boolean()),
  photo: Type.Optional(oneOf(photoRules)),
  dueClass: Type.Optional(nullable(DueClass)),
  severity: Type.Optional(oneOf(severities)),
}
export const StandardCreation = Body({ code: Code, ...standardFields })
export type StandardCreation = Static<typeof StandardCreation>
export const StandardChange = Body({
  ...Type.Partial(Type.Object({ code: Code, ...standardFields })).properties,
})
export type StandardChange = Static<typeof StandardChange>

export const StandardUnits = Body({
  units: Type.Array(
    Type.Object(
      { districtCode: nullable(DistrictCode), unitId: Id, role: oneOf(standardRoles) },
      { additionalProperties: false },
    ),
    { maxItems: 200 },
  ),
})
export type StandardUnits = Static<typeof StandardUnits>
