/** Defaults for all rows of a sheet (class or team), from the sheet's name, a title or the file's name. Pure. */

const digits = '〇零一二三四五六七八九十百两\\d'
/** 三年级1班, 三(2)班, 初一3班, 高三（1）班, 2021级3班, 三年二班, 3-1班. */
const classNamed = new RegExp(
  `(?:[小初高]?[${digits}]{1,4}(?:年级|年|级)?\\s*[(（-]?[${digits}]{1,3}[)）]?\\s*班|(?:大|中|小|学前)[${digits}]?班)`,
  'u',
)

/** The class named by a text, or undefined. */
export function classIn(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/g, '')
  const found = classNamed.exec(plain)?.[0]
  // 1班 alone is a class only after a grade.
  return found && !/^\d{1,2}班$/.test(found) ? found : undefined
}

const teamEnd = /(?:支队|中队|大队|小队|分队|战队|服务队|志愿队|突击队|先锋队|小组|队|组)$/

/** The text if it is the name of a team, or undefined. */
export function teamNamed(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim()
  return plain.length <= 40 && teamEnd.test(plain) && !/名单|名册|统计|信息/.test(plain) ? plain : undefined
}

const generic =
  /^(?:sheet|table|工作表|表格?|附件|附表|数据|data|list|export)[\s_-]*\d*$|^(?:志愿者|志愿服务|人员|学生|师生|教师|队员|成员|报名|参加人员|单位|队伍|班级|人数|活动|学雷锋|最终|正式|新|\d|[a-z]|[-_\s()（）.])*(?:名单|名册|花名册|信息|信息表|汇总|总表|汇总表|统计|统计表|登记表|报名表|通讯录|名录|师生|志愿者|人员|单位|队伍|队员|人数|volunteers?|units?|teams?|people|classes|heads)?[\d()（）_-]*$/i

/** Whether the name of a sheet is meaningless (Sheet1). */
export const isGenericName = (name: string): boolean => generic.test(name.normalize('NFKC').trim())
