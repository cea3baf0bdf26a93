/** The closed sets of this slice and how they read. */

export type EventState = 'draft' | 'published' | 'closed' | 'cancelled'

export const eventStates: Record<EventState, { zh: string; en: string }> = {
  draft: { zh: '草稿', en: 'draft' },
  published: { zh: '已发布', en: 'published' },
  closed: { zh: '已结束', en: 'closed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
}

/** Whether a zone's responsible unit serves there for certain, or only before others. */
export type OwnUnitPolicy = 'hard' | 'preferred'

export const ownUnitPolicies: Record<OwnUnitPolicy, { zh: string; en: string }> = {
  hard: { zh: '只派责任单位', en: 'responsible unit only' },
  preferred: { zh: '责任单位优先', en: 'responsible unit first' },
}

/** Why an event cannot be published. */
export type PublicationProblem =
  | 'no_shifts'
  | 'shift_outside_event'
  | 'shift_without_person_in_charge'
  | 'minors_in_unsuitable_zone'
  | 'zone_closed'
  | 'risks_without_insurance'
  | 'event_over'

export const publicationProblems: Record<PublicationProblem, { zh: string; en: string }> = {
  no_shifts: { zh: '活动还没有岗位班次', en: 'The event has no shift.' },
  shift_outside_event: { zh: '班次时间超出活动时间', en: 'The shift lies outside the period of the event.' },
  shift_without_person_in_charge: { zh: '班次没有现场负责人', en: 'Nobody is named in charge of the shift.' },
  minors_in_unsuitable_zone: {
    zh: '该区域不适合未成年人,班次却允许未成年人参加',
    en: 'The shift takes minors in a zone that is not suitable for them.',
  },
  zone_closed: { zh: '班次所在区域已停用', en: 'The zone of the shift is closed.' },
  risks_without_insurance: { zh: '班次有风险但未说明保险', en: 'The shift names risks but no insurance.' },
  event_over: { zh: '活动时间已过', en: 'The period of the event is over.' },
}

/** What stands in the way of one of the shifts a batch would make. */
export type BatchConflict =
  | 'zone_missing'
  | 'zone_closed'
  | 'outside_event'
  | 'same_shift_exists'
  | 'minors_unsuitable'

export const batchConflicts: Record<BatchConflict, { zh: string; en: string }> = {
  zone_missing: { zh: '没有这个区域', en: 'There is no such zone.' },
  zone_closed: { zh: '区域已停用', en: 'The zone is closed.' },
  outside_event: { zh: '时间超出活动时间', en: 'The time lies outside the event.' },
  same_shift_exists: { zh: '该区域同一时间已有相同任务', en: 'The zone has this task at this time already.' },
  minors_unsuitable: { zh: '该区域不适合未成年人', en: 'The zone is not suitable for minors.' },
}
