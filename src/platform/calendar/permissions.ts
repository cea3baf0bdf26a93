import type { Permissions } from '../http/access.ts'

export const calendarPermissions = {
  'workdays.edit': {
    zh: '登记一年的放假和调休安排',
    en: 'Enter the public holidays and make-up working days of a year',
    scopes: ['everything'],
  },
} as const satisfies Permissions
