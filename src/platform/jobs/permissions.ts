import type { Permissions } from '../http/access.ts'

export const systemPermissions = {
  'system.operate': {
    zh: '后台任务、密钥，以及演示用的时钟',
    en: 'Jobs, keys, and the clock of a demonstration',
    scopes: ['everything'],
  },
} as const satisfies Permissions
