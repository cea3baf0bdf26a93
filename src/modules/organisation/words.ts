/** The closed sets of this slice and what people call them: Chinese first, English second. */
export interface Words {
  zh: string
  en: string
}

export const unitKinds = {
  government: { zh: '党政机关', en: 'Government body' },
  enterprise: { zh: '企业', en: 'Enterprise' },
  institution: { zh: '事业单位', en: 'Public institution' },
  social_organisation: { zh: '社会组织', en: 'Social organisation' },
  school: { zh: '学校', en: 'School' },
  community: { zh: '社区', en: 'Community' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Words>
export type UnitKind = keyof typeof unitKinds

export const teamKinds = {
  team: { zh: '志愿服务队', en: 'Volunteer team' },
  class: { zh: '班级', en: 'School class' },
} as const satisfies Record<string, Words>
export type TeamKind = keyof typeof teamKinds

export const memberRoles = {
  member: { zh: '队员', en: 'Member' },
  leader: { zh: '队长', en: 'Leader' },
  deputy: { zh: '副队长', en: 'Deputy leader' },
  teacher: { zh: '教师', en: 'Teacher' },
  pupil: { zh: '学生', en: 'Pupil' },
} as const satisfies Record<string, Words>
export type MemberRole = keyof typeof memberRoles

export const sexes = {
  female: { zh: '女', en: 'Female' },
  male: { zh: '男', en: 'Male' },
} as const satisfies Record<string, Words>
export type Sex = keyof typeof sexes

export const contactKinds = {
  phone: { zh: '手机', en: 'Phone' },
  email: { zh: '电子邮箱', en: 'E-mail' },
} as const satisfies Record<string, Words>
export type ContactKind = keyof typeof contactKinds

/** Whose contact it is, seen from the person it is kept for. */
export const relations = {
  own: { zh: '本人', en: 'Own' },
  guardian: { zh: '监护人', en: 'Guardian' },
  spouse: { zh: '配偶', en: 'Spouse' },
  colleague: { zh: '同事', en: 'Colleague' },
} as const satisfies Record<string, Words>
export type Relation = keyof typeof relations

/** How a guardian gave consent. */
export const consentWays = {
  paper: { zh: '书面', en: 'On paper' },
  link: { zh: '链接确认', en: 'By link' },
  spoken: { zh: '当面或电话', en: 'Spoken' },
} as const satisfies Record<string, Words>
export type ConsentWay = keyof typeof consentWays

/**
 * Age bands of the law: under 8 no legal capacity (Civil Code 20), under 14 sensitive data (PIPL 28),
 * under 18 a minor. `unknown` is a state of its own; for a pupil it counts as a minor.
 */
export const ageBands = {
  under8: { zh: '不满八周岁', en: 'Under 8' },
  under14: { zh: '八至十三周岁', en: '8 to 13' },
  under18: { zh: '十四至十七周岁', en: '14 to 17' },
  adult: { zh: '成年人', en: 'Adult' },
  unknown: { zh: '年龄未知', en: 'Age unknown' },
} as const satisfies Record<string, Words>
export type AgeBand = keyof typeof ageBands

/** By what an entry of a list was recognised as somebody already known. */
export const matchGrounds = {
  identity: { zh: '身份证号相同', en: 'Same identity number' },
  contact: { zh: '姓名和联系方式相同', en: 'Same name and contact' },
  unit: { zh: '姓名和单位相同', en: 'Same name and unit' },
} as const satisfies Record<string, Words>
export type MatchGround = keyof typeof matchGrounds
