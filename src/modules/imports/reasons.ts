/** Why a cell or a row cannot be imported, with the texts of the error sheet. */
import type { Words } from '#modules/organisation/index.ts'
import type { Language } from '#platform/http/language.ts'

export const reasons = {
  'cell.formula': {
    zh: '单元格是没有结果的公式，请粘贴为数值',
    en: 'The cell is a formula without a value; paste it as a value',
  },
  'cell.error': { zh: '单元格是错误值', en: 'The cell shows a spreadsheet error' },
  'cell.is_date': {
    zh: '单元格已变为日期，原内容已丢失，请将该列设为文本后重填',
    en: 'The cell became a date and lost what was typed; format the column as text and enter it again',
  },
  'cell.ditto': { zh: '“同上”的上方没有内容', en: 'Nothing stands above this ditto mark' },
  'cell.contradicts': { zh: '合并行内的内容不一致', en: 'The lines of this merged row say different things' },
  'count.merged': {
    zh: '合并单元格中的人数不能分到各行，请逐行填写',
    en: 'A merged figure cannot be split among its rows; enter it for each row',
  },
  'text.too_long': { zh: '内容过长', en: 'The text is too long' },
  'name.missing': { zh: '缺少姓名', en: 'The name is missing' },
  'name.malformed': { zh: '姓名格式有误', en: 'This is not a name' },
  'name.title_only': {
    zh: '只有姓氏和称呼，请填写全名',
    en: 'This is a surname with a title; enter the whole name',
  },
  'name.gone': {
    zh: '姓名旁注明已离开（离职、调走等），如仍参加请去掉该备注',
    en: 'It says beside the name that this person left; take the note away if they still take part',
  },
  'name.several': {
    zh: '一格内似有多人，请每人一行填写',
    en: 'The cell may name several people; enter each on a row of their own',
  },
  'phone.noted': {
    zh: '号码旁的备注无法识别，请只填号码',
    en: 'The note beside the number is not understood; enter the number alone',
  },
  'phone.area_code_missing': {
    zh: '座机缺少区号，请补填',
    en: 'The landline has no area code; enter it',
  },
  'phone.unpaired': {
    zh: '号码与姓名数量不一致，请每人一行填写',
    en: 'There are not as many numbers as names; enter each person on a row of their own',
  },
  'phone.malformed': { zh: '不是有效的电话号码', en: 'This is not a phone number' },
  'phone.lost_digits': {
    zh: '号码按数值保存致位数缺失，请设为文本格式后重填',
    en: 'The number was stored as a number and lost digits; format the column as text and enter it again',
  },
  'email.malformed': { zh: '不是有效的邮箱', en: 'This is not an e-mail address' },
  'identity.malformed': { zh: '不是有效的证件号', en: 'This is not an identity number' },
  'identity.checksum': {
    zh: '身份证号校验码不符，可能有误录',
    en: 'The check character of the identity number is wrong; a digit was mistyped',
  },
  'identity.lost_digits': {
    zh: '身份证号按数值保存致末几位缺失，请设为文本格式后重填',
    en: 'The identity number was stored as a number and lost its last digits; format the column as text and enter it again',
  },
  'sex.unknown': { zh: '性别应为男或女', en: 'Sex is 男 or 女' },
  'sex.differs': { zh: '性别与身份证号不符', en: 'Sex differs from the identity number' },
  'birth.time_of_day': {
    zh: '出生日期带有时刻，可能差一天，请核对后按“年-月-日”重填',
    en: 'The date of birth carries a time of day and may be a day off; check it and enter year-month-day',
  },
  'age.minor': {
    zh: '未满18岁，请填写出生日期',
    en: 'Under 18: enter the date of birth',
  },
  'name.is_heading': { zh: '这是表头，不是姓名', en: 'This is a heading, not a name' },
  'table.headings_differ': {
    zh: '下方另有一张表，表头不同，请放到另一个工作表',
    en: 'Another table with other headings begins above this line; move it to a sheet of its own',
  },
  'birth.month_unsure': {
    zh: '可能是1月，也可能是10月，请按“年-月”重填',
    en: 'This may be January or October; enter year-month',
  },
  'birth.malformed': { zh: '不是有效的日期', en: 'This is not a date' },
  'birth.impossible': { zh: '出生日期有误', en: 'Nobody alive was born that day' },
  'birth.differs': { zh: '出生日期与身份证号不符', en: 'The date of birth differs from the identity number' },
  'count.malformed': { zh: '应为整数', en: 'This is not a whole number' },
  'coordinate.malformed': { zh: '不是有效的经纬度', en: 'This is not a coordinate in degrees' },
  'coordinate.incomplete': { zh: '经度和纬度需同时填写', en: 'Longitude and latitude belong together' },
  'consent.unclear': { zh: '应填是或否', en: 'Yes or no is expected' },
  'kind.unknown': {
    zh: '单位性质无法识别，请填机关、企业、事业单位、社会组织、学校、社区',
    en: 'This kind of unit is not known',
  },
  'unit.missing': { zh: '未填写所属单位', en: 'No unit is named' },
  'unit.out_of_reach': { zh: '不在您的管理范围内', en: 'This lies outside of your part of the organisation' },
  'unit.closed': { zh: '该单位已停用', en: 'This unit is closed' },
  'unit.not_taken': {
    zh: '所属单位（队伍）所在行有误，本行未入库',
    en: 'The row of its unit or team is not taken',
  },
  'unit.own_parent': { zh: '上级单位互为上下级，请核对', en: 'The parent units form a circle' },
  'team.missing': { zh: '缺少队伍名称', en: 'The team is missing' },
  'class.is_role': { zh: '班级栏填写的是身份，不是班级', en: 'This is a role, not a class' },
  'class.missing': { zh: '缺少班级', en: 'The class is missing' },
  'district.unknown': {
    zh: '未知的县区，请填行政区划代码或先导入区划',
    en: 'This district is not known; give its code, or import the divisions first',
  },
  'district.out_of_reach': {
    zh: '不能把单位移出或移入您的管理范围，请由同时管理两地的上级修改',
    en: 'A unit is moved to another district only by somebody who answers for both',
  },
  'alias.taken': { zh: '该别名已属于其他单位', en: 'Another unit has this other name' },
  'heads.missing': { zh: '缺少人数', en: 'The heads are missing' },
  'heads.fewer': { zh: '总人数少于其中的学生人数', en: 'There are fewer heads than minors among them' },
  'numbers.exhausted': {
    zh: '今天对此人试填的不同号码过多，本行不再比对，请明天再导入或联系其管理单位核对',
    en: 'Too many different numbers were tried on this person today; the row is not compared. Import it tomorrow',
  },
  'row.contradicts': {
    zh: '与同一人（单位）的另一行信息不一致',
    en: 'Another row says otherwise of the same one',
  },
  'person.two_names': {
    zh: '同一证件号在表内对应不同姓名',
    en: 'Two names have one identity number in these files',
  },
} as const satisfies Record<string, Words>
export type Reason = keyof typeof reasons

