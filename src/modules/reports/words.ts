/** What the figures are called, and what they mean. The definitions travel with every snapshot. */

interface Term {
  zh: string
  en: string
  /** What is counted, so that two readers count alike. */
  meaning: { zh: string; en: string }
}

/** Every figure of a line of the report, in the order in which tables show them. */
export const terms = {
  demanded: {
    zh: '岗位需求人次',
    en: 'Places wanted',
    meaning: {
      zh: '未取消班次的目标人数之和。',
      en: 'Sum of the targets of the shifts that were not cancelled.',
    },
  },
  asked: {
    zh: '需求人数',
    en: 'Asked',
    meaning: { zh: '活动向各单位提出的需求人数。', en: 'Heads the event asked of units.' },
  },
  pledged: {
    zh: '上报人数',
    en: 'Pledged',
    meaning: { zh: '各单位答复的上报人数。', en: 'Heads the units answered with.' },
  },
  assigned: {
    zh: '安排人次',
    en: 'Assigned',
    meaning: {
      zh: '一人一班次为一人次；等于六种结果之和。重新排岗时被替换的安排不计。',
      en: 'One person on one shift counts once; the sum of the six outcomes. What a new plan replaced is not counted.',
    },
  },
  people: {
    zh: '安排人数',
    en: 'People assigned',
    meaning: { zh: '有安排的不同人员，每人计一次。', en: 'Different people among the assigned, each once.' },
  },
  accepted: {
    zh: '已接受人次',
    en: 'Accepted',
    meaning: { zh: '截至时点已接受的安排。', en: 'Assignments accepted by the cut-off.' },
  },
  arrived: {
    zh: '到岗人次',
    en: 'Arrived',
    meaning: {
      zh: '已签到；无论事先如何答复。',
      en: 'Checked in, whatever was answered before: the attendances (人次).',
    },
  },
  absent: {
    zh: '缺席',
    en: 'Absent',
    meaning: { zh: '已接受但未签到。', en: 'Had accepted and did not check in.' },
  },
  unanswered: {
    zh: '未答复',
    en: 'Unanswered',
    meaning: {
      zh: '未答复也未签到；不等于婉拒。',
      en: 'Neither answered nor checked in; not the same as declined.',
    },
  },
  declined: {
    zh: '婉拒',
    en: 'Declined',
    meaning: { zh: '本人婉拒或由负责人代为回复婉拒。', en: 'Said no, or a leader recorded it for them.' },
  },
  excused: {
    zh: '请假',
    en: 'Excused',
    meaning: { zh: '安排后请假。', en: 'Excused after being assigned.' },
  },
  cancelled: {
    zh: '取消',
    en: 'Cancelled',
    meaning: {
      zh: '班次或活动取消、报名撤回或被撤下。',
      en: 'Shift or event cancelled, sign-up withdrawn, or taken off.',
    },
  },
  open: {
    zh: '尚未结束',
    en: 'Not over yet',
    meaning: {
      zh: '缺席与未答复中，班次在截至时点尚未结束者。',
      en: 'Of absent and unanswered: shifts that were not over at the cut-off.',
    },
  },
  early: {
    zh: '提前签到',
    en: 'Early',
    meaning: { zh: '到岗中标记为提前。', en: 'Arrived, labelled early.' },
  },
  onTime: {
    zh: '准时签到',
    en: 'On time',
    meaning: { zh: '到岗中标记为准时。', en: 'Arrived, labelled on time.' },
  },
  late: {
    zh: '迟到签到',
    en: 'Late',
    meaning: {
      zh: '到岗中标记为迟到；迟到不拒绝。',
      en: 'Arrived, labelled late; nobody is turned away for it.',
    },
  },
  peoplePresent: {
    zh: '到岗人数',
    en: 'People present',
    meaning: {
      zh: '到岗的不同人员，每人计一次。',
      en: 'Different people among the arrived, each once (人数).',
    },
  },
  checkedOut: {
    zh: '签退人次',
    en: 'Checked out',
    meaning: { zh: '到岗且已签退。', en: 'Arrived and checked out.' },
  },
  minutes: {
    zh: '服务时长（分钟）',
    en: 'Minutes',
    meaning: {
      zh: '已记录的服务分钟数；仅计数人员不产生时长。',
      en: 'Minutes recorded; counted heads earn none.',
    },
  },
  countedHeads: {
    zh: '计数人头',
    en: 'Counted heads',
    meaning: {
      zh: '由负责人清点、没有姓名的到场人数，与到岗人次分列。',
      en: 'Present without names, counted by a leader; apart from the arrived.',
    },
  },
  countedAdults: {
    zh: '其中成人',
    en: 'Of these adults',
    meaning: { zh: '计数人头中的成人。', en: 'Adults among the counted heads.' },
  },
  companions: {
    zh: '随行家属',
    en: 'Companions',
    meaning: {
      zh: '随行人员，不在计数人头之内。',
      en: 'People who came along; not among the counted heads.',
    },
  },
} as const satisfies Record<string, Term>
export type Figure = keyof typeof terms

/** Along what the figures are broken down. */
export const breakdowns = {
  district: { zh: '按区县', en: 'By district' },
  zoneKind: { zh: '按区域类型', en: 'By kind of zone' },
  unit: { zh: '按单位', en: 'By unit' },
  parent: { zh: '按主管单位', en: 'By parent unit' },
} as const
export type Breakdown = keyof typeof breakdowns
