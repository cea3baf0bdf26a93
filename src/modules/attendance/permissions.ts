import { anyScope } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

export const attendancePermissions = {
  'attendance.read': {
    zh: '查看到岗情况',
    en: 'See who is there',
    scopes: anyScope,
  },
  'attendance.record': {
    zh: '签到、签退、清点人数、更正',
    en: 'Check people in and out, count groups, correct',
    scopes: anyScope,
  },
  'attendance.review': {
    zh: '抽查补录',
    en: 'Look again at entries made afterwards',
    scopes: ['everything'],
  },
} as const satisfies Permissions
