import { writeWorkbook } from '#platform/files/write.ts'
import type { Language } from '#platform/http/language.ts'
import type { Field } from '../read/fields/fields.ts'
import { type Headings, helpColumns } from '../read/headings.ts'
import type { SheetTemplate, TemplateColumn } from '../read/kinds.ts'
import { listKinds, type OwnListKind } from '../words.ts'

/** The columns of the template of each list, in their order. */
const templateColumns: Record<OwnListKind, readonly Field[]> = {
  people: [
    'number',
    'name',
    'sex',
    'birthDate',
    'identityNumber',
    'phone',
    'email',
    'unit',
    'team',
    'role',
    'residence',
    'serviceCategory',
    'skills',
  ],
  units: [
    'unit',
    'unitKind',
    'parent',
    'district',
    'system',
    'honourTitle',
    'staffCount',
    'liaison',
    'liaisonPhone',
    'leader',
    'leaderPhone',
    'aliases',
  ],
  teams: ['team', 'unit', 'leader', 'leaderPhone', 'longitude', 'latitude'],
  heads: ['unit', 'team', 'class', 'heads', 'minors'],
  classes: [
    'unit',
    'class',
    'name',
    'sex',
    'birthDate',
    'role',
    'phone',
    'guardian',
    'guardianPhone',
    'guardianConsent',
  ],
}

const required: Record<OwnListKind, readonly Field[]> = {
  people: ['name'],
  units: ['unit'],
  teams: ['team'],
  heads: ['heads'],
  classes: ['class', 'name'],
}

const hints: Partial<Record<Field, { zh: string; en: string; example: string }>> = {
  name: { zh: '必填', en: 'Required', example: '张三' },
  sex: { zh: '男或女', en: '男 or 女', example: '男' },
  birthDate: { zh: '年-月-日', en: 'Year-month-day', example: '1990-01-31' },
  identityNumber: { zh: '请将该列设为文本', en: 'Format the column as text', example: '' },
  phone: { zh: '手机或带区号的座机', en: 'A mobile number, or a landline with its area code', example: '' },
  unit: {
    zh: '单位全称或已确认的简称',
    en: 'The full name, or a confirmed short one',
    example: '市住房和城乡建设局',
  },
  role: {
    zh: '队长、副队长、队员；师生名单填教师或学生',
    en: 'Leader, deputy, member; teacher or pupil',
    example: '队员',
  },
  skills: { zh: '用顿号分隔', en: 'Separated by 、', example: '急救、摄影' },
  unitKind: {
    zh: '机关、企业、事业单位、社会组织、学校、社区、其他',
    en: 'Government, enterprise, institution, social organisation, school, community, other',
    example: '机关',
  },
  district: { zh: '县区名称或行政区划代码', en: 'The district’s name or code', example: '210502' },
  aliases: { zh: '用顿号分隔', en: 'Separated by 、', example: '市住建局、住建局' },
  longitude: { zh: '度，WGS-84', en: 'Degrees, WGS-84', example: '123.76' },
  latitude: { zh: '度，WGS-84', en: 'Degrees, WGS-84', example: '41.29' },
  heads: { zh: '必填，整数', en: 'Required, a whole number', example: '36' },
  guardianConsent: { zh: '是或否', en: 'Yes or no', example: '是' },
}

const same = (text: string) => ({ zh: text, en: text })

const ownColumn = (kind: OwnListKind, field: Field): TemplateColumn => {
  const { example, ...hint } = hints[field] ?? {}
  return {
    field,
    required: required[kind].includes(field),
    ...('zh' in hint ? { hint } : {}),
    ...(example ? { example: same(example) } : {}),
  }
}

const ownTemplates: Readonly<Record<string, SheetTemplate>> = Object.fromEntries(
  Object.entries(templateColumns).map(([kind, columns]) => [
    kind,
    { columns: columns.map((field) => ownColumn(kind as OwnListKind, field)) },
  ]),
)

/** The lists that can be filled in, by their kinds: those of the organisation, then those of other slices. */
export const templatesOf = ({ templates }: Headings): Readonly<Record<string, SheetTemplate>> => ({
  ...ownTemplates,
  ...templates,
})

/** What a kind of list is called. */
const calledIn = ({ kinds }: Headings, kind: string) =>
  (listKinds as Record<string, { zh: string; en: string }>)[kind] ?? kinds[kind]?.called ?? same(kind)

/** Empty rows, formatted as text: otherwise a spreadsheet program keeps only 15 digits of an identity number. */
function blankRows(columns: number): null[][] {
  return Array.from({ length: 300 }, () => Array.from({ length: columns }, () => null))
}

/** The file name of a template. */
export function templateName(headings: Headings, kind: string, language: Language): string {
  const called = calledIn(headings, kind)
  return language === 'zh' ? `${called.zh}模板.xlsx` : `${called.en} template.xlsx`
}

const texts = {
  zh: {
    how: '填写说明',
    required: '必填',
    first: '第1行',
    example: '示例',
    exampleHint: '写有“示例”的行不会导入',
    and: '；',
  },
  en: {
    how: 'How to fill it in',
    required: 'Required',
    first: 'Line 1',
    example: 'Example',
    exampleHint: 'A row marked “Example” is not imported',
    and: '; ',
  },
} as const satisfies Record<Language, unknown>

/** A template: an empty list to fill in, and a second sheet that explains its columns. */
export async function templateOf(headings: Headings, kind: string, language: Language): Promise<Buffer> {
  const { title, columns } = templatesOf(headings)[kind]!
  const t = texts[language]
  const headingOf = ({ field, heading }: TemplateColumn) =>
    (heading ?? headings.words[field])?.[language] ?? field
  const numbered = columns[0]?.field === 'number' && columns.some(({ example }) => example)
  const howOf = ({ field, hint, required: must }: TemplateColumn) => {
    const hinted = hint?.[language]
    const marked = numbered && field === 'number'
    const said = marked ? [hinted, t.exampleHint].filter(Boolean).join(t.and) : hinted
    const both = must && said !== undefined && !said.startsWith(t.required)
    return both ? `${t.required}${t.and}${said}` : (said ?? (must ? t.required : ''))
  }
  const exampleOf = ({ example }: TemplateColumn) => example?.[language] ?? ''
  return writeWorkbook([
    {
      name: calledIn(headings, kind)[language],
      headingRows: title ? 2 : 1,
      asText: true,
      widths: columns.map(() => 18),
      rows: [
        ...(title ? [[title[language]]] : []),
        columns.map(headingOf),
        ...(numbered ? [[t.example, ...columns.slice(1).map(exampleOf)]] : []),
        ...blankRows(columns.length),
      ],
    },
    {
      name: t.how,
      headingRows: 1,
      widths: [24, 60, 24],
      rows: [
        [...helpColumns[language]],
        ...(title ? [[t.first, title.hint[language], title[language]]] : []),
        ...columns.map((column) => [headingOf(column), howOf(column), exampleOf(column)]),
      ],
    },
  ])
}
