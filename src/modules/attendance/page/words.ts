import { type Html, html } from '#platform/http/html.ts'
import type { Language } from '#platform/http/language.ts'

/** 个人信息处理者: who is responsible for the personal data, how to contact them, how long attendance is stored. */
export interface DataHandler {
  name: string
  phone: string | undefined
  keptYears: number
}

const zh = {
  title: '岗位安排',
  moved: (was: string | null) =>
    `岗位有变更${was ? `（原为${was}）` : ''}，请重新确认能否参加。不答复则保留您的岗位。`,
  consentMeans: '',
  relative: '',
  relativeText: '',
  colon: '：',
  hello: (name: Html) => html`${name}，您好！以下是您的志愿服务岗位（仅限本人使用）。`,
  organiser: '主办单位：',
  calendar: '加入日历',
  correct: '姓名或手机号有误？',
  other: 'English',
  notMe: '不是本人？',
  notMeText:
    '如果您不认识这位志愿者，说明号码登记有误。确认后链接立即失效，我们会通知队长更正，您不会再收到这项活动的消息。',
  notMeButton: '确认不是本人',
  place: '地点',
  map: '地图',
  meeting: '集合点',
  tools: '所需工具',
  toolsFrom: (by: string) => `所需工具（由${by}提供）`,
  toolsOwn: '所需工具（请自备）',
  team: '队伍',
  insurance: '保险',
  risks: '安全提示',
  notRecorded: '本班次不计入志愿服务时长。',
  contact: '现场负责人',
  accept: '参加',
  decline: '不能参加',
  declineSoft: '无需说明理由。',
  answerFirst: '尚未到场，先答复能否参加',
  changedMind: '需要更改？',
  acceptAfterAll: '改为参加',
  declineAfterAll: '临时不能参加',
  unanswered: '请确认能否参加。参加与否全凭自愿，无需说明理由。',
  accepted: '您已确认参加。到达现场后请在这里签到。',
  acceptedFrom: (time: string) => `您已确认参加。${time}起可在这里签到。`,
  declined: '已登记：您不能参加，名额将另行安排。感谢告知。',
  excused: '已登记：您已请假。感谢告知。',
  checkIn: '我到了，签到',
  checkInSoft: '定位只用于核对地点，可以不提供，不影响签到。',
  locating: '正在定位…',
  checkedIn: (time: string) => `已签到${time}`,
  late: '已记录到岗（晚于集合时间），辛苦了！',
  early: '已提前到岗，辛苦了！',
  onTime: '准时到岗，辛苦了！',
  checkOut: '服务结束，签退',
  leavesEarly: (left: string) => `现在离班次结束还有${left}，确定签退吗？`,
  checkOutSure: '确定签退',
  stay: '继续服务',
  undoCheckOut: '撤销签退（10分钟内）',
  over: '本班次已结束，不能再签到。',
  overMayAsk: '如您当天到过现场，可申请补录。',
  lateAsk: '申请补录',
  lateText: '您当天到过现场吗？提交后由队长或现场负责人核实。',
  lateReason: '情况说明',
  lateSend: '提交申请',
  latePending: '补录申请已提交，待审核。',
  lateRefused: (reason: string | null) => `补录申请未通过${reason ? `：${reason}` : '。'}`,
  minutesByLeader: '本班次已结束，服务时长由队长核定。',
  acceptedForChild: '已确认参加。',
  byTeacher: '到岗由带队老师点名，家长无需操作。',
  checkedOut: (time: string) => `已签退${time}`,
  minutes: (time: string) => `本次服务时长${time}（以审核记录为准），感谢您的付出！`,
  shiftCancelled: (reason: string | null) => `已取消${reason ? `（原因：${reason}）` : ''}，请不要前往。`,
  eventCancelled: (reason: string | null) =>
    `活动已取消${reason ? `（原因：${reason}）` : ''}，请不要前往。感谢您的支持！`,
  nothing: '目前没有您的岗位安排，如有调整将短信通知。',
  privacy: '个人信息如何使用',
  privacyText: (name: Html | string, { phone, keptYears }: DataHandler) =>
    html`只用于组织本次活动：通知、签到、志愿服务记录。定位只判断是否在岗位附近，不保存坐标；未满14周岁不使用定位。如需查询、更正或删除个人信息，请联系${name}${phone ? `（电话${phone}）` : ''}。签到记录保存${keptYears}年。`,
  childKept: (afterEventDays: number) =>
    `孩子未满14周岁的，家长同意前只保留点名所需信息；家长始终未同意的，活动结束${afterEventDays}天后删除孩子的姓名和家长号码。`,
  revoked: {
    title: '链接已失效',
    text: '这个链接已经停用，可能已更换新链接，或有人反映号码不符。如果您是志愿者，请从最新短信中重新打开，或联系队长。',
  },
  home: '到首页输入个人码',
  thanks: { title: '感谢告知', text: '链接已经停用，我们会更正登记的号码。您可以关闭这个页面。' },
}

