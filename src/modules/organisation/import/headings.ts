import { searchNameOf } from '../names.ts'
import { type Field, fields } from './fields.ts'

const byHeading = new Map<string, Field>()
for (const [field, { zh, en, also }] of Object.entries(fields)) {
  for (const heading of [zh, en, ...also]) byHeading.set(searchNameOf(heading), field as Field)
}

/** Whose it is, where a heading says more than it must: 志愿者手机号, 学生性别. */
const whose =
  /^(?:志愿者|队员|人员|本人|学生|师生|员工|职工|成员|个人|参与者|报名者|报名人员|参加人员|请填写|填写)/

/** A heading as it is compared: what stands in brackets (必填, 11位) explains it and is left out. */
function plainHeading(text: string): string {
  const bare = text.normalize('NFKC').replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '')
  return searchNameOf(bare.trim() === '' ? text : bare)
}

/** The field a heading names, or undefined. */
export function fieldOf(heading: string): Field | undefined {
  if (heading.length > 60) return undefined
  const plain = plainHeading(heading)
  return byHeading.get(plain) ?? byHeading.get(plain.replace(whose, ''))
}

/** The field of a heading in two rows, of which the upper one spans several columns: 联络员 over 姓名, 电话. */
export function fieldOfTwo(upper: string, lower: string): Field | undefined {
  if (lower === '') return fieldOf(upper)
  return fieldOf(upper + lower) ?? fieldOf(lower) ?? fieldOf(upper)
}
