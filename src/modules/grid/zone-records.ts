import type { Boundary, Position } from './geometry.ts'
import type { ZoneKind } from './words.ts'

/** What a file or a client says about one zone. What is undefined was not said, and changes nothing. */
export interface ZoneRecord {
  /** Where it stands in its file, counted as people do. */
  row: number
  code: string
  name?: string
  kind?: ZoneKind
  /** Null: said to have none. A code that is nowhere makes a root too. */
  parentCode?: string | null
  level?: number
  boundary?: Boundary
  centre?: Position
  minorsSuitable?: boolean
}

/** Why a row cannot be taken. */
export interface RowFault {
  row: number
  /** Of the zone the row is about, where it can be told. */
  code?: string
  column: string
  value: string
  reason: ZoneFault
  details?: Record<string, unknown>
}

export const zoneFaults = {
  'code-missing': { zh: '缺少编码', en: 'no code' },
  'code-invalid': {
    zh: '编码须为 1 至 40 个字母、数字或连字符',
    en: 'a code has 1 to 40 letters, digits or dashes',
  },
  'code-twice': { zh: '编码在文件中重复', en: 'the code stands in the file twice' },
  'name-missing': { zh: '新区域缺少名称', en: 'a new zone needs a name' },
  'name-too-long': { zh: '名称超过 100 个字符', en: 'the name has more than 100 characters' },
  'kind-unknown': { zh: '类型无法识别', en: 'the kind is not known' },
  'level-invalid': { zh: '级别须为 1 至 9', en: 'a level is 1 to 9' },
  'centre-invalid': { zh: '中心坐标无效', en: 'the centre is no position' },
  'flag-unknown': { zh: '是否适合未成年人无法识别', en: 'suitability for minors is not yes or no' },
  'boundary-invalid': { zh: '边界无效', en: 'the boundary is not valid' },
  'parent-cycle': { zh: '上级关系成环', en: 'its parents run in a circle' },
  'parent-in-error': { zh: '上级所在行有错误', en: 'the row of its parent has an error' },
} as const
export type ZoneFault = keyof typeof zoneFaults

/** What was read from one file. */
export interface ZoneFile {
  name: string
  records: ZoneRecord[]
  faults: RowFault[]
  /** Columns or properties that mean nothing here, by name. */
  ignored: string[]
}

export function isCode(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}_.:-]{0,39}$/u.test(text)
}
