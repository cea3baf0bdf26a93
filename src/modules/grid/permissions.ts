import { anyScope, officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

export const gridPermissions = {
  'grid.read': {
    zh: '查看区域及其责任人',
    en: 'See zones and who answers for them',
    scopes: anyScope,
  },
  'grid.edit': {
    zh: '绘制、导入、关闭区域',
    en: 'Draw, import and close zones',
    scopes: ['everything', 'district'],
  },
  'responsibilities.edit': {
    zh: '登记区域责任人',
    en: 'Enter who answers for which zone',
    scopes: officeScopes,
  },
} as const satisfies Permissions
