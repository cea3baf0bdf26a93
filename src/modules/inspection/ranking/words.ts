import type { Words } from '#modules/organisation/pure.ts'

/** The texts of the error codes of rankings, appeals and figures. */
export const rankingErrors: Record<string, Words> = {
  'ranking.missing': {
    zh: '没有这个排名，或不在您的管理范围内。',
    en: 'There is no such ranking within your reach.',
  },
  'ranking.line_missing': { zh: '该排名中没有这一行。', en: 'The ranking has no such line.' },
  'ranking.taken': {
    zh: '本月该组别已有排名，请打开已有的排名。',
    en: 'This group has a ranking of this month already. Open that one.',
  },
  'ranking.round_unfit': {
    zh: '排名只能用本单位已结束的月度测评或专项督查，且须出自同一测评体系。',
    en: 'A ranking is made of closed monthly or special rounds of its issuer, all under one scheme.',
  },
  'ranking.future': { zh: '该月尚未开始，不能排名。', en: 'This month has not begun yet.' },
  'ranking.appealed': {
    zh: '已有单位申诉，不能删除排名。',
    en: 'Units have appealed; the ranking stays.',
  },
  'ranking.final': {
    zh: '排名已定稿，不再变动。',
    en: 'The ranking is final and no longer changes.',
  },
  'ranking.not_ready': {
    zh: '排名正在计算，请稍后再试。',
    en: 'The ranking is being computed. Try again in a moment.',
  },
  'ranking.appeals_open': {
    zh: '申诉期未满，或还有{open}件申诉未办结，暂不能定稿。',
    en: 'Appeals may still come, or {open} are not decided yet.',
  },
  'appeal.missing': {
    zh: '没有这件申诉，或不在您的管理范围内。',
    en: 'There is no such appeal within your reach.',
  },
  'appeal.too_late': {
    zh: '申诉期为公示后3个工作日，已过期限。',
    en: 'Appeals are made within three working days of the draft; they are over.',
  },
  'appeal.unfit': {
    zh: '只能对本排名所用、尚未更正的观察申诉，且须提出不同的结果。',
    en: 'An appeal is about an observation of this ranking that still stands, and names another answer.',
  },
  'appeal.made': {
    zh: '对这条观察已提出过申诉，不必重复。',
    en: 'There is an appeal about this observation already.',
  },
  'appeal.decided': {
    zh: '这件申诉已经办结或撤回。',
    en: 'The appeal was decided or taken back already.',
  },
  'appeal.own_visit': {
    zh: '申诉须由未参与该次走访和录入的人员办理。',
    en: 'Somebody who neither made the visit nor recorded it decides on the appeal.',
  },
}
