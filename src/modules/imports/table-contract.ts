/** The contract of lists that are imported in one request: zones and duties. */
import Type from 'typebox'
import { nullable } from '#modules/organisation/index.ts'
import { LanguageQuery } from '#platform/http/schemas.ts'

export const ImportQuery = Type.Object({
  preview: Type.Optional(
    Type.Boolean({ default: false, description: '仅预览 · judge only, change nothing' }),
  ),
  hidden: Type.Optional(
    Type.Unsafe<'take' | 'skip'>({
      type: 'string',
      enum: ['take', 'skip'],
      description: '隐藏的行导入或跳过；未说明则逐行报告 · rows hidden in the file; unsaid, each is reported',
    }),
  ),
  ...LanguageQuery.properties,
})
const RowFaultView = Type.Object({
  row: Type.Integer({ description: 'Line of a table, or number of a feature' }),
  column: Type.String(),
  value: Type.String(),
  reason: Type.String(),
  message: Type.String({ description: 'In the language of the request' }),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
const Counts = Type.Object({
  new: Type.Integer(),
  update: Type.Integer(),
  unchanged: Type.Integer(),
  error: Type.Integer(),
})
export const ZoneImport = Type.Object(
  {
    preview: Type.Boolean(),
    files: Type.Array(
      Type.Object({
        file: Type.String(),
        counts: Counts,
        roots: Type.Array(Type.String(), { description: 'Codes whose parent is nowhere: they become roots' }),
        ignored: Type.Array(Type.String(), { description: 'Columns or properties that mean nothing here' }),
        hiddenRows: Type.Integer({ description: '文件中隐藏的行数 · rows that are hidden in the file' }),
        faults: Type.Array(RowFaultView),
        rows: Type.Array(
          Type.Object({
            row: Type.Integer(),
            code: Type.String(),
            name: nullable(Type.String()),
            outcome: Type.Union([Type.Literal('new'), Type.Literal('update'), Type.Literal('unchanged')]),
            fields: Type.Array(Type.String()),
          }),
        ),
      }),
    ),
  },
  { $id: 'ZoneImport' },
)

export const ResponsibilityImport = Type.Object(
  {
    preview: Type.Boolean(),
    counts: Counts,
    ignored: Type.Array(Type.String()),
    hiddenRows: Type.Integer({ description: '文件中隐藏的行数 · rows that are hidden in the file' }),
    faults: Type.Array(RowFaultView),
  },
  { $id: 'ResponsibilityImport' },
)
