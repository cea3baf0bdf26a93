import { anyScope, officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

/** The permissions this slice declares, with the kinds of scope each makes sense over. */
export const eventsPermissions = {
  'events.read': {
    zh: '查看主题活动、活动和班次',
    en: 'See campaigns, events and shifts',
    scopes: anyScope,
  },
  'events.edit': {
    zh: '新建、修改活动和班次',
    en: 'Create and change events and shifts',
    scopes: officeScopes,
  },
  'events.publish': {
    zh: '发布、结束、取消活动',
    en: 'Publish, close and cancel events',
    scopes: officeScopes,
  },
} as const satisfies Permissions
