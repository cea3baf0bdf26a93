import Type, { type Static } from 'typebox'
import { Body, Id, Instant, Page, PageQuery, ref } from '#platform/http/schemas.ts'
import { DistrictCode, nullable, oneOf } from '../vocabulary.ts'
import { unitKinds } from '../words.ts'
import { fields } from './fields.ts'
import { decisionAnswers, decisionKinds, importStates, judgements, listKinds, rowKinds } from './words.ts'

const Count = Type.Integer({ minimum: 0 })

const Failure = Type.Object(
  {
    code: Type.String({ description: '永久不变 · permanent, such as file.encrypted' }),
    message: Type.String(),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { $id: 'ImportFailure' },
)

const SheetColumn = Type.Object({
  index: Type.Integer({ description: '从 0 起 · from 0' }),
  heading: Type.String(),
  field: nullable(oneOf(fields)),
})

export const ImportSheetView = Type.Object(
  {
    id: Id,
    name: Type.String(),
    list: nullable(oneOf(listKinds)),
    headingLine: nullable(Type.Integer()),
    columns: Type.Array(SheetColumn),
    unknownColumns: Type.Array(Type.String(), { description: '未识别的列 · columns that are not read' }),
    unit: nullable(Type.String({ description: '标题或文件名中的单位 · from the title or the file’s name' })),
    leader: nullable(Type.String()),
    problem: nullable(
      Type.Union([Type.Literal('sheet.headings_missing'), Type.Literal('sheet.list_unknown')]),
    ),
    version: Type.Integer(),
  },
  { $id: 'ImportSheet' },
)

const ImportFileView = Type.Object(
  {
    id: Id,
    name: Type.String(),
    sizeBytes: Type.Integer(),
    failure: nullable(ref(Failure)),
    sheets: Type.Array(ref(ImportSheetView)),
  },
  { $id: 'ImportFile' },
)

export const ImportView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    state: oneOf(importStates),
    startedBy: Id,
    createdAt: Instant,
    judgedAt: nullable(Instant),
    committedAt: nullable(Instant),
    undoneAt: nullable(Instant),
    progress: Type.Object({ phase: Type.String(), done: Count, total: Count }),
    counts: Type.Object(
      Object.fromEntries(Object.keys(judgements).map((key) => [key, Count])) as Record<
        keyof typeof judgements,
        typeof Count
      >,
    ),
    rows: Count,
    openDecisions: Count,
    failure: nullable(ref(Failure)),
    files: Type.Array(ref(ImportFileView)),
  },
  { $id: 'Import' },
)
export type ImportView = Static<typeof ImportView>

export const ImportSummary = Type.Object(
  {
    id: Id,
    state: oneOf(importStates),
    startedBy: Id,
    createdAt: Instant,
    committedAt: nullable(Instant),
    undoneAt: nullable(Instant),
    counts: Type.Record(Type.String(), Count),
  },
  { $id: 'ImportSummary' },
)
export const ImportPage = Page(ImportSummary)
export { PageQuery }

export const ImportRowView = Type.Object(
  {
    id: Id,
    fileId: Id,
    file: Type.String(),
    sheetId: Id,
    sheet: Type.String(),
    line: Type.Integer({ description: '表格中的行号 · the row’s number in its sheet' }),
    kind: oneOf(rowKinds),
    judgement: nullable(oneOf(judgements)),
    values: Type.Record(Type.String(), Type.Unknown(), {
      description: '按字段;号码已遮盖 · by field; numbers are masked',
    }),
    text: nullable(Type.String({ description: '非数据行的内容 · what a row says that is not data' })),
    target: nullable(Type.Object({ kind: Type.String(), id: Id })),
    changes: Type.Array(Type.String()),
    sameAsLine: nullable(Type.Integer()),
    problems: Type.Array(
      Type.Object({
        column: nullable(Type.String()),
        field: nullable(Type.String()),
        value: nullable(Type.String()),
        code: Type.String(),
        reason: Type.String(),
        line: nullable(Type.Integer()),
      }),
    ),
    remarks: Type.Array(Type.Object({ code: Type.String(), text: Type.String() })),
    decisionIds: Type.Array(Id),
  },
  { $id: 'ImportRow' },
)
export const ImportRowPage = Page(ImportRowView)

export const ImportRowQuery = Type.Intersect([
  PageQuery,
  Type.Object({
    judgement: Type.Optional(oneOf(judgements)),
    kind: Type.Optional(oneOf(rowKinds)),
    sheetId: Type.Optional(Id),
    lang: Type.Optional(Type.Union([Type.Literal('zh'), Type.Literal('en')])),
  }),
])

export const ImportDecisionView = Type.Object(
  {
    id: Id,
    kind: oneOf(decisionKinds),
    name: Type.String(),
    within: nullable(Type.String()),
    rows: Count,
    mayCreate: Type.Boolean(),
    proposals: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        likeness: nullable(Type.Number()),
        because: nullable(Type.String()),
      }),
    ),
    answer: nullable(Type.Object({ answer: oneOf(decisionAnswers), id: nullable(Id) })),
    decidedAt: nullable(Instant),
  },
  { $id: 'ImportDecision' },
)
export const ImportDecisionPage = Page(ImportDecisionView)

/** One answer; `use` needs an id, `create` may say what kind of unit it is and where it belongs. */
const Decision = Body({
  decisionId: Id,
  answer: oneOf(decisionAnswers),
  id: Type.Optional(Id),
  kind: Type.Optional(oneOf(unitKinds)),
  parentId: Type.Optional(nullable(Id)),
  districtCode: Type.Optional(nullable(DistrictCode)),
})

export const Decisions = Body({
  decisions: Type.Array(Decision, { maxItems: 2000 }),
  /** What becomes of all that is still open, by kind. */
  others: Type.Optional(
    Body({
      unit: Type.Optional(oneOf({ create: 1, skip: 1 })),
      team: Type.Optional(oneOf({ create: 1, skip: 1 })),
      person: Type.Optional(oneOf({ create: 1, skip: 1 })),
    }),
  ),
})
export type Decisions = Static<typeof Decisions>

export const Headings = Body({
  list: oneOf(listKinds),
  headingLine: Type.Integer({ minimum: 1, maximum: 1_048_576 }),
  columns: Type.Array(
    Body({ index: Type.Integer({ minimum: 0, maximum: 1000 }), field: nullable(oneOf(fields)) }),
    {
      maxItems: 256,
    },
  ),
})
export type Headings = Static<typeof Headings>
