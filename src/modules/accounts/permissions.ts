import { officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

/** The permissions this slice declares, with the kinds of scope each makes sense over. */
export const accountsPermissions = {
  'accounts.read': {
    zh: '查看账号及其角色和会话',
    en: 'See users, their roles and sessions',
    scopes: officeScopes,
  },
  'accounts.edit': {
    zh: '开通、停用账号，授予、收回角色，结束会话',
    en: 'Invite and disable users, grant and revoke roles, end sessions',
    scopes: officeScopes,
  },
  'officers.confirm': {
    zh: '复核系统管理员、安全审计员、市文明办账号的变更',
    en: 'Confirm what other officers ask for about the accounts of officers',
    scopes: ['everything'],
  },
} as const satisfies Permissions
