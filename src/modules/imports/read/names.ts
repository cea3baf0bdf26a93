/** Parses the names of people in a cell: one, several, or with a note. Pure. */

/** The characters typed for the middle dot in names such as 买买提·艾力. */
const dots = /[•‧・･∙⋅●ㆍ˙．。.·‐–—―]/u
const han = '\\p{Script=Han}〇\\uE000-\\uF8FF\\u{20000}-\\u{3FFFD}\\u{F0000}-\\u{10FFFD}'
const ideographs = new RegExp(`^[${han}]+$`, 'u')
const between = new RegExp(`(?<=[${han}])\\s*(?:${dots.source})\\s*(?=[${han}])`, 'gu')
const dashed = new RegExp(`^([${han}·]+)\\s*-\\s*([${han}·]+)$`, 'u')

/**
 * Invisible characters, which are removed. Private-use and unassigned characters stay: they may be rare name
 * characters.
 */
const invisible = /[\p{Cc}\p{Cf}]/gu

/** Normalizes the dots of a name; must run before other normalization, which would change them. */
function withDots(text: string): string {
  return text
    .replace(between, '·')
    .replace(dashed, (whole, first: string, second: string) =>
      [...first].length > 2 || [...second].length > 2 ? `${first}·${second}` : whole,
    )
}

const surnames = new Set(
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲家封芮储靳井段富巫乌焦巴弓牧隗山谷车侯全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白蒲从索籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况有琴商牟佘佴伯赏墨哈谯笪年爱阳佟闫肖付代岩覃苟仝门初由税',
)
const doubleSurnames = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延 东郭 南门 西门 百里 第五 完颜 叶赫 那拉 纳兰'.split(
    ' ',
  ),
)
/** 甲一, 乙二: sample names in examples and tests. */
const stems = new Set('甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥')

const unitEnd =
  /(?:局|委|办|厅|院|馆|站|所|处|厂|部|镇|乡|村|公司|学校|小学|中学|大学|学院|医院|社区|街道|协会|中心|集团|银行|支队|大队|委员会|办公室)$/

/** Whether a text ends like the name of a unit, such as 局 or 学校. */
export function looksLikeUnit(text: string): boolean {
  const plain = text.replace(/\s/g, '')
  return [...plain].length >= 3 && unitEnd.test(plain)
}

/**
 * Whether a text looks like one person's name: two to four ideographs that begin with a surname, or a name with a dot.
 */
export function looksLikeName(text: string): boolean {
  const plain = withDots(text.trim()).replace(/\s/g, '')
  const length = [...plain].length
  if (/^[\p{Script=Han}]{2,}·[\p{Script=Han}]{2,}$/u.test(plain)) return true
  if (!ideographs.test(plain) || length < 2 || length > 4 || unitEnd.test(plain)) return false
  const [first = ''] = plain
  return surnames.has(first) || stems.has(first) || doubleSurnames.has(plain.slice(0, 2))
}

const beginsWithSurname = (text: string) => [...text].length <= 3 && surnames.has(text.slice(0, 1))

export type ReadNames =
  | { names: [string]; note?: string }
  /** Certainly several names: the separator does not occur in names. */
  | { names: string[] }
  /** One name or several: unsure. */
  | { either: string[] }
  /** A surname with a title: 王主任. */
  | { title: string }
  /** Somebody who left, as it is said behind the name: 张三（离职）. */
  | { gone: string }
  | { malformed: true }

const separators = /[\n\r、,，;；/|＼\\]+|\s{2,}|\u3000{2,}/u
const brackets = /^(.+?)\s*[(（【[]\s*([^()（）【】[\]]{1,12})\s*[)）】\]]$/u
/** 子八老师, 张伟副局长: a title after the name. */
const titles =
  '(?:副|代|总|大队|中队|支队|护士|秘书|班)?(?:老师|教师|校长|园长|班主任|主任|同学|队长|同志|女士|先生|小姐|师傅|局长|处长|科长|股长|所长|站长|院长|部长|镇长|乡长|区长|县长|市长|书记|主席|会长|理事长|董事长|经理|总经理|厂长|组长|班长|秘书长|干事|科员|主管|医生|大夫|护士|护士长|律师|会计|工程师|教授|警官|政委|指导员)'
const titled = new RegExp(`^(.{2,4}?)${titles}$`, 'u')
/** 王主任, 小王, 老李: nobody can tell which of several people this is. */
const titleOnly = new RegExp(
  `^(?:[小老]([王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许邓韩冯曹彭曾肖董潘袁蔡蒋余杜叶程魏苏吕丁沈任姚卢姜崔谭陆范汪廖贾韦夏付邹孟熊秦邱尹薛闫])|(?:小|老)?(\\p{Script=Han}{1,2}?)(?:${titles}|[总局处]))$`,
  'u',
)

/** A number before a name: 1.张伟, 2、李娜, （3）王芳. */
const counted = /^\s*[(（]?\d{1,3}[)）.、．]\s*(?=\p{Script=Han})/u
/** A role before a name: 组长：张伟, 队长 李娜. Who is named as the contact for a list is not on it by that. */
const roleBefore = /^(副?[队组]长|领队|班主任|负责人)\s*(?:[:：]\s*|\s+)(\p{Script=Han}.*)$/u

