import { anyScope, officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

export const reportsPermissions = {
  'reports.read': {
    zh: '查看统计数字',
    en: 'See figures',
    scopes: anyScope,
  },
  'reports.snapshot': {
    zh: '固定一次活动的统计数字',
    en: 'Freeze the figures of an event',
    scopes: officeScopes,
  },
} as const satisfies Permissions
