/** The closed sets of this slice and how they read. */

/** The source of a year's notice. */
export type YearState = 'known' | 'entered' | 'unpublished'

export const yearStates: Record<YearState, { zh: string; en: string }> = {
  known: { zh: '系统自带', en: 'known to the software' },
  entered: { zh: '已录入', en: 'entered here' },
  unpublished: { zh: '尚未公布（暂按周末计算）', en: 'not published yet: weekends only, for now' },
}

/** Why a year cannot be entered as it was sent. */
export type YearProblem =
  | 'outside_year'
  | 'rest_and_workday'
  | 'make_up_on_weekday'
  | 'days_do_not_add_up'
  | 'publication_implausible'

export const yearProblems: Record<YearProblem, { zh: string; en: string }> = {
  outside_year: {
    zh: '日期不在本年度（元旦假期可从上年12月25日起）',
    en: 'The day is not of this year; the New Year’s holiday may begin on 25 December before.',
  },
  rest_and_workday: { zh: '同一天既放假又上班', en: 'The day is both off and worked.' },
  make_up_on_weekday: {
    zh: '调休上班日应为周六或周日',
    en: 'A make-up working day is a Saturday or a Sunday.',
  },
  days_do_not_add_up: {
    zh: '放假的工作日减去调休上班日，与法定节假日天数不符：请核对是否漏填；如另有一次性放假，请填写其天数',
    en: 'Days off on weekdays less make-up working days are not what the law gives: is one missing, or was a day granted once?',
  },
  publication_implausible: {
    zh: '公布日期应在上年1月1日至本年12月31日之间，且不晚于今天',
    en: 'The notice was published between 1 January of the year before and 31 December, and not after today.',
  },
}

/** The texts of this slice's error codes: what is wrong and what to do. `{…}` is a detail of the error. */
export const calendarErrors: Record<string, { zh: string; en: string }> = {
  'workdays.invalid': {
    zh: '日期与当年放假通知不符，请核对。',
    en: 'These days cannot be those of this year’s notice. Check them.',
  },
}