const en: typeof zh = {
  title: 'Your shift',
  moved: (was: string | null) =>
    `This shift was moved${was ? ` (it was ${was})` : ''}. Please confirm again; without an answer you keep your place.`,
  consentMeans: '',
  relative: '',
  relativeText: '',
  colon: ': ',
  hello: (name: Html) => html`Hello ${name}, these are your shifts. This page is for you alone.`,
  organiser: 'Organiser: ',
  calendar: 'Add to calendar',
  correct: 'Wrong name or number?',
  other: '中文',
  notMe: 'Not you?',
  notMeText:
    'If you do not know this volunteer, the number was written down wrongly. Once you confirm, the link stops working, the leader is told, and you get no more messages about this event.',
  notMeButton: 'Yes, this is not me',
  place: 'Place',
  map: 'Map',
  meeting: 'Meeting point',
  tools: 'Tools',
  toolsFrom: (by: string) => `Tools (brought by ${by})`,
  toolsOwn: 'Tools (please bring your own)',
  team: 'Team',
  insurance: 'Insurance',
  risks: 'Safety',
  notRecorded: 'This shift does not count towards service hours.',
  contact: 'In charge',
  accept: 'I will come',
  decline: 'I cannot come',
  declineSoft: 'You need not say why.',
  answerFirst: 'Not there yet: say whether you will come',
  changedMind: 'Changed your mind?',
  acceptAfterAll: 'I will come after all',
  declineAfterAll: 'I cannot come after all',
  unanswered: 'Please tell us whether you will come. Volunteering is voluntary, and you need not say why.',
  accepted: 'You are coming. Check in here when you are at the place.',
  acceptedFrom: (time: string) => `You are coming. You can check in here from ${time}.`,
  declined: 'Noted: you cannot come, and your place goes to others. Thank you for telling us.',
  excused: 'Noted: you are excused. Thank you for telling us.',
  checkIn: 'I am here: check in',
  checkInSoft: 'Your position only helps to confirm the place. You need not give it.',
  locating: 'Locating…',
  checkedIn: (time: string) => `Checked in at ${time}`,
  late: 'Recorded (later than the meeting time). Thank you!',
  early: 'You are early. Thank you!',
  onTime: 'On time. Thank you!',
  checkOut: 'I am done: check out',
  leavesEarly: (left: string) => `The shift lasts for another ${left}. Do you really want to check out?`,
  checkOutSure: 'Yes, check out',
  stay: 'No, I stay',
  undoCheckOut: 'Undo check-out (within 10 minutes)',
  over: 'This shift is over. You can no longer check in.',
  overMayAsk: 'If you were there, you can ask for it to be recorded.',
  lateAsk: 'Ask for it to be recorded',
  lateText: 'Were you there? Your leader or the person in charge will check what you send.',
  lateReason: 'What happened',
  lateSend: 'Send',
  latePending: 'You asked for your service to be recorded. It is being checked.',
  lateRefused: (reason: string | null) => `It was not recorded${reason ? `: ${reason}` : '.'}`,
  minutesByLeader: 'This shift is over. Your leader confirms the hours.',
  acceptedForChild: 'Your child is coming.',
  byTeacher: 'The teacher calls the roll; you need not do anything.',
  checkedOut: (time: string) => `Checked out at ${time}`,
  minutes: (time: string) => `${time} of service, to be confirmed when records are reviewed. Thank you!`,
  shiftCancelled: (reason: string | null) =>
    `Cancelled${reason ? ` (${reason})` : ''}. Please do not go there.`,
  eventCancelled: (reason: string | null) =>
    `The event is cancelled${reason ? ` (${reason})` : ''}. Please do not go there. Thank you for your support!`,
  nothing: 'There is no shift for you at present. Should that change, you will get a message.',
  privacy: 'How your data is used',
  privacyText: (name: Html | string, { phone, keptYears }: DataHandler) =>
    html`Only to organise this event: messages, check-in, the record of your service. A position only tells whether you are near the place and is not kept; under the age of 14 it is not used at all. To see, correct or delete your data, ask ${name}${phone ? ` (telephone ${phone})` : ''}. Records of attendance are kept for ${keptYears} years.`,
  childKept: (afterEventDays: number) =>
    `If your child is under 14, only what a roll needs is kept until you consent; without your consent, the name of your child and your number are deleted ${afterEventDays} days after the event.`,
  revoked: {
    title: 'This link has ended',
    text: 'It was replaced by a new one, or somebody said that the number is wrong. If you are a volunteer, open the newest message again, or ask the leader of your team.',
  },
  home: 'Type the personal code',
  thanks: {
    title: 'Thank you',
    text: 'The link has ended, and the number will be corrected. You can close this page.',
  },
}

export type PageWords = typeof zh
export const pageWords: Record<Language, PageWords> = { zh, en }

