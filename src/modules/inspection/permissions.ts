import { officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

/** The permissions this slice declares. */
export const inspectionPermissions = {
  'schemes.read': {
    zh: '查看测评体系、标准和点位',
    en: 'See schemes, standards and points',
    scopes: officeScopes,
  },
  'schemes.edit': {
    zh: '编制、发布测评体系',
    en: 'Write and publish schemes',
    scopes: officeScopes,
  },
  'points.edit': {
    zh: '登记、停用点位',
    en: 'Enter and close points',
    scopes: officeScopes,
  },
  'rankings.read': {
    zh: '查看测评得分和排名',
    en: 'See scores and rankings',
    scopes: officeScopes,
  },
  'rankings.edit': {
    zh: '编制排名、办理申诉、定稿',
    en: 'Make rankings, decide on appeals, and make rankings final',
    scopes: ['everything'],
  },
  'rounds.read': {
    zh: '查看已公开的轮次和走访',
    en: 'See rounds that were shown, and their visits',
    scopes: officeScopes,
  },
  'rounds.run': {
    zh: '组织轮次：抽样、安排走访、公开、结束（查看未公开样本会留痕）',
    en: 'Run rounds: draw, send inspectors, show, close (looking at a sample is recorded)',
    scopes: officeScopes,
  },
  'visits.record': {
    zh: '走访点位、上传观察',
    en: 'Visit points and bring home what was seen',
    scopes: officeScopes,
  },
  'cases.read': {
    zh: '查看整改问题',
    en: 'See cases',
    scopes: officeScopes,
  },
} as const satisfies Permissions
