/** Reads the title of a list, or its file name, for values that apply to all rows. */

import { classIn } from '../defaults.ts'
import { looksLikeUnit } from '../names.ts'

/** Endings of unit names, after which a title may continue. */
const unitEnds =
  /(?:委员会|办公室|公司|学校|小学|中学|大学|学院|幼儿园|医院|社区|街道|协会|促进会|联合会|总工会|工会|基金会|中心|政府|法院|检察院|集团|银行|支行|分行|支队|大队|[局委办厅院馆站所处厂会部镇乡村])/g

/** Words with which the part of a title about the list itself begins. */
const aboutTheList =
  /填报|填表|报送|制表|盖章|公章|负责人|联络员|(?:电话|日期|时间)[:：号]|(?:学生|教师|教职工|党员|干部|队员|成员)(?=名单|名册|花名册|信息|登记|报名|统计|汇总|通讯录|情况)|学雷锋|志愿者|志愿服务(?!协会|促进会|联合会|中心)|参加|参与|师生|人员|名单|花名册|名册|报名|统计|汇总|登记|信息|通讯录|联系|活动|关于|["“”"《》「」]/

/** Attachment numbers, years and the like before the name: 附件1:, 2026年. */
const counted = /^(?:附件\s*\d*|附表\s*\d*|\d{4}\s*年度?|\d+)[\s:：.、_-]*/
/** What a form asks before the name: 填报单位（盖章）：. */
const asksUnit =
  /^(?:(?:填报|填表|报送|上报|所在|所属|推荐|组织|报名|工作)?单位|学校)(?:名称|全称)?(?:\([^)]{1,6}\))?[:：]_*/

const narrow = (text: string) => text.normalize('NFKC').replace(/\s+/g, '')

function stripped(text: string): string {
  let plain = narrow(text)
  for (;;) {
    const shorter = plain.replace(counted, '').replace(asksUnit, '')
    if (shorter === plain) return plain
    plain = shorter
  }
}

/** Whether a line says outright which unit filled in the list: 填报单位：市住建局. */
export const saysUnit = (title: string): boolean => asksUnit.test(narrow(title))

/** The title, and its parts between brackets and dashes: 志愿者名单（市住建局）, 报名表-市住建局. */
function partsOf(title: string): string[] {
  const plain = stripped(title)
  return [plain, ...plain.split(/[()—–―+_:,;、-]+/)]
}

function candidatesIn(plain: string): string[] {
  const ends = [...plain.matchAll(unitEnds)].map((match) => match.index + match[0].length)
  const candidates = ends.filter((end) => end >= 3 && end <= 60).map((end) => plain.slice(0, end))
  const cut = plain.search(aboutTheList)
  if (cut >= 3 && cut <= 60 && !/[^\p{L}\p{N}()·-]/u.test(plain.slice(0, cut)))
    candidates.push(plain.slice(0, cut).replace(/[-·(]+$/, ''))
  return candidates
    .filter((candidate) => classIn(candidate) === undefined)
    .sort((a, b) => b.length - a.length)
}

/**
 * The names of units a title may begin with, the longest first: `本溪市住建局学雷锋志愿者名单` gives 本溪市住建局.
 * The caller checks which of them exists.
 */
export function unitCandidates(title: string): string[] {
  return [...new Set(partsOf(title).flatMap(candidatesIn))]
}

/**
 * The name to ask about when none of the candidates is known: the longest one before the words about the list itself
 * (志愿者名单). Undefined when the title names no unit.
 */
export function likeliestUnit(title: string): string | undefined {
  const named = partsOf(title).flatMap((plain) => {
    const cut = plain.search(aboutTheList)
    return candidatesIn(plain).filter((candidate) => cut < 0 || candidate.length <= cut)
  })
  return named[0]
}

/** Words after which nobody takes a name for that of a department: 市林业局, 北台社区; but 办公室, 机关党支部. */
const institution =
  /(?:局|委员会|公司|学校|小学|中学|大学|学院|幼儿园|医院|社区|街道|协会|联合会|集团|银行|法院|检察院|[镇乡村])$/
const ofPlace = /^(?:市|区|县|\p{Script=Han}{2,4}[市区县])/u
const ofSeveral = /^(?:各|全[市区县省体]|我|该|所有|部分)/

/** The unit that a title names for certain, because it says so, or by its last word: 市林业局. */
export function unitNamedBy(title: string): string | undefined {
  const name = likeliestUnit(title)
  if (name === undefined || saysUnit(title)) return name
  if ([...name].length < 3 || ofSeveral.test(name)) return undefined
  return institution.test(name) || (ofPlace.test(name) && looksLikeUnit(name)) ? name : undefined
}

export interface NamedPerson {
  name: string
  phone: string | null
}

const roleWords = '领队|队长|带队人|负责人|带队领导'
const leaderNamed = new RegExp(
  `(?:${roleWords})\\s*(?:姓名)?\\s*[:：]?\\s*([\\p{Script=Han}·]{2,5}?)(?=$|[\\s,，;；、()（）\\d+]|电话|手机|联系)`,
  'u',
)
const otherPerson = new RegExp(
  `${roleWords}|联络员|联系人|填表人|填报人|制表人|审核人|班主任|带班教师|带队教师|带队老师|指导教师|校长|副队长`,
)
const phoneNamed = /(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}/

/** The leader a title names (`领队:张三 13800000000`), with the number behind the name. */
export function leaderIn(title: string): NamedPerson | undefined {
  return personNamed(title, leaderNamed)
}

const teacherWords = '班主任|带班教师|带班老师|带队教师|带队老师|指导教师'
const teacherNamed = new RegExp(
  `(?:${teacherWords})\\s*(?:姓名)?\\s*[:：]?\\s*([\\p{Script=Han}·]{2,5}?)(?=$|[\\s,，;；、()（）\\d+]|电话|手机|联系)`,
  'u',
)

/** The teacher of the class a title names (`班主任：李敏 电话：…`), with the number behind the name. */
export function teacherIn(title: string): NamedPerson | undefined {
  return personNamed(title, teacherNamed)
}

function personNamed(title: string, pattern: RegExp): NamedPerson | undefined {
  const plain = title.normalize('NFKC')
  const found = pattern.exec(plain)
  if (!found?.[1]) return undefined
  // No other person may be named between the name and the number.
  const rest = plain.slice(found.index + found[0].length)
  const own = rest.slice(0, rest.search(otherPerson) >= 0 ? rest.search(otherPerson) : undefined)
  return { name: found[1], phone: phoneNamed.exec(own)?.[0] ?? null }
}

/** A file's name without folders and extension; only the last part of a client's path is used. */
export function titleOfFile(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? ''
  return last.replace(/\.(xlsx|xlsm|xls|xlt|et|ett|csv|tsv|txt|ods)$/i, '').slice(0, 200)
}
