import { officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

/** Of the import of lists. */
export const importsPermissions = {
  'imports.run': {
    zh: '导入单位、队伍和人员名单',
    en: 'Import spreadsheets of units, teams and people',
    scopes: officeScopes,
  },
} as const satisfies Permissions
