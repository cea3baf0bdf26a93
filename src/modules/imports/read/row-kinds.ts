import { type MemberRole, searchNameOf } from '#modules/organisation/pure.ts'
import { type Cell, isFault, textOf } from '#platform/files/cells.ts'
import type { RowKind } from '../words.ts'
import type { Column } from './blocks.ts'
import { classIn, teamNamed } from './defaults.ts'
import { looksLikeUnit } from './names.ts'
import { roleOfWord } from './roles.ts'
import { isPlain } from './values.ts'

const subtotal =
  /^(?:小计|合计|总计|共计|总数|总人数|人数合计|汇总|本页小计|本页合计|累计|total|subtotal|sum)[:：]?\d*(?:人|名|个)?$/i
const altogether =
  /^(?:(?:共|合计|总计|共计|总人数:?)\d+(?:人|名|个)|(?:其中:?)?男\d+(?:人|名)[,、;]?女\d+(?:人|名))$/
const signature =
  /^(?:填表人|填报人|制表人|制表|审核人|审核|复核人|经办人|报送人|单位负责人|负责人签字|领导签字|主管领导|签字|签名|盖章|单位盖章|单位\(盖章\)|\(盖章\)|单位公章|公章|填表日期|填报日期|制表日期|报送日期|填表单位|填报单位|日期|年月日|preparedby|signature|approvedby)/i
/** The word alone, in a cell of its own: 填表人 | 王芳 | 13900000009. */
const signatureWord =
  /^(?:填表人|填报人|制表人|审核人|复核人|经办人|报送人|单位负责人|负责人签字|领导签字|填表日期|填报日期)[:：]?$/
/** Whom to call about the list, where the row's number stands: 联系人 | 王芳 | 13900000009. In a column of roles it is one. */
const contactWord = /^(?:联系人|联络员|联系电话|联系方式|咨询电话|电话|负责人)[:：]?$/
const sample =
  /^[(（]?(?:例|示例|样例|范例|例如|举例|例子|填写示例|填表示例|填写样例|example|sample|e\.g\.?)[)）]?\s*\d*[:：]?$/i
const sampleName = /[(（](?:示例|样例|范例|例|example|sample)[)）]$|^(?:示例|样例|范例|例[:：])/i
const note = /^(?:注|备注|说明|填表说明|填写说明|注意|提示|note|remark)s?[:：]/i

/** The title of what follows: 附：补充名单, 附表2. */
const annex = /^附(?:件|表|录)?\d*(?:[:：]|$)/

/** The kind of a row below the headings. */
export function rowKindOf(cells: readonly Cell[], columns: readonly Column[]): RowKind {
  const texts = cells.map((cell) => {
    const text = textOf(cell)
    return isPlain(text) ? text : text.normalize('NFKC').replace(/\s+/g, '')
  })
  const filled = texts.filter((text) => text !== '')
  if (repeatsHeadings(texts, columns)) return 'heading'
  const [first = '', second = ''] = filled
  if (filled.slice(0, 3).some((text) => subtotal.test(text) || altogether.test(text))) return 'subtotal'
  if (isSignature(first, filled) || (/^\d+$/.test(first) && isSignature(second, filled))) return 'signature'
  if (signatureWord.test(first) && !named(texts, columns).includes(first)) return 'signature'
  if (contactWord.test(first) && numbersOf(texts, columns).includes(first)) return 'signature'
  if (filled.length === 1 && annex.test(first)) return 'title'
  if (note.test(first) || isSentence(filled, texts, columns)) return 'note'
  if (sample.test(first) || named(texts, columns).some((text) => sampleName.test(text))) return 'sample'
  if (isNumberedOnly(texts, columns)) return 'numbered'
  return standsAlone(cells, texts, columns) ? 'title' : 'data'
}

const numbersOf = (texts: readonly string[], columns: readonly Column[]) =>
  columns.filter(({ field }) => field === 'number').map(({ index }) => texts[index] ?? '')

const named = (texts: readonly string[], columns: readonly Column[]) =>
  columns.filter(({ field }) => field === 'name').map(({ index }) => texts[index] ?? '')

