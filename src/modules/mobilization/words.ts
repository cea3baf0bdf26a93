import type { Words } from '#modules/organisation/index.ts'

// The closed sets of this slice, with their texts in Chinese and English.

/** The answer to an invitation. A column holds null for unanswered (未答复), which is not the same as declined. */
export const answers = {
  accepted: { zh: '已接受', en: 'accepted' },
  declined: { zh: '不能参加', en: 'declined' },
  unanswered: { zh: '未答复', en: 'unanswered' },
} as const satisfies Record<string, Words>
export type Answer = Exclude<keyof typeof answers, 'unanswered'>

/** How an answer was given: by the personal link, or spoken and recorded by a leader (代为回复). */
export const answerVias = {
  link: { zh: '本人链接', en: 'own link' },
  leader: { zh: '负责人代为回复', en: 'recorded by a leader' },
} as const satisfies Record<string, Words>
export type AnswerVia = keyof typeof answerVias

/** Who created an assignment or an allotment. */
export const origins = {
  leader: { zh: '负责人指定', en: 'named by a leader' },
  self: { zh: '本人报名', en: 'own sign-up' },
  plan: { zh: '自动排岗', en: 'proposed by the planner' },
} as const satisfies Record<string, Words>
export type Origin = keyof typeof origins

/** Why a person cannot take a shift. Every check, refusal and proposal uses this one list. */
export const ineligibilities = {
  full: { zh: '名额已满', en: 'All places are taken.' },
  overlaps: { zh: '与本人的其他岗位时间冲突', en: 'It overlaps another shift of this person.' },
  arranged_elsewhere: { zh: '已另有安排', en: 'They are placed elsewhere at that time.' },
  excused: { zh: '该时段已请假', en: 'They are excused for that time.' },
  unskilled: {
    zh: '剩余名额需要特定技能',
    en: 'The remaining places need a skill this person does not have.',
  },
  minor: { zh: '该岗位不适合未成年人', en: 'Minors may not serve on this shift.' },
  closed: { zh: '岗位已取消或活动已结束', en: 'The shift is cancelled or over.' },
  not_consented: { zh: '监护人未同意', en: 'The guardian has not consented.' },
  ratio: { zh: '同班次随队教师或监护人不足', en: 'Too few teachers or guardians are on the same shift.' },
} as const satisfies Record<string, Words>
export type Ineligibility = keyof typeof ineligibilities

/** Why somebody stays where they are when their team is moved, or when a move is undone. */
export const transferRefusals = {
  ...ineligibilities,
  arrived: { zh: '已签到', en: 'They have checked in.' },
  answered: { zh: '已对新岗位作出答复', en: 'They answered for the new place.' },
  declined: { zh: '已表示不能参加该岗位', en: 'They said that they cannot come to that shift.' },
  escort_needed: {
    zh: '原岗位的未成年人需要其陪同',
    en: 'Minors who stay need them as teacher or guardian.',
  },
  moved: { zh: '已不在原岗位', en: 'They are not on that shift any more.' },
  left_team: { zh: '已离开该队', en: 'They left the team.' },
  told: { zh: '已通知新岗位', en: 'They were told of the new place.' },
  nobody_free: { zh: '没有未安排的队员', en: 'No member is without a place.' },
  out_of_reach: { zh: '不在您的管理范围内', en: 'It is outside your part.' },
} as const satisfies Record<string, Words>
export type TransferRefusal = keyof typeof transferRefusals

/** Why an assignment was cancelled. */
export const cancelReasons = {
  removed: { zh: '负责人撤下', en: 'taken off by a leader' },
  replanned: { zh: '重新排岗', en: 'replanned' },
  shift_cancelled: { zh: '班次取消', en: 'shift cancelled' },
  event_cancelled: { zh: '活动取消', en: 'event cancelled' },
  withdrawn: { zh: '报名撤回', en: 'sign-up withdrawn' },
  merged: { zh: '重复人员合并', en: 'the same person has another place then' },
} as const satisfies Record<string, Words>
export type CancelReason = keyof typeof cancelReasons

/** Why a personal link was revoked. */
export const revocations = {
  not_me: { zh: '收件人表示不是本人', en: 'the receiver said it is not them' },
  not_guardian: {
    zh: '收件人表示不是这位学生的家长',
    en: 'the receiver said they are no guardian of the pupil',
  },
  renewed: { zh: '已换新链接', en: 'replaced by a new link' },
  lost: { zh: '链接遗失', en: 'the link was lost' },
  erased: { zh: '个人信息已到期删除', en: 'the data of the person was erased' },
} as const satisfies Record<string, Words>
export type RevokedBecause = keyof typeof revocations

