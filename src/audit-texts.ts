/** What the audit trail says of every action there is, from the slices. */
import { accountsActions } from '#modules/accounts/actions.ts'
import { attendanceActions } from '#modules/attendance/actions.ts'
import { eventsActions } from '#modules/events/actions.ts'
import { gridActions } from '#modules/grid/actions.ts'
import { importsActions } from '#modules/imports/actions.ts'
import { liveActions } from '#modules/live/actions.ts'
import { messagingActions } from '#modules/messaging/actions.ts'
import { minorsActions } from '#modules/minors/actions.ts'
import { mobilizationActions } from '#modules/mobilization/actions.ts'
import { onboardingActions } from '#modules/onboarding/actions.ts'
import { organisationActions } from '#modules/organisation/actions.ts'
import { planningActions } from '#modules/planning/actions.ts'
import { reportsActions } from '#modules/reports/actions.ts'
import { auditActions } from '#platform/audit/actions.ts'
import { calendarActions } from '#platform/calendar/actions.ts'
import { jobsActions } from '#platform/jobs/actions.ts'

/** By action: a predicate, to stand after whoever acted. */
export const auditTexts: Readonly<Record<string, { zh: string; en: string }>> = {
  ...accountsActions,
  ...onboardingActions,
  ...organisationActions,
  ...gridActions,
  ...importsActions,
  ...eventsActions,
  ...messagingActions,
  ...mobilizationActions,
  ...planningActions,
  ...attendanceActions,
  ...minorsActions,
  ...reportsActions,
  ...liveActions,
  ...auditActions,
  ...calendarActions,
  ...jobsActions,
}

/** What an entry is about, by the kind before the colon of its subject. */
export const auditSubjects: Readonly<Record<string, { zh: string; en: string }>> = {
  allotment: { zh: '名额', en: 'allotment' },
  assignment: { zh: '岗位安排', en: 'assignment' },
  audit: { zh: '审计日志', en: 'audit trail' },
  batch: { zh: '批量班次', en: 'batch of shifts' },
  campaign: { zh: '专项行动', en: 'campaign' },
  contact: { zh: '联系方式', en: 'contact' },
  disclosure: { zh: '未成年人信息申请', en: 'request for data of minors' },
  event: { zh: '活动', en: 'event' },
  import: { zh: '导入', en: 'import' },
  job: { zh: '后台任务', en: 'job' },
  late_entry: { zh: '补录', en: 'late entry' },
  message: { zh: '消息', en: 'message' },
  notice: { zh: '通知', en: 'notice' },
  operation: { zh: '操作', en: 'operation' },
  participation: { zh: '参加记录', en: 'participation' },
  person: { zh: '人员', en: 'person' },
  plan: { zh: '方案', en: 'plan' },
  quota: { zh: '名额', en: 'quota' },
  report_snapshot: { zh: '定稿', en: 'snapshot' },
  responsibility: { zh: '责任分工', en: 'responsibility' },
  revelations: { zh: '查看次数', en: 'views of full data' },
  screen: { zh: '大屏', en: 'screen' },
  session: { zh: '会话', en: 'session' },
  shift: { zh: '班次', en: 'shift' },
  shift_cancellation: { zh: '批量取消', en: 'cancellation of shifts' },
  'sign-up': { zh: '报名', en: 'sign-up' },
  team: { zh: '队伍', en: 'team' },
  template: { zh: '消息模板', en: 'template' },
  unit: { zh: '单位', en: 'unit' },
  units: { zh: '单位名单', en: 'units' },
  user: { zh: '账号', en: 'account' },
  'workday-year': { zh: '节假日安排', en: 'working days of a year' },
  zone: { zh: '区域', en: 'zone' },
}