/** A remark below a list, in the column of the names: 以上人员均已购买保险. */
function isSentence(
  filled: readonly string[],
  texts: readonly string[],
  columns: readonly Column[],
): boolean {
  const [only = ''] = filled
  if (filled.length !== 1 || columns.length < 2 || !named(texts, columns).includes(only)) return false
  return (
    /^(?:以上|以下|上述|本表|此表|本次|其他)/.test(only) ||
    ([...only].length > 6 && /^\p{Script=Han}[^·.]*$/u.test(only) && /[均已的请为在由和与，。；]/.test(only))
  )
}

/** Empty rows with only a row number. */
function isNumberedOnly(texts: readonly string[], columns: readonly Column[]): boolean {
  const numbers = new Set(columns.filter(({ field }) => field === 'number').map(({ index }) => index))
  const filled = texts.flatMap((text, index) => (text === '' ? [] : [index]))
  return (
    filled.length > 0 &&
    filled.every((index) => numbers.has(index)) &&
    /^\d+$/.test(texts[filled[0] as number] ?? '')
  )
}

/** 填表人:张三 is a signature. Three or more filled cells without a colon are data: the name only begins like that word. */
function isSignature(text: string, filled: readonly string[]): boolean {
  if (!signature.test(text)) return false
  return /[:：]/.test(text) || filled.length <= 2 || filled.filter((each) => signature.test(each)).length >= 2
}

function repeatsHeadings(texts: readonly string[], columns: readonly Column[]): boolean {
  const named = columns.filter(({ heading }) => heading !== '')
  const apartMax = named.length - Math.max(2, Math.ceil((named.length * 2) / 3))
  let apart = 0
  for (const { index, heading } of named) {
    if (searchNameOf(texts[index] ?? '') !== searchNameOf(heading) && ++apart > apartMax) return false
  }
  return named.length - apart >= 2
}

/** The level of a dividing line by its number: 一、 is above （一）, and that above 1. */
export function levelOfDivider(text: string): number {
  const plain = text.normalize('NFKC').trim()
  if (/^\([一二三四五六七八九十]+\)/.test(plain)) return 1
  return /^(?:\d+[.、]|\(\d+\))/.test(plain) ? 2 : 0
}

/** What a dividing line says, without number, count and colon: 一、一队（12人）： is 一队. */
export function dividerText(cells: readonly Cell[]): string {
  return cells
    .map((cell) => textOf(cell))
    .join('')
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d+[、.])/, '')
    .replace(/[:、.]+$/, '')
    .replace(/(?:\(共?\d+(?:人|名)\)|共?\d+(?:人|名))$/, '')
}

/** The role that a dividing line gives to the people below it: 带队教师, 学生名单. */
export function roleOfDivider(text: string, list: string): MemberRole | undefined {
  const word = text.replace(/\([^)]*\)/g, '').replace(/(?:名单|名册|花名册|人员|信息|部分|情况)+$/, '')
  return roleOfWord(word, list === 'classes')
}

/** Whether a text in the column of names is a dividing line: 市住建局, 带队教师, 第一组, 三年一班, 市教育局志愿者名单. */
function dividesNames(cells: readonly Cell[], text: string): boolean {
  const plain = dividerText(cells)
  return (
    looksLikeUnit(text) ||
    roleOfDivider(plain, 'classes') !== undefined ||
    (classIn(plain) ?? teamNamed(plain)) !== undefined ||
    /(?:名单|名册|登记表|报名表|信息表)(?:\([^)]*\))?$/.test(plain)
  )
}

/** A single text, outside the name column unless it can be no name, is a divider: the name of a group or a district. */
function standsAlone(cells: readonly Cell[], texts: readonly string[], columns: readonly Column[]): boolean {
  const at = texts.flatMap((text, index) => (text === '' ? [] : [index]))
  if (at.length !== 1 || cells.some((cell) => isFault(cell))) return false
  const field = columns.find(({ index }) => index === at[0])?.field ?? null
  const text = texts[at[0] as number] as string
  if (field === 'name' && dividesNames(cells, text)) return true
  if (columns.length < 3) return false
  if (field === null) return true
  if (field === 'number') return !/^\d+$/.test(text)
  return (
    field !== 'class' && field !== 'team' && (classIn(text) ?? teamNamed(dividerText(cells))) !== undefined
  )
}
