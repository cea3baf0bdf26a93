/** Who somebody is to the platform. What each may do is in `roles.ts`. */
export const roleWords = {
  city_office: { zh: '市创建办', en: 'City office' },
  district_office: { zh: '县区创建办', en: 'District office' },
  unit_administrator: { zh: '单位管理员', en: 'Unit administrator' },
  team_leader: { zh: '队长', en: 'Team leader' },
  inspector: { zh: '督查员', en: 'Inspector' },
  counsellor: { zh: '创城辅导员', en: 'Counsellor' },
  viewer: { zh: '大屏查看', en: 'Viewer (big screen)' },
  system_administrator: { zh: '系统管理员', en: 'System administrator' },
  auditor: { zh: '审计管理员', en: 'Auditor' },
} as const
export type RoleName = keyof typeof roleWords
export const roleNames = Object.keys(roleWords) as RoleName[]

/** How a session is presented: an opaque reference in a cookie, or a signed bearer token. */
export const sessionKinds = ['cookie', 'bearer'] as const
export type SessionKind = (typeof sessionKinds)[number]

/** Why a session is over. */
export const sessionEnds = {
  signed_out: { zh: '已退出', en: 'Signed out' },
  ended: { zh: '被结束', en: 'Ended from elsewhere' },
  user_disabled: { zh: '账号已停用', en: 'Account disabled' },
  password_changed: { zh: '密码已更改', en: 'Password changed' },
} as const
export type SessionEnd = keyof typeof sessionEnds

/** What a one-time link is for. */
export const activationPurposes = {
  activation: { zh: '激活账号', en: 'Activate the account' },
  reset: { zh: '重设密码', en: 'Set a new password' },
} as const
export type ActivationPurpose = keyof typeof activationPurposes

/** What is wrong with a password somebody chose. */
export const passwordProblemWords = {
  too_short: { zh: '密码至少需要 12 个字符。', en: 'The password needs at least 12 characters.' },
  too_long: { zh: '密码最多 128 个字符。', en: 'The password may have at most 128 characters.' },
  too_few_classes: {
    zh: '密码须包含大写字母、小写字母、数字和符号中的至少三类。',
    en: 'The password needs three of: lower case, upper case, digits, other characters.',
  },
  too_uniform: {
    zh: '密码过于简单（重复或连续字符）。',
    en: 'The password is too simple (repeated or running characters).',
  },
  holds_login: { zh: '密码不能包含登录名。', en: 'The password may not contain the login.' },
  used_before: { zh: '不能使用最近用过的密码。', en: 'The password was used before.' },
} as const

/** What a role is given over. */
export const scopeWords = {
  everything: { zh: '全部', en: 'everything' },
  unit: { zh: '单位及下级', en: 'a unit and what is below it' },
  district: { zh: '县区', en: 'a district' },
  team: { zh: '一支队伍', en: 'one team' },
} as const
