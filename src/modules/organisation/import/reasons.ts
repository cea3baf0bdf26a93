/** Why a cell or a row cannot be taken as it is, in the words of the error sheet. */
import type { Words } from '../words.ts'

export const reasons = {
  'cell.formula': {
    zh: '单元格是没有结果的公式,请粘贴为数值',
    en: 'The cell is a formula without a value; paste it as a value',
  },
  'cell.error': { zh: '单元格是错误值', en: 'The cell shows a spreadsheet error' },
  'text.too_long': { zh: '内容过长', en: 'The text is too long' },
  'name.missing': { zh: '缺少姓名', en: 'The name is missing' },
  'name.malformed': { zh: '不像是姓名', en: 'This is not a name' },
  'phone.malformed': { zh: '不是有效的电话号码', en: 'This is not a phone number' },
  'phone.lost_digits': {
    zh: '号码被存成数字而丢失了位数,请将该列设为文本后重填',
    en: 'The number was stored as a number and lost digits; format the column as text and enter it again',
  },
  'email.malformed': { zh: '不是有效的邮箱', en: 'This is not an e-mail address' },
  'identity.malformed': { zh: '不是有效的证件号', en: 'This is not an identity number' },
  'identity.checksum': {
    zh: '身份证号校验码不符,可能有误录',
    en: 'The check character of the identity number is wrong; a digit was mistyped',
  },
  'identity.lost_digits': {
    zh: '身份证号被存成数字而丢失了末几位,请将该列设为文本后重填',
    en: 'The identity number was stored as a number and lost its last digits; format the column as text and enter it again',
  },
  'sex.unknown': { zh: '性别应为男或女', en: 'Sex is 男 or 女' },
  'sex.differs': { zh: '性别与身份证号不符', en: 'Sex differs from the identity number' },
  'birth.malformed': { zh: '不是有效的日期', en: 'This is not a date' },
  'birth.impossible': { zh: '出生日期不可能', en: 'Nobody alive was born that day' },
  'birth.differs': { zh: '出生日期与身份证号不符', en: 'The date of birth differs from the identity number' },
  'count.malformed': { zh: '应为整数', en: 'This is not a whole number' },
  'coordinate.malformed': { zh: '不是有效的经纬度', en: 'This is not a coordinate in degrees' },
  'coordinate.incomplete': { zh: '经度和纬度需同时填写', en: 'Longitude and latitude belong together' },
  'consent.unclear': { zh: '应填是或否', en: 'Yes or no is expected' },
  'kind.unknown': { zh: '未知的单位性质', en: 'This kind of unit is not known' },
  'unit.missing': { zh: '不知属于哪个单位', en: 'No unit is named' },
  'unit.out_of_reach': { zh: '不在您的管理范围内', en: 'This lies outside of your part of the organisation' },
  'unit.closed': { zh: '该单位已撤销', en: 'This unit is closed' },
  'unit.not_taken': {
    zh: '它所属的单位或队伍所在的行未被接受',
    en: 'The row of its unit or team is not taken',
  },
  'unit.own_parent': { zh: '上级单位构成循环', en: 'The parent units form a circle' },
  'team.missing': { zh: '缺少队伍名称', en: 'The team is missing' },
  'class.missing': { zh: '缺少班级', en: 'The class is missing' },
  'district.unknown': {
    zh: '未知的区县,请填行政区划代码或先导入区划',
    en: 'This district is not known; give its code, or import the divisions first',
  },
  'alias.taken': { zh: '该别名已属于其他单位', en: 'Another unit has this other name' },
  'heads.missing': { zh: '缺少人数', en: 'The heads are missing' },
  'heads.fewer': { zh: '总人数少于其中的学生人数', en: 'There are fewer heads than minors among them' },
  'row.contradicts': { zh: '与同一对象的另一行矛盾', en: 'Another row says otherwise of the same one' },
  'person.two_names': {
    zh: '同一证件号在表内对应不同姓名',
    en: 'Two names have one identity number in these files',
  },
} as const satisfies Record<string, Words>
export type Reason = keyof typeof reasons

/** What is worth knowing but keeps nothing from being taken. */
export const remarks = {
  'birth.incomplete': { zh: '只有年月,未记录出生日期', en: 'Only year and month: no date of birth is kept' },
  'birth.derived': { zh: '出生日期取自身份证号', en: 'Date of birth taken from the identity number' },
  'role.unread': { zh: '职务未识别,按队员处理', en: 'The role is not one of a team; taken as member' },
  'parent.kept': {
    zh: '已有单位的上级不在此变更',
    en: 'The parent of a known unit is not changed by a list',
  },
  'leader.titled': { zh: '按标题记为队长', en: 'Leader by the title of the list' },
} as const satisfies Record<string, Words>
export type Remark = keyof typeof remarks
