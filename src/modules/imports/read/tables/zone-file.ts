/** The content of a zone file, and the reasons why rows are refused. */
import type { ZoneRecord } from '#modules/grid/pure.ts'

/** Why a row is refused. */
export interface RowFault {
  row: number
  /** The code of the zone, if known. */
  code?: string
  column: string
  value: string
  reason: ZoneFault
  details?: Record<string, unknown>
}

export const zoneFaults = {
  'code-missing': { zh: '缺少编码', en: 'no code' },
  'code-invalid': {
    zh: '编码须为1至40个字母、数字或连字符',
    en: 'a code has 1 to 40 letters, digits or dashes',
  },
  'code-lost-digits': {
    zh: '编码按数值保存，末几位已丢失，请设为文本格式后重填',
    en: 'the code was stored as a number and lost its last digits; format the column as text and enter it again',
  },
  'code-is-date': {
    zh: '编码已变为日期，请设为文本格式后重填',
    en: 'the code became a date; format the column as text and enter it again',
  },
  'code-twice': { zh: '编码在文件中重复', en: 'the code stands in the file twice' },
  'name-missing': { zh: '新区域缺少名称', en: 'a new zone needs a name' },
  'name-too-long': { zh: '名称超过100个字符', en: 'the name has more than 100 characters' },
  'kind-unknown': { zh: '类型无法识别', en: 'the kind is not known' },
  'level-invalid': { zh: '级别须为1至9', en: 'a level is 1 to 9' },
  'centre-invalid': { zh: '中心坐标无效', en: 'the centre is no position' },
  'flag-unknown': { zh: '是否适合未成年人无法识别', en: 'suitability for minors is not yes or no' },
  'boundary-invalid': { zh: '边界无效', en: 'the boundary is not valid' },
  'row-hidden': {
    zh: '该行在文件中隐藏，请选择导入或跳过隐藏的行',
    en: 'the row is hidden in the file: say whether hidden rows are taken or left out',
  },
  'parent-cycle': { zh: '上级关系成环', en: 'its parents run in a circle' },
  'parent-in-error': { zh: '上级所在行有错误', en: 'the row of its parent has an error' },
} as const
export type ZoneFault = keyof typeof zoneFaults

/** The content of one file. */
export interface ZoneFile {
  name: string
  records: ZoneRecord[]
  faults: RowFault[]
  /** The names of unknown columns or properties. */
  ignored: string[]
  /** The number of rows that are hidden in the file. */
  hiddenRows: number
}

/**
 * The code of a zone without one: derived from its parent and name, so that it is the same when the file is imported
 * again.
 */
export function codeBelow(parent: string, name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}]/gu, '')
  return parent === '' || plain === '' ? '' : `${parent}-${plain}`.slice(0, 40)
}

/** Whether a text can be the code of a zone: 1 to 40 characters, the first one a letter or digit. */
export function isCode(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}_.:-]{0,39}$/u.test(text)
}
