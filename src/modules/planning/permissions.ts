import { officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

export const planningPermissions = {
  'plans.read': {
    zh: '查看方案',
    en: 'See proposals',
    scopes: officeScopes,
  },
  'plans.run': {
    zh: '计算方案',
    en: 'Have a proposal computed',
    scopes: officeScopes,
  },
  'plans.apply': {
    zh: '采用方案',
    en: 'Turn a proposal into assignments',
    scopes: officeScopes,
  },
} as const satisfies Permissions
