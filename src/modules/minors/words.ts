/** The closed sets of this slice with their texts. */
import type { Words } from '#modules/organisation/pure.ts'

/** Why somebody needs to see the data of minors. */
export const disclosureReasons = {
  safety: { zh: '涉及学生人身安全', en: 'The safety of a child' },
  guardian_contact: { zh: '联系监护人', en: 'Reach the guardians' },
  consent: { zh: '核实监护人同意', en: 'Check what guardians said' },
  correction: { zh: '核对、更正登记信息', en: 'Check or correct what is registered' },
  insurance: { zh: '办理保险', en: 'Insurance' },
  service_record: { zh: '办理志愿服务记录', en: 'Service records' },
  authority: { zh: '依法配合有关部门', en: 'A lawful demand of an authority' },
} as const satisfies Record<string, Words>
export type DisclosureReason = keyof typeof disclosureReasons

/** How a request for access stands. */
export const disclosureStates = {
  pending: { zh: '待批准', en: 'Waits for a second person' },
  approved: { zh: '已批准，可查看', en: 'Approved: open now' },
  ended: { zh: '已到期', en: 'Its hours are over' },
  revoked: { zh: '已收回', en: 'Taken back' },
  refused: { zh: '未批准', en: 'Refused' },
  expired: { zh: '逾期未处理', en: 'Nobody decided in time' },
} as const satisfies Record<string, Words>
export type DisclosureState = keyof typeof disclosureStates

/** The kinds of access to the data of minors, as the yearly list for the auditor names them. */
export const accessActions = {
  'person.revealed': { zh: '查看完整信息', en: 'Full data shown' },
  'guardians.shown': { zh: '教师查看监护人电话', en: 'Guardians’ numbers shown to a teacher' },
  'guardian.emergency': { zh: '紧急联系监护人', en: 'Guardian called in an emergency' },
  'disclosure.asked': { zh: '申请查看', en: 'Access asked for' },
  'disclosure.approved': { zh: '批准查看', en: 'Access approved' },
  'disclosure.refused': { zh: '不批准查看', en: 'Access refused' },
  'disclosure.revoked': { zh: '收回查看授权', en: 'Access taken back' },
  'disclosure.exported': { zh: '导出名单', en: 'List exported' },
  'revelations.exhausted': { zh: '查看达到当日上限', en: 'Limit of the day reached' },
} as const satisfies Record<string, Words>
export type AccessAction = keyof typeof accessActions

/** Of them, those by which somebody's own data was shown: what the person reads behind their link. */
export const personAccesses: Record<string, Words> = {
  'person.revealed': accessActions['person.revealed'],
  'guardians.shown': accessActions['guardians.shown'],
  'guardian.emergency': accessActions['guardian.emergency'],
  'disclosure.exported': accessActions['disclosure.exported'],
}

/** The texts of this slice's error codes: what is wrong and what to do. */
export const minorsErrors: Record<string, Words> = {
  'disclosure.decided': { zh: '该查阅申请已处理。', en: 'This request was decided already.' },
  'disclosure.expired': {
    zh: '该查阅申请逾期未处理，请重新申请。',
    en: 'Nobody decided in time. Ask for it again.',
  },
  'disclosure.missing': {
    zh: '没有这项查阅申请，或不在您的管理范围内。',
    en: 'There is no such request within your reach.',
  },
  'disclosure.not_independent': {
    zh: '您与申请人的角色相互关联，须由其他人审批。',
    en: 'One of you has the role through the other, or both through the same person. Somebody else decides.',
  },
  'disclosure.own': {
    zh: '本人的申请须由他人审批。',
    en: 'Somebody else has to decide what you ask for.',
  },
  'disclosure.too_many': {
    zh: '您的查阅申请尚在等待处理。',
    en: 'Your requests wait for a decision.',
  },
  'disclosure.unclear': {
    zh: '请选择一个班级或一项活动，并具体说明用途。',
    en: 'Name a class or an event, and explain what the data is needed for.',
  },
  'emergency.several': {
    zh: '该班次有同名学生，请选择班级。',
    en: 'Several on this shift are called so. Name the class.',
  },
  'emergency.unknown': {
    zh: '该班次没有这位未成年人，请核对姓名。',
    en: 'No minor of this name is on the shift. Check the name.',
  },
  'guardians.not_in_charge': {
    zh: '仅本班次现场负责人可紧急联系监护人。',
    en: 'Only the person in charge of this shift opens a guardian’s number here.',
  },
  'guardians.not_now': {
    zh: '仅班次开始前两小时至结束后两小时可查看。',
    en: 'The numbers are shown from two hours before the shift until two hours after it.',
  },
  'guardians.not_teacher': {
    zh: '仅参加本班次的班级教师可查看监护人电话。',
    en: 'Only the teachers of a class on this shift see the numbers of its guardians.',
  },
}
