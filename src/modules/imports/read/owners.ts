/**
 * The owner and the attribute of a column: 家长电话 is the phone (attribute) of a guardian (owner). Data; compared like
 * headings, without spaces, punctuation and case. Pure.
 */
import { searchNameOf } from '#modules/organisation/pure.ts'
import type { Field } from './fields/fields.ts'

/** `self`: the person the row is about; `other`: a person who is not imported, such as an emergency contact. */
export const owners = ['self', 'teacher', 'guardian', 'liaison', 'leader', 'other'] as const
export type Owner = (typeof owners)[number]

/** The attributes of a person in a list. */
export const attributes = [
  'name',
  'phone',
  'sex',
  'birthDate',
  'identityNumber',
  'email',
  'role',
  'residence',
] as const
export type Attribute = (typeof attributes)[number]

/** The words for each owner in lists. As a heading by itself, such a word means the name of that person. */
const ownerWords: Record<Owner, readonly string[]> = {
  self: [
    '志愿者',
    '志愿人员',
    '队员',
    '人员',
    '本人',
    '学生',
    '师生',
    '员工',
    '职工',
    '教职工',
    '成员',
    '个人',
    '参与者',
    '参与人',
    '参与人员',
    '报名者',
    '报名人员',
    '报名人',
    '参加人员',
    '参加人',
    '参加者',
    '孩子',
    '小朋友',
    '幼儿',
    '子女',
    '党员',
    '团员',
    '干部',
    '居民',
    '村民',
    '少先队员',
    '参赛者',
    '请填写',
    '填写',
    '志愿者本人',
    '值班人',
    '值班人员',
    '值班员',
    '值守人员',
    '值班志愿者',
    '带班领导',
    '带班人',
    '带班人员',
    '值班领导',
    'volunteer',
    'student',
    'pupil',
    'child',
    'participant',
  ],
  teacher: [
    '教师',
    '老师',
    '班主任',
    '带队教师',
    '带队老师',
    '指导教师',
    '指导老师',
    '辅导员',
    '负责教师',
    '班主任老师',
    'teacher',
  ],
  guardian: [
    '监护人',
    '家长',
    '父母',
    '父亲',
    '母亲',
    '爸爸',
    '妈妈',
    '学生家长',
    '法定监护人',
    '父母一方',
    'guardian',
    'parent',
    'father',
    'mother',
  ],
  liaison: ['联络员', '联系人', '联络人', '联系员', '对接人', '单位联系人', 'liaison'],
  leader: [
    '负责人',
    '队长',
    '领队',
    '责任领导',
    '分管领导',
    '主要负责人',
    '主管领导',
    '带队领导',
    '包联领导',
    '分管负责人',
    '单位负责人',
    '主要领导',
    '责任人',
    'leader',
    'captain',
  ],
  other: [
    '配偶',
    '家属',
    '爱人',
    '亲属',
    '紧急联系人',
    '应急联系人',
    '紧急联络人',
    '紧急联系',
    '介绍人',
    '推荐人',
    '入党介绍人',
    '第二联系人',
    '备用联系人',
    '填表人',
    '审核人',
    '经办人',
    '副队长',
    '保险受益人',
    '担保人',
    'emergencycontact',
    'spouse',
  ],
}

