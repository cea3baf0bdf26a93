import { officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

export const rankingPermissions = {
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
