/** The contract of a sheet in the preview: how it is read, its lines as they stand in the file, and its corrections. */
import Type, { type Static } from 'typebox'
import { line, nullable } from '#modules/organisation/index.ts'
import { Body, Id } from '#platform/http/schemas.ts'

const Count = Type.Integer({ minimum: 0 })

/** A merged range. Lines count from 1, columns from 0; both ends are included. */
export const Merge = Type.Object({
  top: Type.Integer(),
  left: Type.Integer(),
  bottom: Type.Integer(),
  right: Type.Integer(),
})

const SheetColumn = Type.Object({
  index: Type.Integer({ description: '从0起 · from 0' }),
  heading: Type.String(),
  field: nullable(Type.String({ description: '按 GET /api/import-kinds' })),
  part: nullable(Type.Integer({ description: '一行多人时属于第几人，从0起 · which person of the row' })),
  owner: nullable(Type.String({ description: '属于何人 · guardian, leader …; other: 不读取' })),
  resembles: nullable(Type.String({ description: '可能是 · the field the heading resembles' })),
  hidden: Type.Boolean(),
})

/** One reading of a sheet: its kind of list, its headings and the field of each column. */
const SheetLayout = Type.Object({
  list: nullable(Type.String()),
  headingLine: nullable(Type.Integer()),
  headingLines: Type.Integer(),
  columns: Type.Array(SheetColumn),
})

/** A sheet of an uploaded file: how it is read, what is left out, and what is unclear. */
export const ImportSheetView = Type.Object(
  {
    id: Id,
    name: Type.String(),
    list: nullable(Type.String()),
    hidden: Type.Boolean({ description: '该表在文件中隐藏 · the sheet is not shown in its file' }),
    hiddenRows: Count,
    headingLine: nullable(Type.Integer()),
    headingLines: Type.Integer(),
    columns: Type.Array(SheetColumn),
    unknownColumns: Type.Array(Type.String(), { description: '未识别的列 · columns that are not read' }),
    unreadColumns: Type.Array(
      Type.Object({
        index: Type.Integer(),
        heading: Type.String(),
        values: Count,
        holdsPeople: Type.Boolean({ description: '含号码或姓名 · holds numbers or names of people' }),
      }),
      { description: '未读取的列及其内容数量 · what is left out, and how much of it' },
    ),
    merges: Type.Array(Merge),
    doubt: nullable(Type.String({ description: 'whose, blocks, list: 须确认 · asked about' })),
    readings: Type.Array(SheetLayout),
    defaults: Type.Object({
      class: nullable(Type.String()),
      team: nullable(Type.String()),
      unitId: nullable(Id),
      teamId: nullable(Id),
    }),
    teacher: nullable(Type.String()),
    unit: nullable(Type.String({ description: '标题或文件名中的单位 · from the title or the file’s name' })),
    leader: nullable(Type.String()),
    problem: nullable(
      Type.Union([
        Type.Literal('sheet.headings_missing'),
        Type.Literal('sheet.list_unknown'),
        Type.Literal('sheet.rows_missing'),
      ]),
    ),
    counts: Type.Record(Type.String(), Count, { description: '各结论的行数 · rows by judgement' }),
    leftOutLines: Type.Array(Type.Integer(), { description: '选择跳过的行 · see leaveOutImportLines' }),
    version: Type.Integer(),
  },
  { $id: 'ImportSheet' },
)

/** Corrected headings of a sheet: its kind of list, the line of the headings, and the field of each column. */
export const Headings = Body({
  list: Type.String({ maxLength: 60 }),
  headingLine: Type.Integer({ minimum: 1, maximum: 1_048_576 }),
  columns: Type.Array(
    Body({
      index: Type.Integer({ minimum: 0, maximum: 1000 }),
      field: nullable(Type.String({ maxLength: 60 })),
      part: Type.Optional(Type.Integer({ minimum: 0, maximum: 31 })),
    }),
    {
      maxItems: 256,
    },
  ),
  /** Values for rows without a value. */
  defaults: Type.Optional(
    Body({
      unitId: Type.Optional(Id),
      teamId: Type.Optional(Id),
      className: Type.Optional(line(60)),
    }),
  ),
})
export type Headings = Static<typeof Headings>

/** Corrected texts of cells; null empties a cell. */
export const CellCorrections = Body({
  cells: Type.Array(
    Body({
      line: Type.Integer({ minimum: 1, maximum: 1_048_576 }),
      index: Type.Integer({ minimum: 0, maximum: 255 }),
      text: nullable(Type.String({ maxLength: 500 })),
    }),
    { maxItems: 500 },
  ),
})
export type CellCorrections = Static<typeof CellCorrections>

/** The lines of a sheet that are not imported; replaces the earlier choice. */
export const LeftOutLines = Body({
  lines: Type.Array(Type.Integer({ minimum: 1, maximum: 1_048_576 }), { maxItems: 5000 }),
})

/** The kinds of lists with the fields each of them reads, and the fields of columns: the choices for `Headings`. */
export const ImportKinds = Type.Object(
  {
    lists: Type.Array(
      Type.Object({
        list: Type.String(),
        name: nullable(
          Type.String({ description: '名称；其他模块增加的种类可能没有 · null for some added ones' }),
        ),
        fields: Type.Array(Type.String()),
        template: Type.Boolean({ description: '有模板可下载 · there is a list to fill in' }),
      }),
    ),
    fields: Type.Array(
      Type.Object({
        field: Type.String(),
        name: Type.String(),
        ofPerson: Type.Boolean({ description: '一行多人时须填part · belongs to one person of a row' }),
      }),
    ),
  },
  { $id: 'ImportKinds' },
)
