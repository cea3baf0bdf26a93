import type { Words } from '#modules/organisation/pure.ts'

/** Working bodies of a campaign (工作机构). */
export const bodyKinds = {
  group: { zh: '工作组', en: 'Working group' },
  office: { zh: '办公室', en: 'Office' },
  counsellor_group: { zh: '创城辅导组', en: 'Group of counsellors' },
  district_office: { zh: '县区文明办', en: 'District office' },
} as const satisfies Record<string, Words>
export type BodyKind = keyof typeof bodyKinds

/** What a member is in a working body. A district is in the charge (联系) of a group of counsellors. */
export const bodyRoles = {
  lead: { zh: '牵头单位', en: 'Lead unit' },
  member: { zh: '成员单位', en: 'Member unit' },
  chair: { zh: '组长', en: 'Chair' },
  counsellor: { zh: '辅导员', en: 'Counsellor' },
  charge: { zh: '联系对象', en: 'In its charge' },
} as const satisfies Record<string, Words>
export type BodyRole = keyof typeof bodyRoles

/** Lists of tasks (清单). */
export const bookKinds = {
  task_book: { zh: '任务书', en: 'Task book' },
  checklist: { zh: '达标清单', en: 'Checklist' },
  project: { zh: '项目', en: 'Project' },
  work_list: { zh: '工作清单', en: 'Work list' },
  notice: { zh: '通报', en: 'Notice' },
  year_plan: { zh: '年度计划', en: 'Year plan' },
  award: { zh: '评选', en: 'Award' },
  theme: { zh: '主题活动', en: 'Theme' },
  rectification: { zh: '整改清单', en: 'Rectification list' },
} as const satisfies Record<string, Words>
export type BookKind = keyof typeof bookKinds

export const bookStates = {
  draft: { zh: '草稿', en: 'Draft' },
  published: { zh: '已下发', en: 'Issued' },
  closed: { zh: '已结束', en: 'Closed' },
} as const satisfies Record<string, Words>
export type BookState = keyof typeof bookStates

/** What a task is about, which decides who signs it off. */
export const taskKinds = {
  item: { zh: '任务', en: 'Item' },
  stage: { zh: '阶段', en: 'Stage' },
  leader_visit: { zh: '领导包保', en: 'Leader’s visit' },
  reply: { zh: '回复', en: 'Reply' },
  award: { zh: '申报', en: 'Application' },
  case: { zh: '整改问题', en: 'Case' },
  appeal: { zh: '申诉', en: 'Appeal' },
} as const satisfies Record<string, Words>
export type TaskKind = keyof typeof taskKinds

/** Whether a task has a deadline, or is kept up all the time (长期坚持), or neither. */
export const dueKinds = {
  dated: { zh: '限期', en: 'By a date' },
  standing: { zh: '长期坚持', en: 'Standing' },
  none: { zh: '不限期', en: 'No date' },
} as const satisfies Record<string, Words>
export type DueKind = keyof typeof dueKinds

/** ○ not accepted, ◐ under way, ● signed off, ▲ overdue, ■ suspended, × cancelled. Readable in black and white. */
export function stateSymbol({ state, overdue }: { state: TaskState; overdue: boolean }): string {
  if (overdue) return '▲'
  if (state === 'closed') return '●'
  if (state === 'suspended') return '■'
  if (state === 'cancelled') return '×'
  return state === 'draft' || state === 'issued' ? '○' : '◐'
}

export const taskStates = {
  draft: { zh: '未交办', en: 'Draft' },
  issued: { zh: '待签收', en: 'Issued' },
  accepted: { zh: '办理中', en: 'Under way' },
  returned: { zh: '已退回', en: 'Returned' },
  reported: { zh: '待核查', en: 'Reported' },
  suspended: { zh: '挂账', en: 'Suspended' },
  closed: { zh: '已销号', en: 'Signed off' },
  cancelled: { zh: '已撤销', en: 'Cancelled' },
} as const satisfies Record<string, Words>
export type TaskState = keyof typeof taskStates

/** What waits for somebody's decision. */
export const desks = {
  returns: { zh: '退回', en: 'Returned' },
  extensions: { zh: '申请延期', en: 'Extensions asked for' },
  suspensions: { zh: '申请挂账', en: 'Suspensions asked for' },
  disputes: { zh: '异议', en: 'Disputed' },
  reports: { zh: '待核查', en: 'Reported' },
} as const satisfies Record<string, Words>
export type Desk = keyof typeof desks

