import type { Words } from '#modules/organisation/index.ts'

// The closed sets of this slice, with their texts in Chinese and English.

/** The channel of a message. It is part of the message's identity; the provider that carries it is not. */
export const channels = {
  sms: { zh: '短信', en: 'text message' },
  email: { zh: '邮件', en: 'e-mail' },
} as const satisfies Record<string, Words>
export type Channel = keyof typeof channels

/** The providers that carry messages. `log` writes them into a file; the others deliver to people. */
export const providerNames = {
  log: { zh: '日志文件', en: 'log file' },
  twilio: { zh: 'Twilio 短信', en: 'Twilio' },
  smtp: { zh: 'SMTP 邮件', en: 'SMTP' },
} as const satisfies Record<string, Words>
export type ProviderName = keyof typeof providerNames

/** The states of a message. The allowed transitions are in `rules.ts`. */
export const messageStates = {
  queued: { zh: '待发送', en: 'waiting' },
  sending: { zh: '发送中', en: 'being sent' },
  accepted: { zh: '通道已接收', en: 'accepted by the provider' },
  sent: { zh: '已发出', en: 'sent' },
  delivered: { zh: '已送达', en: 'delivered' },
  undelivered: { zh: '未送达', en: 'not delivered' },
  unknown: { zh: '结果未知', en: 'not known whether it was sent' },
  expired: { zh: '已过期未发', en: 'expired before it was sent' },
  suppressed: { zh: '按规定不发', en: 'held back: opted out or not a valid contact' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  dead: { zh: '发送失败，需人工处理', en: 'failed, needs a person' },
} as const satisfies Record<string, Words>
export type MessageState = keyof typeof messageStates

/** Sending priorities of messages, highest first. The queue is sorted by the position in this list. */
export const laneNames = {
  urgent: { zh: '即时（验证码）', en: 'at once (codes)' },
  day_of: { zh: '当日', en: 'on the day' },
  change: { zh: '变更', en: 'change' },
  reminder: { zh: '提醒', en: 'reminder' },
  invitation: { zh: '邀请', en: 'invitation' },
  newsletter: { zh: '资讯', en: 'newsletter' },
} as const satisfies Record<string, Words>
export type Lane = keyof typeof laneNames

/** The lanes in order of priority. A row stores the position, so the positions of existing lanes must not change. */
export const lanes = Object.keys(laneNames) as Lane[]

/** Why a message was not sent or not delivered. The provider's own code is stored in `providerCode`. */
export const reasons = {
  opted_out: { zh: '对方已退订', en: 'The receiver opted out.' },
  contact_invalid: { zh: '号码或邮箱无效', en: 'The number or address is not valid.' },
  contact_erased: { zh: '联系方式无法读取', en: 'The contact cannot be read.' },
  synthetic_contact: { zh: '测试号码，不得真实发送', en: 'A made-up contact is never really sent to.' },
  not_due: { zh: '已无需通知', en: 'There is nothing left to tell.' },
  office_passed_on: {
    zh: '收信人已变更，改告现任或新号码',
    en: 'Its reader does not hold that office any more, or has another number. It is told there instead.',
  },
  too_late: { zh: '已过时限', en: 'Its time has passed.' },
  event_cancelled: { zh: '活动已取消', en: 'The event was cancelled.' },
  withdrawn: { zh: '人工取消', en: 'Somebody cancelled it.' },
  kind_unknown: { zh: '没有这类消息的内容', en: 'Nobody provides the content of this kind.' },
  template_unusable: { zh: '模板无法使用', en: 'The template cannot be used.' },
  provider_refused: { zh: '通道拒收', en: 'The provider refused it.' },
  provider_misconfigured: { zh: '通道配置错误', en: 'The provider is not set up rightly.' },
  provider_busy: { zh: '通道繁忙', en: 'The provider could not take it.' },
  no_answer: { zh: '通道没有回应', en: 'The provider gave no answer.' },
  not_delivered: { zh: '运营商未能送达', en: 'The network could not deliver it.' },
} as const satisfies Record<string, Words>
export type Reason = keyof typeof reasons

/** Why a template cannot be saved. */
export const templateProblems = {
  variable_unknown: { zh: '没有这个变量', en: 'There is no such variable.' },
  brace_unmatched: { zh: '花括号不成对', en: 'A brace stands alone.' },
  signature_missing: { zh: '短信必须以【签名】开头', en: 'A text message must open with its signature.' },
  signature_in_text: {
    zh: '正文中不能再出现【】',
    en: 'The brackets of the signature may not appear in the text.',
  },
  link_not_allowed: { zh: '该通道不允许链接', en: 'The provider allows no link there.' },
  too_long: { zh: '短信过长', en: 'The text message is too long.' },
  subject_missing: { zh: '邮件必须有主题', en: 'A mail needs a subject.' },
  subject_breaks_line: { zh: '主题不能换行', en: 'A subject is one line.' },
  required_variable_missing: { zh: '缺少必须的变量', en: 'A variable that must be told is missing.' },
} as const satisfies Record<string, Words>
export type TemplateProblem = keyof typeof templateProblems

export type Locale = 'zh' | 'en'

/** The texts of this slice's error codes: what is wrong and what to do. `{…}` is a detail of the error. */
export const messagingErrors: Record<string, Words> = {
  'message.contact_missing': {
    zh: '接收号码已不在资料中，请刷新后重试。',
    en: 'The number or address is there no more. Read the page again and repeat it.',
  },
  'message.without_subject': {
    zh: '消息没有关联任何人，未发送，请告知系统管理员。',
    en: 'The message is about nobody, so it was not sent. Tell the system administrator.',
  },
  'callback.forged': { zh: '签名不符，已拒绝。', en: 'The signature does not fit.' },
  'link.unknown': {
    zh: '链接无效，请从短信中重新打开。',
    en: 'This link is not known. Open it again from the message.',
  },
  'message.kind_missing': { zh: '没有这种消息。', en: 'There is no such kind of message.' },
  'message.missing': {
    zh: '没有这条消息，或不在您的管理范围内。',
    en: 'There is no such message within your reach.',
  },
  'message.not_resendable': {
    zh: '该消息当前状态不能重发。',
    en: 'A message in this state is not sent again.',
  },
  'message.nothing_to_retry': {
    zh: '没有可以重发的消息：已重发过，或已过时。',
    en: 'There is nothing to send again: it was already, or it is too late.',
  },
  'message.too_many_to_retry': {
    zh: '一次最多重发{retriesMax}条，请按原因分批重发。',
    en: 'At most {retriesMax} messages are sent again at once. Choose a reason.',
  },
  'message.repeated': { zh: '该消息已重发过。', en: 'This message was sent again already.' },
  'message.too_late': { zh: '已过发送时间，不再发送。', en: 'The time of this message has passed.' },
  'message.under_way': { zh: '该消息正在发送，请稍候。', en: 'This message is on its way. Wait a moment.' },
  'provider.missing': { zh: '本系统未启用该短信服务商。', en: 'This provider is not in use here.' },
  'template.unusable': {
    zh: '模板不能使用，请先处理列出的问题。',
    en: 'The template cannot be used. Settle what is listed first.',
  },
}