/** The names in a cell. Text in brackets after a name is a note about the person. */
export function readNames(text: string): ReadNames {
  const clean = text
    .replace(/\r\n?/g, '\n')
    .replace(invisible, (each) => (each === '\n' || each === '\t' ? each : ''))
    .replace(counted, '')
  const parts = clean
    .trim()
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (parts.length <= 1) return oneName(parts[0] ?? '')
  const joined = parts.join('')
  // 张  三, 欧  阳  娜: single characters with blanks between them are one name, spaced to fill the width.
  if (parts.every((part) => [...part].length === 1) && !/[、,，;；/|\\\n]/.test(clean.trim()))
    return oneName(joined)
  const names = parts.map(oneName)
  if (names.every((name) => 'names' in name && name.names.length === 1))
    return { names: names.flatMap((name) => ('names' in name ? name.names : [])) }
  return { malformed: true }
}

/** Behind a name: whether they are still meant is not for us to guess. Who is retired may well take part. */
const goneWord =
  /^.{2,}?[\s([（【]*已?(?:离职|离岗|调走|调离|调出|退出|退队|去世|病故|辞职|转学|休学|故)[)\]）】]?$/u

/** 张伟和李娜: two, when both sides are whole names; 张和平 is one. */
const andBetween = /^(\p{Script=Han}{2,4})[和与及](\p{Script=Han}{2,4})$/u

function oneName(text: string): ReadNames {
  if (goneWord.test(text)) return { gone: text }
  const role = roleBefore.exec(text)
  if (role?.[1] && role[2]) {
    const name = oneName(role[2])
    return 'names' in name && name.names.length === 1
      ? { names: [name.names[0] as string], note: role[1] }
      : name
  }
  const noted = brackets.exec(text)
  if (noted?.[1] && noted[2]) {
    const name = oneName(noted[1])
    return 'names' in name && name.names.length === 1
      ? { names: [name.names[0] as string], note: noted[2] }
      : name
  }
  const dotted = withDots(text)
  // 张三.李四: if both sides are complete names, the dot separates two people.
  const halves = dotted.split('·')
  if (halves.length === 2 && !text.includes('·') && halves.every(beginsWithSurname)) return { either: halves }
  const both = andBetween.exec(text)?.slice(1)
  if (both?.every(looksLikeName)) return { either: both }
  const spaced = dotted.split(/\s+/)
  const sex = spaced.length === 2 && /^[男女]$/.test(spaced[1] ?? '') && looksLikeName(spaced[0] ?? '')
  if (sex) return { names: [spaced[0] as string], note: spaced[1] as string }
  const plain = dotted.normalize('NFKC').replace(/\s+/g, ' ').trim()
  if (spaced.length > 1 && spaced.every((part) => ideographs.test(part))) return spacedName(spaced)
  const [, nicknamed, surname = nicknamed] = titleOnly.exec(plain) ?? []
  if (surname && (surnames.has(surname) || doubleSurnames.has(surname))) return { title: plain }
  const title = titled.exec(plain)
  if (title?.[1] && looksLikeName(title[1])) return { names: [title[1]], note: plain.slice(title[1].length) }
  // A single character is a surname whose given name stands in another column.
  const half = [...plain].length === 1 && ideographs.test(plain)
  return isName(plain) && !half ? { names: [plain] } : { malformed: true }
}

/** Blanks between ideographs: spacing in one name (张 三), instead of a dot (买买提 艾力), or between two people (张三 李四). */
function spacedName(parts: readonly string[]): ReadNames {
  const whole = parts.join('')
  const [first = '', ...rest] = parts
  if (parts.every((part) => [...part].length === 1)) return { names: [whole] }
  const [letter = ''] = first
  if ([...first].length === 1 || doubleSurnames.has(first)) return { names: [whole] }
  if (rest.every((part) => [...part].length === 1)) return { names: [whole] }
  if (parts.length === 2 && [...first].length >= 3 && !surnames.has(letter))
    return { names: [parts.join('·')] }
  return { either: [...parts] }
}

/** Characters of names: letters of any script, unassigned characters, and the punctuation used in names. */
const shape = new RegExp(`^[\\p{L}${han}][\\p{L}\\p{M}${han}\\s·.'’\\-()]*$`, 'u')
const notNames = /^(?:同上|同前|姓名|合计|小计|总计|暂无|待定|无|空|空缺|不详|测试|其他|略|见附[件表])$/
/** What lists say in the column of names, and no name contains: 第一组, 张伟等三人, 以下空白, 市住建局志愿者名单, 张某. */
const notInNames = new RegExp(
  [
    String.raw`第[一二三四五六七八九十\d]+[组队小分支大中党批届期页次片网]`,
    '[分小支大中]队$|(?:突击|先锋|服务|战)队$|小组|支部',
    String.raw`(?<!平)等(?:[一二三四五六七八九十两\d]+(?:人|名|位)|人)?$|[二三四五六七八九十两\d]人$`,
    '某|人员|人数|全体|以[上下]|此页|空白|附件|备注',
    '名单|名册|志愿[者服]|填[表报]|审核|签字|盖章|公章|日期',
    '负责人|联系人|联络员|电话|手机',
    '单位|公司|学校|委员会|办公室|街道|社区',
  ].join('|'),
  'u',
)

/** Whether a text has only characters of names and is not a word such as 合计. */
export function isName(text: string): boolean {
  return shape.test(text) && !text.includes('\ufffd') && !notNames.test(text) && !notInNames.test(text)
}