/** What happens to a task (流转). */
export const moveKinds = {
  issue: { zh: '交办', en: 'Issue' },
  accept: { zh: '签收', en: 'Accept' },
  return: { zh: '退回', en: 'Return' },
  uphold: { zh: '维持交办', en: 'Uphold' },
  reissue: { zh: '改派', en: 'Reissue' },
  progress: { zh: '进展', en: 'Progress' },
  report: { zh: '报结', en: 'Report as done' },
  pass: { zh: '销号', en: 'Sign off' },
  fail: { zh: '核查不通过', en: 'Send back' },
  reopen: { zh: '重新交办', en: 'Reopen' },
  ask_extension: { zh: '申请延期', en: 'Ask for an extension' },
  grant_extension: { zh: '同意延期', en: 'Grant an extension' },
  refuse_extension: { zh: '不同意延期', en: 'Refuse an extension' },
  ask_suspension: { zh: '申请挂账', en: 'Ask for a suspension' },
  suspend: { zh: '同意挂账', en: 'Suspend' },
  refuse_suspension: { zh: '不同意挂账', en: 'Refuse a suspension' },
  resume: { zh: '恢复办理', en: 'Resume' },
  settle: { zh: '期限核定', en: 'Settle the deadline' },
  dispute: { zh: '提出异议', en: 'Dispute' },
  uphold_dispute: { zh: '认定误报', en: 'Accept the dispute' },
  refuse_dispute: { zh: '异议不成立', en: 'Refuse the dispute' },
  annul: { zh: '申诉成立', en: 'Annul' },
  carry: { zh: '结转', en: 'Carry over' },
  escalate: { zh: '督办提醒', en: 'Escalate' },
  explain: { zh: '逐条讲解', en: 'Explain' },
  comment: { zh: '备注', en: 'Comment' },
  cancel: { zh: '撤销', en: 'Cancel' },
  revoke: { zh: '撤回操作', en: 'Take back' },
} as const satisfies Record<string, Words>
export type MoveKind = keyof typeof moveKinds

/** Which moves may be taken back by their author, for some minutes. */
export const revocable: readonly MoveKind[] = ['return', 'pass', 'cancel']

/**
 * In which part somebody acts on a task: the unit that owes it, the one that issued it, the one that signs it off, the city
 * office, a counsellor, somebody who decides on a finding and did not make it, whoever made the move that is taken back,
 * whoever may read it, the service itself.
 */
export type TaskPart =
  | 'unit'
  | 'issuer'
  | 'checker'
  | 'office'
  | 'referee'
  | 'counsellor'
  | 'author'
  | 'reader'
  | 'service'

/** For whom a template is expanded: once, for each named unit, for each zone, for each duty of the register (三定). */
export const expansionScopes = {
  once: { zh: '一项', en: 'Once' },
  units: { zh: '每个单位', en: 'For each unit' },
  zones: { zh: '每个区域', en: 'For each zone' },
  responsibilities: { zh: '每项包保责任', en: 'For each responsibility' },
} as const satisfies Record<string, Words>
export type ExpansionScope = keyof typeof expansionScopes

/** How often a template is issued anew. */
export const cadences = {
  once: { zh: '一次', en: 'Once' },
  weekly: { zh: '每周', en: 'Weekly' },
  monthly: { zh: '每月', en: 'Monthly' },
  quarterly: { zh: '每季度', en: 'Quarterly' },
  yearly: { zh: '每年', en: 'Yearly' },
} as const satisfies Record<string, Words>
export type Cadence = keyof typeof cadences

/** Why nothing can be made of a zone, a duty or a unit when a template is expanded. */
export const skipReasons = {
  'expansion.nobody_answers': { zh: '该区域没有责任单位', en: 'No unit answers for the zone' },
  'expansion.nobody_checks': { zh: '无人可以核查', en: 'Nobody could sign it off' },
  'expansion.closed': { zh: '单位已停用', en: 'The unit is closed' },
} as const satisfies Record<string, Words>
export type SkipReason = keyof typeof skipReasons

/** How figures are divided. */
export const divisions = {
  unit: { zh: '按责任单位', en: 'By unit' },
  district: { zh: '按县区', en: 'By district' },
  body: { zh: '按工作组', en: 'By working body' },
  book: { zh: '按清单', en: 'By book' },
} as const satisfies Record<string, Words>
export type Division = keyof typeof divisions

