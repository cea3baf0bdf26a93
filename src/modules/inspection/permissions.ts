import { officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

/** The permissions this slice declares. */
export const inspectionPermissions = {
  'schemes.read': {
    zh: '查看测评体系、标准和点位',
    en: 'See schemes, standards and points',
    scopes: officeScopes,
  },
  'schemes.edit': {
    zh: '编制、发布测评体系',
    en: 'Write and publish schemes',
    scopes: officeScopes,
  },
  'points.edit': {
    zh: '登记、停用点位',
    en: 'Enter and close points',
    scopes: officeScopes,
  },
  'rankings.read': {
    zh: '查看测评得分和排名',
    en: 'See scores and rankings',
    scopes: officeScopes,
  },
  'rankings.edit': {
    zh: '编制排名、办理申诉、定稿',
    en: 'Make rankings, decide on appeals, and make rankings final',
    scopes: ['everything'],
  },
} as const satisfies Permissions
