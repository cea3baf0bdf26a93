import Type, { type Static } from 'typebox'
import { DistrictCode, nullable, oneOf, unitKinds } from '#modules/organisation/index.ts'
import { Body, Id, Instant, LanguageQuery, Page, PageQuery, ref } from '#platform/http/schemas.ts'
import { ImportSheetView, Merge } from './sheet-contract.ts'
import { cellKinds, decisionAnswers, decisionKinds, importStates, judgements, rowKinds } from './words.ts'

const Count = Type.Integer({ minimum: 0 })

const Adds = Type.Record(Type.String(), Count, {
  description: '新增的单位、队伍、人员数 · new units, teams, persons, by register; empty until it is judged',
})

const Failure = Type.Object(
  {
    code: Type.String({ description: '永久不变 · permanent, such as file.encrypted' }),
    message: Type.String(),
    text: Type.String({ description: '给读者看的说明 · for the reader, in their language' }),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { $id: 'ImportFailure' },
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

/** An import with its files and sheets, its progress, and the number of rows for each judgement. */
export const ImportView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    state: oneOf(importStates),
    startedBy: Id,
    startedByName: nullable(Type.String()),
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
    adds: Adds,
    remarks: Type.Array(Type.Object({ code: Type.String(), text: Type.String(), rows: Count }), {
      description: '提示及其行数 · what is remarked, and of how many rows',
    }),
    rows: Count,
    openDecisions: Count,
    failure: nullable(ref(Failure)),
    files: Type.Array(ref(ImportFileView)),
  },
  { $id: 'Import' },
)
export type ImportView = Static<typeof ImportView>

/** An import in the list of imports. */
export const ImportSummary = Type.Object(
  {
    id: Id,
    state: oneOf(importStates),
    startedBy: Id,
    startedByName: nullable(Type.String()),
    fileCount: Count,
    fileNames: Type.Array(Type.String(), { description: '前几个文件的名称 · of the first few files' }),
    createdAt: Instant,
    committedAt: nullable(Instant),
    undoneAt: nullable(Instant),
    counts: Type.Record(Type.String(), Count),
    adds: Adds,
  },
  { $id: 'ImportSummary' },
)
export const ImportPage = Page(ImportSummary)
export { PageQuery }

/** A row of the preview with its judgement, problems and remarks. A line with several people is several rows. */
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
      description: '按字段；号码已遮盖 · by field; numbers are masked',
    }),
    text: nullable(Type.String({ description: '非数据行的内容 · what a row says that is not data' })),
    target: nullable(Type.Object({ kind: Type.String(), id: Id })),
    changes: Type.Array(Type.String()),
    sameAsLine: nullable(Type.Integer()),
    problems: Type.Array(
      Type.Object({
        column: nullable(Type.String()),
        index: nullable(Type.Integer({ description: '所在列，从0起 · the column, from 0' })),
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

export const ImportRowQuery = Type.Object({
  ...PageQuery.properties,
  judgement: Type.Optional(oneOf(judgements)),
  kind: Type.Optional(oneOf(rowKinds)),
  sheetId: Type.Optional(Id),
  ...LanguageQuery.properties,
})

/** A line of a sheet as it stands in the file, with the rows of the preview that were read from it. */
export const ImportLineView = Type.Object(
  {
    line: Type.Integer(),
    kind: oneOf(rowKinds),
    hidden: Type.Boolean({ description: '该行在文件中隐藏 · hidden in its file' }),
    leftOut: Type.Boolean({ description: '选择跳过 · see leaveOutImportLines' }),
    cells: Type.Array(
      Type.Object({
        text: nullable(Type.String()),
        kind: oneOf(cellKinds),
        was: nullable(
          Type.String({ description: '更正前的内容 · its text in the file, when it was corrected' }),
        ),
      }),
      { description: '从A列起 · from column A' },
    ),
    merges: Type.Array(Merge, { description: '覆盖该行的合并单元格 · merged cells that span this line' }),
    rows: Type.Array(ref(ImportRowView)),
  },
  { $id: 'ImportLine' },
)
export const ImportLinePage = Page(ImportLineView)

export const ImportLineQuery = Type.Object({
  ...PageQuery.properties,
  fromLine: Type.Optional(Type.Integer({ minimum: 1, description: '从此行起 · the first line' })),
  judgement: Type.Optional(oneOf(judgements)),
  full: Type.Optional(
    Type.Boolean({ default: false, description: '显示完整号码，记入审计 · numbers in full; is audited' }),
  ),
  ...LanguageQuery.properties,
})

/** A question with its proposals, and its answer if there is one. */
export const ImportDecisionView = Type.Object(
  {
    id: Id,
    kind: oneOf(decisionKinds),
    name: Type.String(),
    within: nullable(Type.String()),
    rows: Count,
    mayCreate: Type.Boolean(),
    answerBy: oneOf({ id: 1, choice: 1 }),
    places: Type.Array(Type.Object({ sheetId: Id, line: Type.Integer() }), {
      description: '涉及的行（前20处） · where it is asked: the first 20 lines',
    }),
    proposals: Type.Array(
      Type.Object({
        id: Type.String({ description: '单位、队伍、人员的标识，或选项 · an id, or one of the choices' }),
        name: Type.String(),
        likeness: nullable(Type.Number()),
        because: nullable(Type.String()),
      }),
    ),
    answer: nullable(
      Type.Object({
        answer: oneOf(decisionAnswers),
        id: nullable(Id),
        choice: nullable(Type.String()),
      }),
    ),
    sheetId: nullable(Id),
    decidedAt: nullable(Instant),
  },
  { $id: 'ImportDecision' },
)
export const ImportDecisionPage = Page(ImportDecisionView)

export const ImportDecisionQuery = Type.Object({
  ...PageQuery.properties,
  answered: Type.Optional(Type.Boolean()),
})

/**
 * One answer. `use` needs an id, or for some questions a choice; `create` may give kind, parent and district of a new
 * unit.
 */
const Decision = Body({
  decisionId: Id,
  answer: oneOf(decisionAnswers),
  id: Type.Optional(Id),
  choice: Type.Optional(Type.String({ maxLength: 40 })),
  kind: Type.Optional(oneOf(unitKinds)),
  parentId: Type.Optional(nullable(Id)),
  districtCode: Type.Optional(nullable(DistrictCode)),
})

/** Answers to questions; all rows are judged again afterwards. */
export const Decisions = Body({
  decisions: Type.Array(Decision, { maxItems: 2000 }),
  /** The answer to all questions that are still open, by kind. */
  others: Type.Optional(
    Body({
      unit: Type.Optional(oneOf({ create: 1, skip: 1 })),
      team: Type.Optional(oneOf({ create: 1, skip: 1 })),
      person: Type.Optional(oneOf({ create: 1, skip: 1 })),
    }),
  ),
})
export type Decisions = Static<typeof Decisions>