/** The texts of this slice's error codes: what is wrong and what to do. */
export const commandErrors: Record<string, Words> = {
  'body.missing': { zh: '没有这个工作机构。', en: 'There is no such working body.' },
  'body.member_missing': { zh: '该工作机构没有这个成员。', en: 'The body has no such member.' },
  'body.member_taken': {
    zh: '该成员已在本机构中，不必重复添加。',
    en: 'This is a member of the body already.',
  },
  'body.member_unfit': {
    zh: '牵头、成员单位须为单位，组长、辅导员须为成年人，请核对。',
    en: 'Lead and member are units; chair and counsellors are adults. Check what you entered.',
  },
  'body.number_taken': { zh: '同类机构已有此编号。', en: 'Another body of this kind has the number.' },
  'book.missing': {
    zh: '没有这份清单，或不在您的管理范围内。',
    en: 'There is no such book within your reach.',
  },
  'book.not_published': { zh: '清单尚未下发。', en: 'The book is not issued yet.' },
  'book.closed': { zh: '清单已结束。', en: 'The book is closed.' },
  'book.empty': { zh: '清单还没有任务，不能下发。', en: 'The book has no tasks yet.' },
  'book.nobody_checks': {
    zh: '有任务无人可以核查（责任单位与牵头、交办单位属于同一条线）。请为清单指定核查单位。',
    en: 'Nobody could sign some tasks off, because the unit and the lead or issuer are on one line. Name a checking unit for the book.',
  },
  'book.tasks_open': {
    zh: '还有{open}项任务未销号，不能结束清单。',
    en: '{open} tasks are still owed. Settle them before you close the book.',
  },
  'book.told': {
    zh: '只有尚未下发的通报才能写入数据。',
    en: 'Figures go only into a notice that was not issued yet.',
  },
  'task.missing': {
    zh: '没有这项任务，或不在您的管理范围内。',
    en: 'There is no such task within your reach.',
  },
  'task.due_unclear': {
    zh: '限期任务须填写一个日期或一个时限，其他任务都不填。',
    en: 'A dated task has either a day or a limit; others have neither.',
  },
  'task.due_past': { zh: '办理期限已过，请改期。', en: 'The date is over. Choose a later one.' },
  'task.outline_taken': { zh: '清单中已有此序号。', en: 'The book has a task with this number already.' },
  'task.after_other_book': {
    zh: '前置任务须在同一清单内，且不能互为前置。',
    en: 'The task before it must be in the same book, and not wait for this one.',
  },
  'task.waits': {
    zh: '前置任务尚未销号。',
    en: 'The task before it is not signed off yet.',
  },
  'task.carried_open': {
    zh: '结转到本项的{open}项任务尚未销号，请先办结。',
    en: '{open} tasks that were carried into this one are still open. Settle them first.',
  },
  'template.missing': {
    zh: '没有这个任务模板，或不在您的管理范围内。',
    en: 'There is no such template within your reach.',
  },
  'template.ended': { zh: '该模板已停止使用。', en: 'The template has ended.' },
  'template.unfit': {
    zh: '模板填写有误：请核对适用范围、单位、周期和截止日。',
    en: 'The template does not fit together: check scope, units, cadence and day.',
  },
  'expansion.too_many': {
    zh: '一次最多生成{max}项任务，请缩小范围。',
    en: 'At most {max} tasks are made at once. Choose a smaller part.',
  },
  'move.into_unfit': {
    zh: '只能结转到年度计划清单中未办结的任务。',
    en: 'A task is carried into an open task of a year plan.',
  },
  'move.own_finding': {
    zh: '异议和申诉须由发现问题以外的人员和单位认定。',
    en: 'Neither who found it nor their unit decides on it.',
  },
  'move.not_yours': {
    zh: '此操作不由您办理：签收、报结由责任单位，改派、延期由交办单位，销号由核查单位办理。',
    en: 'This is not yours to do: the unit accepts and reports, the issuer reassigns and extends, the checking unit signs off.',
  },
  'move.not_now': {
    zh: '任务当前状态不能这样操作，请刷新后查看。',
    en: 'The task is in a state in which this cannot be done. Read it again.',
  },
  'move.incomplete': {
    zh: '请补充此操作所需的内容：原因、单位或数量。',
    en: 'This needs more: a reason, a unit or an amount.',
  },
  'move.decided_elsewhere': {
    zh: '申诉须在申诉页面办理。',
    en: 'An appeal is decided on its own page.',
  },
  'move.too_late': { zh: '已过期限，不能再这样操作。', en: 'It is too late for this.' },
  'move.limit_reached': {
    zh: '次数已达上限：每轮办理最多申请延期两次，整改问题一次，未获同意的也计入；异议只能提一次。',
    en: 'This was done as often as it may be: an extension is asked for twice a cycle, of a case once, refused ones included; one dispute.',
  },
  'move.until_unfit': {
    zh: '日期须晚于当前期限；挂账最长90天。',
    en: 'The date must be later than what holds now; a suspension lasts 90 days at most.',
  },
  'move.own_work': {
    zh: '报结与核查须由不同的人办理。',
    en: 'Whoever reported it does not sign it off.',
  },
  'move.same_line': {
    zh: '核查单位不能与责任单位属于同一条线。',
    en: 'The checking unit must not be on the line of the unit that owes it.',
  },
  'move.unit_needed': {
    zh: '您的账号未登记所属单位，请联系账号管理人补充。',
    en: 'Your account names no unit. Ask whoever manages it to enter one.',
  },
}
