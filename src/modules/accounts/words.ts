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
