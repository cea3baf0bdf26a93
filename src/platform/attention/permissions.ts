import type { Permissions } from '../http/access.ts'

export const attentionPermissions = {
  'attention.acknowledge': {
    zh: '核查安全提醒',
    en: 'See alarms, and say that they were looked into',
    scopes: ['everything'],
  },
} as const satisfies Permissions