/** Texts that differ on a minor's page, which a guardian reads. */
export const guardianWords: Record<Language, Partial<PageWords>> = {
  zh: {
    title: '孩子的活动安排',
    hello: (name) => html`${name}家长您好！以下是孩子的活动安排，请家长确认。`,
    accept: '同意孩子参加',
    decline: '不参加',
    acceptAfterAll: '改为同意参加',
    declineAfterAll: '孩子不能参加',
    unanswered: '请家长确认是否同意孩子参加。参加与否全凭自愿，无需说明理由。',
    consentMeans: '点“同意”表示您是孩子的监护人，同意孩子参加本次活动，并同意为此使用孩子的姓名和您的号码。',
    moved: (was) => `孩子的活动有变更${was ? `（原为${was}）` : ''}，请重新确认。不答复则保留原来的答复。`,
    declined: '已登记：孩子不参加。感谢告知。',
    excused: '已登记：孩子已请假。感谢告知。',
    nothing: '目前没有孩子的活动安排，如有调整将短信通知。',
    notMe: '不是这位学生的家长？',
    notMeText: '确认后只停用这位学生的链接，您的号码和其他孩子的链接不受影响，我们会请老师核实。',
    notMeButton: '确认不是这位学生的家长',
    relative: '您是代收短信的亲属？',
    relativeText: '亲属只能代收，不能代为同意。请把短信转给孩子的监护人，由监护人确认。',
  },
  en: {
    title: 'Your child’s activity',
    hello: (name) => html`Dear parent of ${name}, this is what your child is invited to. Please confirm.`,
    accept: 'I consent',
    decline: 'My child will not come',
    acceptAfterAll: 'I consent after all',
    declineAfterAll: 'My child cannot come',
    unanswered: 'Do you consent? Taking part is voluntary, and you need not say why.',
    consentMeans:
      'By consenting you say that you are the guardian, that your child may take part, and that the child’s name and your number may be used for it.',
    moved: (was) =>
      `The activity was moved${was ? ` (it was ${was})` : ''}. Please confirm again; without an answer your last one stands.`,
    declined: 'Noted: your child will not come. Thank you for telling us.',
    excused: 'Noted: your child is excused. Thank you for telling us.',
    nothing: 'There is no activity for your child at present. Should that change, you will get a message.',
    notMe: 'Not a parent of this pupil?',
    notMeText:
      'Only this pupil’s link will end. Your number and the links of other children stay as they are; the teacher will check.',
    notMeButton: 'I am not a parent of this pupil',
    relative: 'Are you a relative who received this message?',
    relativeText: 'A relative may pass the message on but cannot consent. Please forward it to the guardian.',
  },
}

/** Why a request was refused, in words for the volunteer, by error code. */
export const refusals: Record<string, Record<Language, string>> = {
  'shift.full': { zh: '名额刚刚满了。', en: 'All places were just taken.' },
  'shift.overlaps': { zh: '与您的另一个班次时间冲突。', en: 'It overlaps another shift of yours.' },
  'shift.arranged_elsewhere': { zh: '该时段已另有安排。', en: 'You are placed elsewhere at that time.' },
  'shift.closed': { zh: '这个班次已经结束或取消。', en: 'This shift is over or cancelled.' },
  'shift.cancelled': { zh: '这个班次已取消。', en: 'This shift is cancelled.' },
  'event.cancelled': { zh: '活动已取消。', en: 'The event is cancelled.' },
  'event.closed': { zh: '活动已经结束。请联系队长。', en: 'The event is closed. Please ask your leader.' },
  'assignment.cancelled': { zh: '这项安排已取消。', en: 'This assignment is cancelled.' },
  'consent.refused_by_other': {
    zh: '另一位监护人不同意，须由其本人更改。',
    en: 'Another guardian refuses, and only that guardian can change it.',
  },
  'assignment.missing': { zh: '安排有变化，请看最新内容。', en: 'Things have changed: see below.' },
  'attendance.not_open': { zh: '还没有到签到时间。', en: 'Check-in is not open yet.' },
  'attendance.over': { zh: '本班次已结束，不能再签到或签退。', en: 'This shift is over.' },
  'late_entry.not_yet': {
    zh: '本班次还没有结束，请直接签到。',
    en: 'The shift is not over: please check in.',
  },
  'late_entry.over': {
    zh: '已超过十个工作日，不能再申请补录。请联系队长。',
    en: 'More than ten working days have passed. Please ask your leader.',
  },
  'late_entry.arrived': { zh: '您的到岗已有记录。', en: 'Your arrival is recorded already.' },
  'late_entry.refused': {
    zh: '补录申请未通过。如有疑问请联系队长。',
    en: 'This was refused. Please ask your leader.',
  },
  'attendance.by_teacher': {
    zh: '到岗由带队老师点名，家长无需操作。',
    en: 'The teacher calls the roll; you need not do anything.',
  },
  'attendance.leaves_early': {
    zh: '本班次还没有结束。如需提前离开，请再次确认签退。',
    en: 'The shift is not over yet. If you have to leave, please confirm it.',
  },
  'attendance.undo_over': {
    zh: '签退已超过10分钟，不能撤销。请联系队长。',
    en: 'It is too late to take that back. Please ask your leader.',
  },
  'attendance.not_present': { zh: '请先签到。', en: 'Please check in first.' },
}
export const refusalUnknown: Record<Language, string> = {
  zh: '没有成功，请再试一次。',
  en: 'That did not work. Please try again.',
}
