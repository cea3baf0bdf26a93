/** The units in a cell of a list: several names, and words for many (各县区, 各有关单位). Pure. */

export interface NamedUnits {
  names: string[]
  /** Words for many units, as they stand in the cell. */
  many: string[]
}

const between =
  /[、,，;；/\n]+|\s{2,}|(?<=[局委办院处会司站队校所])\s+|(?<=[局委办院处会司站队校所])(?:和|及|以及)(?=[\p{Script=Han}]{3,})/u
const byDistrict =
  /^(?:全市)?各(?:县区|区县|县\(区\)|区\(县\)|县、区|县市区|区|县)(?:人民)?(?:政府|党委|文明办|创城办)?$/
const manyUnits =
  /^(?:全市|市直|相关|有关|其他|其它)*(?:各|相关|有关|其他|其它).*(?:单位|部门|街道|乡镇|社区|学校|企业|小组|工作组|机关)$|^(?:各|相关|有关).{0,8}$/
/** 市文明办等单位: one is named, and others are meant. */
const andOthers = /^(.{2,}?)等(?:相关|有关)?(?:单位|部门)?$/

/** Whether the words mean all districts. */
export const meansDistricts = (words: string): boolean => byDistrict.test(words.normalize('NFKC'))

/** Splits a cell. 县（区） keeps its brackets; a note behind a name (牵头) does not. */
export function readUnits(cell: string | undefined): NamedUnits {
  const named: NamedUnits = { names: [], many: [] }
  if (cell === undefined) return named
  const text = cell.normalize('NFKC').replace(/县、区/g, '县区')
  for (const part of text.split(between)) {
    const plain = part
      .replace(/\((?:牵头|主责|配合|负责|责任)(?:单位)?\)$/, '')
      .replace(/^(?:牵头|责任|配合|主责|协办)(?:单位)?:/, '')
      .trim()
    if (plain === '' || /^(?:-+|—+|无)$/.test(plain)) continue
    const [, first] = andOthers.exec(plain) ?? []
    if (first !== undefined) {
      if (!named.names.includes(first)) named.names.push(first)
      if (!named.many.includes('等单位')) named.many.push('等单位')
      continue
    }
    const many = byDistrict.test(plain) || manyUnits.test(plain)
    const into = many ? named.many : named.names
    if (!into.includes(plain)) into.push(plain)
  }
  return named
}