/** A reason of a register of another slice: its code, and its texts, which are stored with the row. */
export interface OwnReason extends Words {
  code: string
}

/** Warnings: the row is imported all the same. */
export const remarks = {
  'birth.derived': { zh: '出生日期取自身份证号', en: 'Date of birth taken from the identity number' },
  'birth.month_only': {
    zh: '只有出生年月，年龄按该月最后一天计算',
    en: 'Only year and month of birth: ages count from the last day of the month',
  },
  'attends.not_yes': {
    zh: '“是否参加”一栏不是“是”，仍导入为队员',
    en: 'The column on taking part does not say yes; imported as a member all the same',
  },
  'column.hidden': {
    zh: '文件中隐藏的列也已读取，请核对',
    en: 'A column that is hidden in the file is read, too: check it',
  },
  'consent.refused': { zh: '监护人不同意', en: 'The guardian said no' },
  'consent.nameless': {
    zh: '已填写是否同意，但未填写监护人',
    en: 'Consent is stated, but no guardian is named',
  },
  'pupil.unconsented': {
    zh: '尚无监护人同意；未满14周岁的，10天后只保留点名所需信息，仍未同意的，活动结束10天后删除姓名和号码（未参加活动的，60天后删除）',
    en: 'No guardian said yes so far. Under 14, only what a roll needs is kept after 10 days, and name and numbers go 10 days after the event (after 60 days without an event)',
  },
  'note.unread': { zh: '姓名后的备注未读取', en: 'The note behind the name is not read' },
  'divider.unread': {
    zh: '上方的分组行未读取，请核对本行所属单位、队伍或班级',
    en: 'The dividing line above is not read: check to which unit, team or class this row belongs',
  },
  'ditto.resolved': { zh: '“同上”按上一行填入', en: 'Ditto marks are filled in from above' },
  'role.unread': { zh: '职务未识别，按队员处理', en: 'The role is not one of a team; taken as member' },
  'parent.kept': {
    zh: '已有单位的上级不在此变更',
    en: 'The parent of a known unit is not changed by a list',
  },
  'units.not_permitted': {
    zh: '您没有修改单位的权限，单位登记内容未读取',
    en: 'You may not edit units: what the table says of units is not read',
  },
  'teams.not_permitted': {
    zh: '您没有修改队伍的权限，队伍登记内容未读取，只读取人员',
    en: 'You may not edit teams: of this table only the people are read',
  },
  'persons.not_permitted': {
    zh: '您没有登记人员的权限，人员内容未读取',
    en: 'You may not enter people: what the table says of people is not read',
  },
  'person.kept': {
    zh: '此人还属于其他单位，其姓名、号码、证件号、出生日期不直接更改；入库时提交更正申请',
    en: 'Others answer for this person, too: name, numbers and birth date are kept, and a request is filed with the import',
  },
  'list.not_permitted': {
    zh: '您没有登记此类内容的权限，本行未读取',
    en: 'You may not enter what this list brings: the row is not read',
  },
  'leader.titled': { zh: '按标题记为队长', en: 'Leader by the title of the list' },
} as const satisfies Record<string, Words>
export type Remark = keyof typeof remarks

/** The code of a reason and its text. */
export function sayReason(reason: Reason | OwnReason, language: Language): { code: string; reason: string } {
  return typeof reason === 'string'
    ? { code: reason, reason: reasons[reason][language] }
    : { code: reason.code, reason: reason[language] }
}
