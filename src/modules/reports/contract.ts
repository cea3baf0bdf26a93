import Type, { type Static } from 'typebox'
import { Body, Id, Instant, Page, PageQuery, ref } from '#platform/http/schemas.ts'
import { type Breakdown, breakdowns, type Figure, terms } from './words.ts'

const Text = Type.Object({ zh: Type.String(), en: Type.String() })
const Count = Type.Integer({ minimum: 0 })
const maybe = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

const describe = (figure: Figure) => ({ description: `${terms[figure].zh} · ${terms[figure].meaning.en}` })

/** Null in some breakdowns: a unit has no demand of its own, and a district is asked for no people. */
const sometimes = ['demanded', 'asked', 'pledged'] as const
type Sometimes = (typeof sometimes)[number]

const figures = {
  ...(Object.fromEntries(
    sometimes.map((figure) => [figure, Type.Union([Count, Type.Null()], describe(figure))]),
  ) as Record<Sometimes, ReturnType<typeof maybe<typeof Count>>>),
  ...(Object.fromEntries(
    (Object.keys(terms) as Figure[])
      .filter((figure) => !sometimes.includes(figure as Sometimes))
      .map((figure) => [figure, Type.Integer({ minimum: 0, ...describe(figure) })]),
  ) as Record<Exclude<Figure, Sometimes>, typeof Count>),
}

/** One line of figures. arrived + absent + unanswered + declined + excused + cancelled = assigned. */
export const Figures = Type.Object(figures, { $id: 'ReportFigures' })
export type Figures = Static<typeof Figures>

const Line = Type.Object({
  key: Type.String({ description: 'Division code, kind of zone or id of a unit; empty where there is none' }),
  name: Text,
  figures: Type.Object(figures),
})
export type Line = Static<typeof Line>

const lines = Object.fromEntries((Object.keys(breakdowns) as Breakdown[]).map((by) => [by, Type.Array(Line)]))

/** Who took part: organisations and people. Schools and classes are counted separately from units and teams. */
const Participants = Type.Object({
  units: Count,
  teams: Count,
  volunteers: Type.Integer({ minimum: 0, description: '人数 · different people of units and free teams' }),
  schools: Count,
  classes: Count,
  teachersAndPupils: Type.Integer({ minimum: 0, description: '人数 · with names' }),
  headsWithoutNames: Type.Integer({
    minimum: 0,
    description: '只报人数 · heads of teams and classes that answered with a number and no names',
  }),
  came: maybe(
    Type.Object(
      {
        units: Count,
        teams: Count,
        schools: Count,
        people: Type.Integer({ minimum: 0, description: '到岗人数 · different people who came' }),
        schoolHeads: Type.Integer({ minimum: 0, description: 'Teachers and pupils counted without names' }),
        zones: Count,
        shifts: Count,
        works: Type.Array(Type.String(), { description: 'What was done, most people first' }),
      },
      { description: 'Who really came; null in figures frozen before this was counted' },
    ),
  ),
})

export const EventReport = Type.Object(
  {
    event: Type.Object({
      id: Id,
      name: Type.String(),
      theme: maybe(Type.String()),
      timeZone: Type.String(),
      startsAt: Instant,
      endsAt: Instant,
    }),
    cutOffAt: Instant,
    madeAt: Instant,
    partial: Type.Boolean({ description: 'Only the part of the organisation that the reader answers for' }),
    participants: Participants,
    shifts: Count,
    zones: Count,
    lastShiftEndsAt: maybe(Instant),
    total: Type.Object(figures),
    breakdowns: Type.Object(lines as Record<Breakdown, Type.TArray<typeof Line>>),
    messages: maybe(
      Type.Object({
        written: Count,
        byState: Type.Record(Type.String(), Count),
        unreachable: Type.Integer({
          minimum: 0,
          description: 'People who hold a place and were never written to',
        }),
      }),
    ),
    definitions: Type.Record(Type.String(), Type.Object({ name: Text, meaning: Text })),
  },
  { $id: 'EventReport' },
)
export type EventReport = Static<typeof EventReport>

export const ReportQuery = Type.Object({
  cutOffAt: Type.Optional(
    Type.String({
      format: 'date-time',
      description: '截至时点 · figures up to this moment; now when absent',
    }),
  ),
})

const Language = Type.Optional(Type.Union([Type.Literal('zh'), Type.Literal('en')]))
export const WorkbookQuery = Type.Object({ ...ReportQuery.properties, language: Language })
export const LanguageQuery = Type.Object({ language: Language })

export const BulletinView = Type.Object(
  {
    language: Type.Union([Type.Literal('zh'), Type.Literal('en')]),
    cutOffAt: Instant,
    text: Type.String({ description: '快报 · ready to paste' }),
  },
  { $id: 'Bulletin' },
)
export type BulletinView = Static<typeof BulletinView>
export const BulletinQuery = Type.Object({
  ...ReportQuery.properties,
  language: Type.Optional(Type.Union([Type.Literal('zh'), Type.Literal('en')], { default: 'zh' })),
})

export const SnapshotView = Type.Object(
  {
    id: Id,
    eventId: Id,
    title: maybe(Type.String()),
    cutOffAt: Instant,
    createdAt: Instant,
    total: Type.Object(figures),
  },
  { $id: 'ReportSnapshot' },
)
export type SnapshotView = Static<typeof SnapshotView>
export const SnapshotPage = Page(SnapshotView)
export const SnapshotDetail = Type.Object(
  {
    ...SnapshotView.properties,
    report: ref(EventReport),
    bulletin: Text,
  },
  { $id: 'ReportSnapshotDetail' },
)
export type SnapshotDetail = Static<typeof SnapshotDetail>
export const SnapshotCreation = Body({
  title: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  cutOffAt: Type.Optional(ReportQuery.properties.cutOffAt),
})
export { PageQuery }
