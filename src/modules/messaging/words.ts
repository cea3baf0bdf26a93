/** The closed sets of this slice and how they read. */

type Texts<K extends string> = Record<K, { zh: string; en: string }>

/** By what way a message travels; who carries it there is a provider. Part of a message's identity. */
export type Channel = 'sms' | 'email'

export const channels: Texts<Channel> = {
  sms: { zh: '短信', en: 'text message' },
  email: { zh: '邮件', en: 'e-mail' },
}

/** Who carries messages. `log` writes them into a file; the others reach people. */
export type ProviderName = 'log' | 'twilio' | 'smtp'

export const providerNames: Texts<ProviderName> = {
  log: { zh: '日志文件', en: 'log file' },
  twilio: { zh: 'Twilio 短信', en: 'Twilio' },
  smtp: { zh: 'SMTP 邮件', en: 'SMTP' },
}

/** Where a message stands. Which may follow which is in `rules.ts`; nothing moves backwards. */
export type MessageState =
  | 'queued'
  | 'sending'
  | 'accepted'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'unknown'
  | 'expired'
  | 'suppressed'
  | 'cancelled'
  | 'dead'

export const messageStates: Texts<MessageState> = {
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
}

/** Which messages go first, best first. Stored by rank, so that the queue can be read in order. */
export const lanes = ['urgent', 'day_of', 'change', 'reminder', 'invitation', 'newsletter'] as const
export type Lane = (typeof lanes)[number]

export const laneNames: Texts<Lane> = {
  urgent: { zh: '即时（验证码）', en: 'at once (codes)' },
  day_of: { zh: '当日', en: 'on the day' },
  change: { zh: '变更', en: 'change' },
  reminder: { zh: '提醒', en: 'reminder' },
  invitation: { zh: '邀请', en: 'invitation' },
  newsletter: { zh: '资讯', en: 'newsletter' },
}

export type Locale = 'zh' | 'en'

/** Why a message was not sent, or not delivered. A provider's own code stands in `providerCode`. */
export type Reason =
  | 'opted_out'
  | 'contact_invalid'
  | 'contact_erased'
  | 'synthetic_contact'
  | 'not_due'
  | 'too_late'
  | 'event_cancelled'
  | 'withdrawn'
  | 'kind_unknown'
  | 'template_unusable'
  | 'provider_refused'
  | 'provider_misconfigured'
  | 'provider_busy'
  | 'no_answer'
  | 'not_delivered'

export const reasons: Texts<Reason> = {
  opted_out: { zh: '对方已退订', en: 'The receiver opted out.' },
  contact_invalid: { zh: '号码或邮箱无效', en: 'The number or address is not valid.' },
  contact_erased: { zh: '联系方式无法读取', en: 'The contact cannot be read.' },
  synthetic_contact: { zh: '测试号码，不得真实发送', en: 'A made-up contact is never really sent to.' },
  not_due: { zh: '已无需通知', en: 'There is nothing left to tell.' },
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
}

/** What keeps a template from being saved. */
export type TemplateProblem =
  | 'variable_unknown'
  | 'brace_unmatched'
  | 'signature_missing'
  | 'signature_in_text'
  | 'link_not_allowed'
  | 'too_long'
  | 'subject_missing'
  | 'subject_breaks_line'
  | 'required_variable_missing'

export const templateProblems: Texts<TemplateProblem> = {
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
}
