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
} as const satisfies Permissions
