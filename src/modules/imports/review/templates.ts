import { writeWorkbook } from '#platform/files/write.ts'
import type { Language } from '#platform/http/language.ts'
import { type Field, fields } from '../read/fields/fields.ts'
import { listKinds, type OwnListKind } from '../words.ts'

/** The columns of the template of each list, in their order. */
export const templateColumns: Record<OwnListKind, readonly Field[]> = {
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
  district: { zh: '区县名称或行政区划代码', en: 'The district’s name or code', example: '210502' },
  aliases: { zh: '用顿号分隔', en: 'Separated by 、', example: '市住建局、住建局' },
  longitude: { zh: '度，WGS-84', en: 'Degrees, WGS-84', example: '123.76' },
  latitude: { zh: '度，WGS-84', en: 'Degrees, WGS-84', example: '41.29' },
  heads: { zh: '必填，整数', en: 'Required, a whole number', example: '36' },
  guardianConsent: { zh: '是或否', en: 'Yes or no', example: '是' },
}

/** Empty rows, formatted as text: otherwise a spreadsheet program keeps only 15 digits of an identity number. */
function blankRows(columns: number): null[][] {
  return Array.from({ length: 300 }, () => Array.from({ length: columns }, () => null))
}

/** The file name of a template. */
export function templateName(kind: OwnListKind, language: Language): string {
  return language === 'zh' ? `${listKinds[kind].zh}模板.xlsx` : `${listKinds[kind].en} template.xlsx`
}

/** A template: an empty list to fill in, and a second sheet that explains its columns. */
export async function templateOf(kind: OwnListKind, language: Language): Promise<Buffer> {
  const columns = templateColumns[kind]
  const zh = language === 'zh'
  const explained = columns.map((field) => {
    const hint = hints[field]
    const must = required[kind].includes(field) ? (zh ? '必填' : 'Required') : ''
    return [fields[field][language], hint?.[language] ?? must, hint?.example ?? '']
  })
  return writeWorkbook([
    {
      name: listKinds[kind][language],
      headingRows: 1,
      asText: true,
      widths: columns.map(() => 18),
      rows: [columns.map((field) => fields[field][language]), ...blankRows(columns.length)],
    },
    {
      name: zh ? '填写说明' : 'How to fill it in',
      headingRows: 1,
      widths: [24, 60, 24],
      rows: [zh ? ['列', '填法', '示例'] : ['Column', 'How', 'Example'], ...explained],
    },
  ])
}