/** The kinds of notice about a place that a person holds or held. */
export const noticeKinds = {
  change: { zh: '岗位变更', en: 'The shift was moved' },
  cancellation: { zh: '岗位取消', en: 'The shift was cancelled' },
  removal: { zh: '不再安排', en: 'The person was taken off the shift' },
  event_cancellation: { zh: '活动取消', en: 'The event was cancelled' },
} as const satisfies Record<string, Words>
export type NoticeKind = keyof typeof noticeKinds

/** Why no message reached a person, so that a leader has to call. */
export const unreached = {
  no_contact: { zh: '没有联系方式', en: 'No number or address is known.' },
  opted_out: { zh: '对方已退订', en: 'The receiver opted out.' },
  contact_invalid: { zh: '号码有误', en: 'The number or address is not valid.' },
  not_sent: { zh: '未能发出', en: 'The message was not sent.' },
  not_delivered: { zh: '未送达', en: 'The message was not delivered.' },
} as const satisfies Record<string, Words>
export type Unreached = keyof typeof unreached

/** What became of asking a person, in plain words. */
export const reachStates = {
  answered: { zh: '已答复', en: 'They answered.' },
  delivered: { zh: '已送达', en: 'The message was delivered.' },
  sent: { zh: '已发出', en: 'The message was sent.' },
  not_told: { zh: '尚未通知', en: 'They were not told yet.' },
  waiting: { zh: '等待发送', en: 'The message waits to be sent.' },
  unknown: { zh: '发送结果待核实', en: 'Whether the message was sent is not known.' },
  link_stopped: {
    zh: '收信人反映非本人，链接已停用',
    en: 'The receiver said it is not them; the link is stopped.',
  },
  ...unreached,
} as const satisfies Record<string, Words>
export type ReachState = keyof typeof reachStates

/** The rules by which shifts without a person in charge get one. */
export const inChargeRules = {
  largest_team_leader: { zh: '人数最多队伍的队长', en: 'the leader of the largest team' },
  responsible_unit_liaison: { zh: '责任单位联络员', en: 'the liaison of the responsible unit' },
} as const satisfies Record<string, Words>
export type InChargeRule = keyof typeof inChargeRules

/** The texts of this slice's error codes: what is wrong and what to do. `{…}` is a detail of the error. */
export const mobilizationErrors: Record<string, Words> = {
  'asking.nobody': {
    zh: '没有可以再次询问的人：已答复、刚通知过，或没有可用的号码。',
    en: 'Nobody can be asked again now: they answered, were written to lately, or have no number.',
  },
  'asking.not_published': {
    zh: '活动发布后才能询问。',
    en: 'People are asked once the event is published.',
  },
  'asking.too_many': {
    zh: '一次最多询问{peopleMax}人，请按队伍或县区分批。',
    en: 'At most {peopleMax} people are asked at once. Narrow the list.',
  },
  'allotment.below_named': {
    zh: '已有人员安排在岗，人数不能少于已安排的人数。',
    en: 'More people of the team are placed than that. Move them first.',
  },
  'allotment.minors': { zh: '未成年人数不能超过总人数。', en: 'There cannot be more minors than heads.' },
  'allotment.missing': { zh: '没有这项派队安排。', en: 'There is no such allotment.' },
  'assignment.declined': {
    zh: '本人已表示不能参加，无需请假。',
    en: 'They cannot come as it is; there is nothing to excuse.',
  },
  'consent.not_guardian': { zh: '须由监护人本人同意。', en: 'Only a guardian can consent.' },
  'transfer.missing': { zh: '没有这项调整记录。', en: 'There is no such move.' },
  'transfer.nothing': {
    zh: '没有可调整的人员，请查看各人的原因。',
    en: 'Nobody can be moved. See the reasons.',
  },
  'transfer.no_party': {
    zh: '请说明调整谁：原岗位，或从未安排的队员中安排的人数。',
    en: 'Say who moves: the shift they are on, or how many who have no place.',
  },
  'transfer.told': {
    zh: '已开始通知相关人员，不能撤销。如需调回，请重新调整，届时会再次通知。',
    en: 'People are being told. Move them back instead; they will be told again.',
  },
  'notice.missing': { zh: '没有这条通知。', en: 'There is no such notice.' },
  'participation.missing': {
    zh: '没有这位参加人员，或不在您的管理范围内。',
    en: 'There is no such participation within your reach.',
  },
  'quota.missing': { zh: '没有这项名额。', en: 'There is no such quota.' },
  'quota.repeated': { zh: '同一单位出现两次，请合并。', en: 'A unit is named twice. Name it once.' },
  'sign_up.missing': { zh: '没有这条报名。', en: 'There is no such sign-up.' },
}
