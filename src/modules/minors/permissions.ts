import { officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

/** The permissions this slice declares. */
export const minorsPermissions = {
  'disclosures.decide': {
    zh: '批准他人查看未成年人信息',
    en: 'Approve that others see the data of minors',
    scopes: officeScopes,
  },
} as const satisfies Permissions
