/** The closed sets of this slice and how they read. */

type Texts<K extends string> = Record<K, { zh: string; en: string }>

/** 未答复 is null: unanswered is not declined. */
export type Answer = 'accepted' | 'declined'

export const answers: Texts<Answer | 'unanswered'> = {
  accepted: { zh: '已接受', en: 'accepted' },
  declined: { zh: '已婉拒', en: 'declined' },
  unanswered: { zh: '未答复', en: 'unanswered' },
}

/** How an answer came: by the person's own link, or spoken and recorded by a leader (代为回复). */
export type AnswerVia = 'link' | 'leader'

export const answerVias: Texts<AnswerVia> = {
  link: { zh: '本人链接', en: 'own link' },
  leader: { zh: '负责人代为回复', en: 'recorded by a leader' },
}

/** Who brought an assignment or allotment about. */
export type Origin = 'leader' | 'self' | 'plan'

export const origins: Texts<Origin> = {
  leader: { zh: '负责人指定', en: 'named by a leader' },
  self: { zh: '本人报名', en: 'own sign-up' },
  plan: { zh: '自动排岗', en: 'proposed by the planner' },
}

/** Why somebody cannot take a shift. The same words wherever it is asked. */
export type Ineligibility = 'full' | 'overlaps' | 'unskilled' | 'minor' | 'closed' | 'not_consented' | 'ratio'

export const ineligibilities: Texts<Ineligibility> = {
  full: { zh: '名额已满', en: 'All places are taken.' },
  overlaps: { zh: '与本人的其他岗位时间冲突', en: 'It overlaps another shift of this person.' },
  unskilled: {
    zh: '剩余名额需要特定技能',
    en: 'The remaining places need a skill this person does not have.',
  },
  minor: { zh: '该岗位不适合未成年人', en: 'Minors may not serve on this shift.' },
  closed: { zh: '岗位已取消或活动已结束', en: 'The shift is cancelled or over.' },
  not_consented: { zh: '缺少监护人同意', en: 'The guardian has not consented.' },
  ratio: { zh: '同班次随队教师或监护人不足', en: 'Too few teachers or guardians are on the same shift.' },
}

/** Why an assignment was taken back. */
export type CancelReason = 'removed' | 'replanned' | 'shift_cancelled' | 'event_cancelled' | 'withdrawn'

export const cancelReasons: Texts<CancelReason> = {
  removed: { zh: '负责人撤下', en: 'taken off by a leader' },
  replanned: { zh: '重新排岗', en: 'replanned' },
  shift_cancelled: { zh: '班次取消', en: 'shift cancelled' },
  event_cancelled: { zh: '活动取消', en: 'event cancelled' },
  withdrawn: { zh: '报名撤回', en: 'sign-up withdrawn' },
}

/** Why a personal link does not work any more. */
export type RevokedBecause = 'not_me' | 'renewed' | 'lost'

export const revocations: Texts<RevokedBecause> = {
  not_me: { zh: '收件人表示不是本人', en: 'the receiver said it is not them' },
  renewed: { zh: '已换新链接', en: 'replaced by a new link' },
  lost: { zh: '链接遗失', en: 'the link was lost' },
}