const attributeWords: Record<Attribute, readonly string[]> = {
  name: [
    '姓名',
    '名字',
    '名',
    '全名',
    'name',
    'fullname',
    // With the number in the same cell.
    '姓名电话',
    '姓名及电话',
    '姓名和电话',
    '姓名联系电话',
    '姓名及联系电话',
    '姓名联系方式',
    '姓名及联系方式',
    '姓名手机',
    '姓名手机号',
    '及电话',
    '及联系电话',
    '及联系方式',
    '和电话',
  ],
  phone: [
    '手机号',
    '手机',
    '手机号码',
    '电话',
    '电话号码',
    '联系电话',
    '联系方式',
    '联系手机',
    '移动电话',
    '办公电话',
    '联系号码',
    '联络电话',
    '联络方式',
    '座机',
    '固定电话',
    '号码',
    'phone',
    'mobile',
    'tel',
    'telephone',
    'phonenumber',
    'mobilephone',
    'contact',
  ],
  sex: ['性别', 'sex', 'gender'],
  birthDate: ['出生日期', '出生年月', '出生年月日', '生日', 'birthdate', 'dateofbirth', 'birthday'],
  identityNumber: [
    '身份证号',
    '身份证',
    '身份证号码',
    '证件号码',
    '证件号',
    '居民身份证号码',
    'idnumber',
    'identitynumber',
  ],
  email: ['邮箱', '电子邮箱', 'email', 'mail'],
  role: ['职务', '身份', '角色', 'role', 'position'],
  residence: ['住址', '家庭住址', '地址', '居住地址', 'address'],
}

/** The field for each attribute of each owner; an attribute without a field is not imported, and reported. */
export const fieldOfOwner: Record<Exclude<Owner, 'self'>, Partial<Record<Attribute, Field>>> = {
  teacher: { name: 'teacher', phone: 'teacherPhone' },
  guardian: { name: 'guardian', phone: 'guardianPhone' },
  liaison: { name: 'liaison', phone: 'liaisonPhone' },
  leader: { name: 'leader', phone: 'leaderPhone' },
  other: {},
}

const byField = new Map<Field, { owner: Owner; attribute: Attribute }>()
for (const attribute of attributes) byField.set(attribute, { owner: 'self', attribute })
for (const [owner, fields] of Object.entries(fieldOfOwner)) {
  for (const [attribute, field] of Object.entries(fields))
    byField.set(field as Field, { owner: owner as Owner, attribute: attribute as Attribute })
}

/** The owner and attribute of a field; undefined for fields of the row itself: unit, team, class. */
export const personOfField = (field: Field) => byField.get(field)

const ownerByWord = new Map<string, Owner>()
for (const owner of owners) for (const word of ownerWords[owner]) ownerByWord.set(searchNameOf(word), owner)
const attributeByWord = new Map<string, Attribute>()
for (const attribute of attributes)
  for (const word of attributeWords[attribute]) attributeByWord.set(searchNameOf(word), attribute)
const longestFirst = [...ownerByWord.keys()].sort((a, b) => b.length - a.length)

/** The endings of group names: 监护人信息, 学生基本情况. */
const groupEnds = /(?:的)?(?:基本)?(?:信息|情况|资料|一栏|栏|方面)$/

/** The owner named by a group of columns: 监护人信息. Undefined when it names none. */
export function ownerOfGroup(plain: string): Owner | undefined {
  return ownerByWord.get(plain) ?? ownerByWord.get(plain.replace(groupEnds, ''))
}

/** One of several: 手机1, 家长2, 家长一, 学生3. */
const numbered = /[1-9一二三四五六七八九]$/

export interface PersonHeading {
  /** Undefined when the heading names no owner: 电话. */
  owner: Owner | undefined
  attribute: Attribute
}

/** Splits a heading into owner and attribute: 家长电话, 孩子姓名, 志愿者, 电话. */
export function personHeading(plain: string): PersonHeading | undefined {
  const bare = attributeByWord.get(plain) ?? attributeByWord.get(plain.replace(numbered, ''))
  if (bare) return { owner: undefined, attribute: bare }
  const alone = ownerByWord.get(plain) ?? ownerByWord.get(plain.replace(numbered, ''))
  if (alone) return { owner: alone, attribute: 'name' }
  const word = longestFirst.find((each) => plain.startsWith(each))
  if (word === undefined) return undefined
  const attribute = attributeByWord.get(plain.slice(word.length).replace(/^(?:的|之|本人|[12一二])/, ''))
  return attribute ? { owner: ownerByWord.get(word), attribute } : undefined
}
