import { officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

/** The permissions this slice declares, with the kinds of scope each makes sense over. */
export const messagingPermissions = {
  'messages.read': {
    zh: '查看消息及其状态',
    en: 'See messages and their states',
    scopes: officeScopes,
  },
  'messages.edit': {
    zh: '编写消息模板',
    en: 'Write templates',
    scopes: ['everything'],
  },
  'messages.send': {
    zh: '发送、暂停、取消消息',
    en: 'Send, pause and cancel messages',
    scopes: officeScopes,
  },
} as const satisfies Permissions
