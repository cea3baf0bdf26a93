import type { Permissions } from '../http/access.ts'

export const auditPermissions = {
  'audit.read': {
    zh: '查看审计记录',
    en: 'Read the audit trail',
    scopes: ['everything'],
  },
} as const satisfies Permissions
