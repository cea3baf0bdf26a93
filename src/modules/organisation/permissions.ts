import type { Permissions } from '#platform/http/access.ts'

/** The kinds of scope a role, and so a permission, can be granted over. */
export type ScopeKind = 'everything' | 'unit' | 'district' | 'team'

/** All kinds of scope. */
export const anyScope = ['everything', 'district', 'unit', 'team'] as const satisfies ScopeKind[]
/** All but a single team: for permissions of people who manage more than their own team. */
export const officeScopes = ['everything', 'district', 'unit'] as const satisfies ScopeKind[]

/** The permissions this slice declares, with the kinds of scope each makes sense over. */
export const organisationPermissions = {
  'units.read': {
    zh: '查看单位：名称、层级、文明单位称号、联络员',
    en: 'See units: names, lines, honour titles, liaisons',
    scopes: anyScope,
  },
  'units.edit': {
    zh: '新建、修改、关闭单位；确认别名',
    en: 'Create, change and close units; confirm aliases',
    scopes: officeScopes,
  },
  'teams.read': {
    zh: '查看队伍、班级及其成员（号码已遮盖）',
    en: 'See teams and classes with their members (numbers masked)',
    scopes: anyScope,
  },
  'teams.edit': {
    zh: '新建、修改、关闭队伍；管理成员；队长交接',
    en: 'Create, change and close teams; members; hand a team to its deputy',
    scopes: anyScope,
  },
  'persons.read': {
    zh: '查看人员（号码已遮盖）',
    en: 'See people with masked numbers',
    scopes: anyScope,
  },
  'persons.edit': {
    zh: '修改人员、联系方式和队伍关系；合并重复人员及撤销',
    en: 'Change people, contacts and memberships; merge duplicates and undo it',
    scopes: officeScopes,
  },
  'persons.reveal': {
    zh: '查看完整的手机号和证件号；每次查看都记入审计',
    en: 'See full phone and identity numbers; every look is audited',
    scopes: officeScopes,
  },
} as const satisfies Permissions
