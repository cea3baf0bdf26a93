import type { Words } from '#modules/organisation/index.ts'

// The closed sets of this slice, with their texts in Chinese and English.

/** The state of an event. It follows from its times (`stateOf` in `rules.ts`). */
export const eventStates = {
  draft: { zh: '草稿', en: 'draft' },
  published: { zh: '已发布', en: 'published' },
  closed: { zh: '已结束', en: 'closed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
} as const satisfies Record<string, Words>
export type EventState = keyof typeof eventStates

/** The operations that change an event, by `operationId`. */
export const eventOperations = {
  changeEvent: { zh: '修改活动', en: 'change the event' },
  publishEvent: { zh: '发布活动', en: 'publish the event' },
  closeEvent: { zh: '结束活动', en: 'close the event' },
  cancelEvent: { zh: '取消活动', en: 'cancel the event' },
} as const satisfies Record<string, Words>
export type EventOperation = keyof typeof eventOperations

/** A campaign, and the months and weeks in it with their themes (每周有主题、每月有变化). */
export const campaignKinds = {
  campaign: { zh: '专项行动', en: 'Campaign' },
  month: { zh: '月主题', en: 'Month' },
  week: { zh: '周主题', en: 'Week' },
} as const satisfies Record<string, Words>
export type CampaignKind = keyof typeof campaignKinds

/** Whether only the responsible unit of a zone serves there (`hard`), or it is preferred (`preferred`). */
export const ownUnitPolicies = {
  hard: { zh: '只派责任单位', en: 'responsible unit only' },
  preferred: { zh: '责任单位优先', en: 'responsible unit first' },
} as const satisfies Record<string, Words>
export type OwnUnitPolicy = keyof typeof ownUnitPolicies

/** Why an event cannot be published. */
export const publicationProblems = {
  no_shifts: { zh: '活动还没有岗位班次', en: 'The event has no shift.' },
  shift_outside_event: { zh: '班次时间超出活动时间', en: 'The shift lies outside the period of the event.' },
  shift_without_person_in_charge: { zh: '班次没有现场负责人', en: 'Nobody is named in charge of the shift.' },
  minors_in_unsuitable_zone: {
    zh: '该区域不适合未成年人，班次却允许未成年人参加',
    en: 'The shift takes minors in a zone that is not suitable for them.',
  },
  zone_closed: { zh: '班次所在区域已停用', en: 'The zone of the shift is closed.' },
  risks_without_insurance: { zh: '班次有风险但未说明保险', en: 'The shift names risks but no insurance.' },
  event_over: { zh: '活动时间已过', en: 'The period of the event is over.' },
} as const satisfies Record<string, Words>
export type PublicationProblem = keyof typeof publicationProblems

/** Why a batch cannot create one of its shifts. */
export const batchConflicts = {
  zone_missing: { zh: '没有这个区域', en: 'There is no such zone.' },
  zone_closed: { zh: '区域已停用', en: 'The zone is closed.' },
  outside_event: { zh: '时间超出活动时间', en: 'The time lies outside the event.' },
  same_shift_exists: { zh: '该区域同一时间已有相同任务', en: 'The zone has this work at this time already.' },
  minors_unsuitable: { zh: '该区域不适合未成年人', en: 'The zone is not suitable for minors.' },
} as const satisfies Record<string, Words>
export type BatchConflict = keyof typeof batchConflicts

/** Why a change of many shifts cannot be made for one of them. */
export const revisionConflicts = {
  ends_before_start: { zh: '结束时间早于开始时间', en: 'It would end before it starts.' },
  outside_event: { zh: '时间超出活动时间', en: 'The time lies outside the event.' },
  too_long: { zh: '班次超过24小时', en: 'It would last more than 24 hours.' },
  demand_wrong: {
    zh: '人数应满足最低≤目标≤上限，且不少于所需技能人数',
    en: 'Numbers must rise from least to target to most, and cover the skills needed.',
  },
  below_taken: { zh: '已安排的人数超过新的上限', en: 'More people are placed than the new most.' },
  zone_closed: { zh: '区域已停用', en: 'The zone is closed.' },
  minors_unsuitable: { zh: '该区域不适合未成年人', en: 'The zone is not suitable for minors.' },
  would_overlap: {
    zh: '有人员同时段已有其他岗位',
    en: 'Somebody would be on two shifts at once.',
  },
} as const satisfies Record<string, Words>
export type RevisionConflict = keyof typeof revisionConflicts

/** The text of every error code of this slice: what is wrong and what to do. `{…}` is a detail of the error. */
export const eventErrors: Record<string, Words> = {
  'access.out_of_reach': {
    zh: '不在您的管理范围内，请联系主办单位。',
    en: 'This is not yours to change. Ask the unit that organises it.',
  },
  'batch.conflicts': {
    zh: '部分班次无法新建，请查看预览，或跳过冲突。',
    en: 'Some shifts cannot be made. Look at the preview, or skip what conflicts.',
  },
  'batch.empty': {
    zh: '没有可以新建的班次，请调整区域或时间。',
    en: 'No shift can be made. Change zones or times.',
  },
  'batch.in_use': {
    zh: '这些班次已安排过人员，不能撤销，请改为取消班次。',
    en: 'People are, or were, placed on these shifts. Cancel the shifts instead.',
  },
  'batch.missing': { zh: '没有这次批量新建记录。', en: 'There is no such bulk creation.' },
  'batch.too_large': {
    zh: '一次最多新建{shiftsMax}个班次，请分批进行。',
    en: 'At most {shiftsMax} shifts are made in one go. Do it in parts.',
  },
  'campaign.parent_unfit': {
    zh: '月主题须属于专项行动，周主题须属于月主题或专项行动，且在其期间内开始。',
    en: 'A month belongs to a campaign, a week to a month or campaign, and begins within it.',
  },
  'cancellation.empty': {
    zh: '所选班次都已结束或已取消，请重新选择。',
    en: 'No shift that is still to come is selected. Choose others.',
  },
  'cancellation.missing': { zh: '没有这次批量取消记录。', en: 'There is no such cancellation.' },
  'cancellation.told': {
    zh: '已开始通知人员，不能撤销；请新建班次后重新安排。',
    en: 'People were told, so it cannot be undone. Make new shifts and place people again.',
  },
  'cancellation.too_large': {
    zh: '一次最多取消{shiftsMax}个班次，请缩小范围。',
    en: 'At most {shiftsMax} shifts are cancelled in one go. Select fewer.',
  },
  'campaign.missing': {
    zh: '没有这个专项行动，请重新选择。',
    en: 'There is no such campaign. Choose another.',
  },
  'demand.invalid': {
    zh: '人数应满足最低≤目标≤上限，请核对。',
    en: 'Numbers must rise from least to target to most. Check them.',
  },
  'event.cancelled': {
    zh: '活动已取消，不能再修改。',
    en: 'The event was cancelled and is changed no more.',
  },
  'event.closed': { zh: '活动已结束，不能再修改。', en: 'The event is closed and is changed no more.' },
  'event.missing': { zh: '没有这个活动，请核对地址。', en: 'There is no such event. Check the address.' },
  'event.not_published': {
    zh: '只有已发布的活动可以结束；草稿请取消。',
    en: 'Only a published event is closed. Cancel a draft instead.',
  },
  'event.not_ready': {
    zh: '活动还不能发布，请先处理列出的问题。',
    en: 'The event cannot be published yet. Settle what is listed first.',
  },
  'event.over': {
    zh: '活动时间已过，不能再取消或征集人员，请改为结束活动。',
    en: 'The event is over: it is not cancelled, and nobody is asked any more. Close it instead.',
  },
  'event.published': {
    zh: '活动已不是草稿，请改为取消班次。',
    en: 'The event is no draft any more. Cancel the shifts instead.',
  },
  'event.shifts_outside': {
    zh: '有{shifts}个班次将超出活动时间，请先调整或取消这些班次。',
    en: 'The period would leave shifts outside: {shifts}. Move or cancel them first.',
  },
  'period.invalid': { zh: '结束时间应晚于开始时间。', en: 'It must end after it starts.' },
  'period.too_long': {
    zh: '活动最长{daysMax}天；更长的请建为专项行动。',
    en: 'An event lasts at most {daysMax} days. Make anything longer a campaign.',
  },
  'person.missing': { zh: '没有这位人员，请重新选择。', en: 'There is no such person. Choose another.' },
  'preview.expired': { zh: '预览已过期，请重新预览。', en: 'The preview is too old. Look again.' },
  'preview.missing': { zh: '没有这次预览，请重新预览。', en: 'There is no such preview. Look again.' },
  'preview.outdated': {
    zh: '预览后情况有变，未作任何更改，请核对后重新预览。',
    en: 'It has changed since the preview and nothing was done. Look again.',
  },
  'revision.changed_since': {
    zh: '其中{shifts}个班次之后又被修改或取消，不能整体撤销，请重新批量修改。',
    en: 'Changed or cancelled since: {shifts}. Change the shifts again instead.',
  },
  'revision.conflicts': {
    zh: '部分班次不能这样修改，请查看预览，或跳过这些班次。',
    en: 'Some shifts cannot be changed like this. Look at the preview, or leave them out.',
  },
  'revision.empty': {
    zh: '所选班次都已结束，或本来就是这样，没有可以修改的。',
    en: 'No selected shift would change: they are over, or so already.',
  },
  'revision.in_the_way': {
    zh: '其中{shifts}个班次不能恢复原样：之后又安排了人员，或区域已停用。',
    en: 'Cannot go back: {shifts}. People were placed since, or a zone was closed.',
  },
  'revision.missing': { zh: '没有这次批量修改记录。', en: 'There is no such change of shifts.' },
  'revision.told': {
    zh: '已开始通知人员，不能撤销；如需改回，请重新批量修改。',
    en: 'People were told, so it cannot be undone. Change the shifts again instead.',
  },
  'revision.too_large': {
    zh: '一次最多修改{shiftsMax}个班次，请缩小范围。',
    en: 'At most {shiftsMax} shifts are changed in one go. Select fewer.',
  },
  'shift.below_taken': {
    zh: '已安排的人数超过新的上限，请先调整人员。',
    en: 'More people are placed than the new most. Move them first.',
  },
  'shift.cancelled': {
    zh: '班次已取消，不能再修改。',
    en: 'The shift was cancelled and is changed no more.',
  },
  'shift.has_minors': {
    zh: '班次中已有未成年人，请先调整人员。',
    en: 'There are minors on the shift. Move them first.',
  },
  'shift.minors_unsuitable': {
    zh: '该区域不适合未成年人，请更换区域或不允许未成年人参加。',
    en: 'The zone is not suitable for minors. Choose another, or take none.',
  },
  'shift.missing': { zh: '没有这个班次，请刷新后重试。', en: 'There is no such shift. Load the page again.' },
  'shift.outside_event': {
    zh: '班次时间超出活动时间，请调整。',
    en: 'The shift lies outside the period of the event. Change one of them.',
  },
  'shift.over': {
    zh: '班次已结束，人员、时间和地点不再变动；到岗有误的，请更正点名或申请补录。',
    en: 'The shift is over: people, time and place stay. If an arrival is wrong, correct the roll or ask for a late entry.',
  },
  'shift.recordable_reason': {
    zh: '不计入时长的班次须填写原因。',
    en: 'A shift whose hours are not recorded needs a reason.',
  },
  'shift.too_long': {
    zh: '班次最长24小时，请分成几个。',
    en: 'A shift lasts at most 24 hours. Make several.',
  },
  'shift.would_overlap': {
    zh: '调整后有人员的班次时间重叠，请先调整人员。',
    en: 'Somebody would be on two shifts at once. Move them first.',
  },
  'time_zone.unknown': {
    zh: '时区无法识别，请填如Asia/Shanghai。',
    en: 'Enter a zone of time such as Asia/Shanghai.',
  },
  'unit.closed': { zh: '该单位已停用，请重新选择。', en: 'The unit is closed. Choose another.' },
  'unit.missing': { zh: '没有这个单位，请重新选择。', en: 'There is no such unit. Choose another.' },
  'version.stale': {
    zh: '内容已被他人修改，请核对后再保存。',
    en: 'Somebody changed it in the meantime. Compare, then save again.',
  },
  'zone.closed': { zh: '该区域已停用，请重新选择。', en: 'The zone is closed. Choose another.' },
  'zone.missing': { zh: '没有这个区域，请重新选择。', en: 'There is no such zone. Choose another.' },
  'event.too_many_skills': {
    zh: '一次活动最多使用{skillsMax}种技能，请合并相近的技能。',
    en: 'An event asks for at most {skillsMax} different skills. Join those that are alike.',
  },
  'shift.minor_in_charge': {
    zh: '现场负责人须为成年人，请另选一人。',
    en: 'Who is in charge must be of age. Choose somebody else.',
  },
}
