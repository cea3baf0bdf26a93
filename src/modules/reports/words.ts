/** Names and definitions of the figures. Every snapshot stores the definitions it was made with. */

interface Term {
  zh: string
  en: string
  /** The definition, so that two readers count in the same way. */
  meaning: { zh: string; en: string }
}

/** All figures of a line, in the order of the tables. */
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
      en: 'Checked in, whatever was answered before: the attendances.',
    },
  },
  gradeA: {
    zh: '现场核验（A）',
    en: 'At the place (A)',
    meaning: {
      zh: '到岗中，班次期间在岗位现场核验。',
      en: 'Arrived: shown to be at the place inside the window.',
    },
  },
  gradeB: {
    zh: '队长点名（B）',
    en: 'Roll-call (B)',
    meaning: { zh: '到岗中，由队长点名或确认。', en: 'Arrived: called or confirmed by the leader.' },
  },
  gradeC: {
    zh: '本人签到（C）',
    en: 'Own statement (C)',
    meaning: { zh: '到岗中，仅有本人签到。', en: 'Arrived: the person’s own statement alone.' },
  },
  gradeD: {
    zh: '补录（D）',
    en: 'Entered afterwards (D)',
    meaning: {
      zh: '到岗中，事后补录并经第二人审核。',
      en: 'Arrived: entered afterwards and approved by a second person.',
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
      zh: '未答复也未签到；不等于不能参加。',
      en: 'Neither answered nor checked in; not the same as declined.',
    },
  },
  pending: {
    zh: '其中待审核补录',
    en: 'Of these waiting for approval',
    meaning: {
      zh: '缺席与未答复中，已申请补录、尚未审核者；审核通过前不计入到岗。',
      en: 'Of absent and unanswered: entered afterwards, and not approved yet.',
    },
  },
  declined: {
    zh: '不能参加',
    en: 'Declined',
    meaning: { zh: '本人答复不能参加，或由队长代为回复。', en: 'Said no, or a leader recorded it for them.' },
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
    zh: '班次未结束',
    en: 'Not over yet',
    meaning: {
      zh: '缺席与未答复中，截至时点班次未结束者。',
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
      zh: '开始10分钟后签到，照常计入到岗。',
      en: 'Arrived, labelled late; nobody is turned away for it.',
    },
  },
  peoplePresent: {
    zh: '到岗人数',
    en: 'People present',
    meaning: {
      zh: '到岗的不同人员，每人计一次。',
      en: 'Different people among the arrived, each once.',
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
    zh: '清点人数（未实名）',
    en: 'Counted heads',
    meaning: {
      zh: '由队长或教师清点、没有姓名的到场人数，与到岗人次分列。',
      en: 'Present without names, counted by a leader; apart from the arrived.',
    },
  },
  countedAdults: {
    zh: '其中成人',
    en: 'Of these adults',
    meaning: { zh: '清点人数中的成人。', en: 'Adults among the counted heads.' },
  },
  companions: {
    zh: '随行家属',
    en: 'Companions',
    meaning: {
      zh: '随行人员，不在清点人数之内。',
      en: 'People who came along; not among the counted heads.',
    },
  },
} as const satisfies Record<string, Term>
export type Figure = keyof typeof terms

/** The figures on the sheets of a breakdown: those that fit on one page width, in reading order. */
export const printed = [
  'demanded',
  'asked',
  'pledged',
  'assigned',
  'arrived',
  'gradeA',
  'gradeB',
  'gradeC',
  'gradeD',
  'absent',
  'unanswered',
  'pending',
  'declined',
  'excused',
  'cancelled',
  'countedHeads',
  'minutes',
] as const satisfies readonly Figure[]

/** The breakdowns of the figures. */
export const breakdowns = {
  district: { zh: '按县区', en: 'By district' },
  zoneKind: { zh: '按区域类型', en: 'By kind of zone' },
  unit: { zh: '按单位', en: 'By unit' },
  parent: { zh: '按主管单位', en: 'By parent unit' },
} as const satisfies Record<string, Omit<Term, 'meaning'>>
export type Breakdown = keyof typeof breakdowns

/** The texts of this slice's error codes: what is wrong and what to do. `{…}` is a detail of the error. */
export const reportsErrors: Record<string, { zh: string; en: string }> = {
  'report.cut_off_ahead': {
    zh: '截至时点还没有到，不能统计。',
    en: 'The cut-off lies ahead: nothing can be known of it.',
  },
  'snapshot.missing': { zh: '没有这份存档。', en: 'There is no such snapshot.' },
}
