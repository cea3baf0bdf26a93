import { anyScope, officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

/** The permissions this slice declares, with the kinds of scope each makes sense over. */
export const mobilizationPermissions = {
  'mobilization.read': {
    zh: '查看名额、分配、参与情况和答复',
    en: 'See quotas, allotments, participations and answers',
    scopes: anyScope,
  },
  'mobilization.edit': {
    zh: '把班次名额分给队伍，指定人员',
    en: 'Allot teams to shifts and name people into them',
    scopes: anyScope,
  },
  'quotas.edit': {
    zh: '向单位下达名额；代单位认领',
    en: 'Ask units for people; pledge for a unit',
    scopes: officeScopes,
  },
  'sign_ups.edit': {
    zh: '为活动报名',
    en: 'Sign people up for an event',
    scopes: anyScope,
  },
  'answers.record': {
    zh: '代为登记口头答复',
    en: 'Record an answer somebody gave by word of mouth',
    scopes: anyScope,
  },
} as const satisfies Permissions
