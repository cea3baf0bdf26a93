import type { Words } from '#modules/organisation/pure.ts'

/** The closed sets of this slice. */

/** Lists whose columns a user can choose: the optional columns of each. */
export const listColumns = {
  events: ['startsAt', 'organiser', 'campaign', 'theme', 'shifts', 'state'],
} as const

export type ListName = keyof typeof listColumns
export type ColumnOf<L extends ListName> = (typeof listColumns)[L][number]

/** Where an error in a browser was caught. */
export const clientErrorKinds = {
  page: { zh: '页面渲染', en: 'Rendering a page' },
  script: { zh: '脚本', en: 'A script' },
  promise: { zh: '未处理的异步错误', en: 'An unhandled promise rejection' },
} as const satisfies Record<string, Words>
export type ClientErrorKind = keyof typeof clientErrorKinds

/** What an office does first in an empty installation, in this order. */
export const firstSteps = {
  units: { zh: '导入单位和队伍', en: 'Import units and teams' },
  people: { zh: '导入人员', en: 'Import people' },
  zones: { zh: '划定区域', en: 'Draw the zones' },
  colleagues: { zh: '邀请同事', en: 'Invite colleagues' },
  event: { zh: '新建第一个活动', en: 'Make the first event' },
} as const satisfies Record<string, Words>
export type FirstStep = keyof typeof firstSteps

/** The steps of an event in the order in which an office takes them. Each has a page. */
export const eventSteps = {
  about: { zh: '活动概况', en: 'about the event' },
  shifts: { zh: '岗位班次', en: 'shifts' },
  quotas: { zh: '需求与上报', en: 'quotas' },
  plan: { zh: '排岗方案', en: 'plan' },
  board: { zh: '派岗看板', en: 'board' },
  people: { zh: '参加人员', en: 'people' },
  messages: { zh: '消息发送', en: 'messages' },
  day: { zh: '活动当天', en: 'the day' },
  report: { zh: '统计与快报', en: 'report' },
} as const satisfies Record<string, Words>
export type EventStep = keyof typeof eventSteps

/** How far a step is. `needs_you`: the reader can do something about it now. */
export const stepStates = {
  not_begun: { zh: '未开始', en: 'not begun' },
  under_way: { zh: '进行中', en: 'under way' },
  done: { zh: '已完成', en: 'done' },
  needs_you: { zh: '待处理', en: 'needs you' },
} as const satisfies Record<string, Words>
export type StepState = keyof typeof stepStates

/** Why a step is where it is; `{count}` is the number that it is about. */
export const stepReasons = {
  draft: { zh: '草稿，未发布', en: 'draft, not published' },
  ready_to_publish: { zh: '可以发布', en: 'ready to be published' },
  publication_problems: { zh: '发布前有{count}类问题', en: 'problems before publication: {count}' },
  shifts: { zh: '{count}个班次', en: 'shifts: {count}' },
  units_unanswered: { zh: '{count}家单位未上报', en: 'units without an answer: {count}' },
  plan_running: { zh: '正在计算', en: 'being computed' },
  plan_waits: { zh: '方案待审核', en: 'a proposal waits for review' },
  plan_failed: { zh: '计算未成功', en: 'computing failed' },
  below_min: { zh: '{count}个班次低于最低人数', en: 'shifts below the minimum: {count}' },
  below_target: { zh: '{count}个班次未达目标', en: 'shifts below the target: {count}' },
  people_unanswered: { zh: '{count}人未答复', en: 'people without an answer: {count}' },
  late_waiting: { zh: '{count}条补录待审核', en: 'late entries to decide: {count}' },
  messages_held: { zh: '已暂停发送', en: 'sending is held' },
  messages_failed: { zh: '{count}条未送达', en: 'not delivered: {count}' },
  messages_waiting: { zh: '{count}条待发送', en: 'waiting to be sent: {count}' },
  on_now: { zh: '正在进行', en: 'on now' },
  not_frozen: { zh: '数据未定稿', en: 'figures not frozen yet' },
} as const satisfies Record<string, Words>
export type StepReason = keyof typeof stepReasons

/** What has a history that is read where the thing is. */
export const historyKinds = {
  person: { zh: '人员', en: 'a person' },
  unit: { zh: '单位', en: 'a unit' },
  team: { zh: '队伍', en: 'a team' },
  event: { zh: '活动', en: 'an event' },
  zone: { zh: '区域', en: 'a zone' },
} as const satisfies Record<string, Words>
export type HistoryKind = keyof typeof historyKinds

/**
 * Entries that are no change of the thing, and would tell of attempts, of other offices or of other records of the same human:
 * for auditors alone.
 */
export const notHistory = [
  'human.joined',
  'human.separated',
  'humans.linked',
  'lookups.exhausted',
  'numbers.tried',
  'person.request_approved',
  'person.request_filed',
  'person.request_refused',
  'person.request_withdrawn',
  'persons.looked_up',
  'request.refused',
  'request.throttled',
  'revelations.exhausted',
] as const
