import { officeScopes } from '#modules/organisation/index.ts'
import type { Permissions } from '#platform/http/access.ts'

/** The permissions this slice declares. */
export const commandPermissions = {
  'tasks.read': {
    zh: '查看清单和交办事项',
    en: 'See books and their tasks',
    scopes: officeScopes,
  },
  'tasks.report': {
    zh: '签收、退回、报结本单位的交办事项',
    en: 'Accept, return and report what the own unit owes',
    scopes: officeScopes,
  },
  'tasks.check': {
    zh: '核查销号',
    en: 'Sign tasks off',
    scopes: officeScopes,
  },
  'tasks.explain': {
    zh: '向单位逐条讲解交办事项',
    en: 'Explain tasks to units',
    scopes: officeScopes,
  },
  'tasks.suspend': {
    zh: '批准挂账',
    en: 'Suspend tasks',
    scopes: ['everything'],
  },
  'books.edit': {
    zh: '编制、下发清单，决定退回和延期',
    en: 'Write and issue books, decide on returns and extensions',
    scopes: officeScopes,
  },
  'bodies.edit': {
    zh: '设置工作机构',
    en: 'Set up working bodies',
    scopes: ['everything'],
  },
} as const satisfies Permissions
