import type { DateTime } from 'luxon'
import {
  codeMinutes,
  confirmationKinds,
  officeText,
  openActivationMessage,
  openHandOverMessage,
  openLoginCode,
  openOfficerMessage,
  openPhoneCode,
  type Side,
} from '#modules/accounts/index.ts'
import type { KindDefinition, MessageKinds, Values } from '#modules/messaging/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { rolesTogether, rolesTogetherKind } from './roles-together.ts'
import { kindOf, subjectId } from './subjects.ts'

/**
 * Message kinds about accounts. Accounts lies below messaging and must not import it, so their
 * content is provided here.
 */
export const activationKind = 'account.activation'
export const loginCodeKind = 'account.login_code'
export const phoneCodeKind = 'account.phone_code'
export const phoneChangedKind = 'account.phone_changed'
export const handedOverKind = 'account.handed_over'
export const officerChangeKind = 'account.officer_change'

interface Needs {
  keys: KeyRing
  publicUrl: URL
  /** Where the service is at home: its days are those of the messages. */
  timeZone: string
}

export function registerAccountKinds(kinds: MessageKinds, needs: Needs): void {
  kinds.registerKind(activationKind, activation(needs))
  kinds.registerKind(loginCodeKind, loginCode(needs))
  kinds.registerKind(phoneCodeKind, phoneCode(needs))
  kinds.registerKind(phoneChangedKind, phoneChanged())
  kinds.registerKind(handedOverKind, handedOver(needs))
  kinds.registerKind(officerChangeKind, officerChange(needs))
  kinds.registerKind(rolesTogetherKind, rolesTogether(needs))
}

type ValuesOf = (
  reader: Reader,
  id: string,
  now: DateTime,
  locale: 'zh' | 'en',
) => Promise<Values | undefined>
type SubjectKind = NonNullable<ReturnType<typeof kindOf>>

/**
 * A kind whose messages each have one subject; its values are read by the function registered for the subject's kind.
 */
function ofOneSubject(
  tellers: Partial<Record<SubjectKind, ValuesOf>>,
): Pick<KindDefinition, 'stillDue' | 'render'> {
  const valuesOf = (reader: Reader, subject: string, now: DateTime, locale: 'zh' | 'en' = 'zh') => {
    const kind = kindOf(subject)
    return kind && tellers[kind]?.(reader, subjectId(kind, subject), now, locale)
  }
  return {
    async stillDue(reader, subjects, now) {
      const due = new Set<string>()
      for (const subject of subjects) if (await valuesOf(reader, subject, now)) due.add(subject)
      return due
    },
    async render(reader, messages, { now, locale }) {
      const rendered: (Values | undefined)[] = []
      for (const [subject] of messages)
        rendered.push(subject ? await valuesOf(reader, subject, now, locale) : undefined)
      return rendered
    },
  }
}

function activation({ keys, publicUrl, timeZone }: Needs): KindDefinition {
  return {
    zh: '账号开通链接',
    en: 'Account activation link',
    smsParts: 1,
    toAccounts: true,
    variables: {
      name: { zh: '姓名', en: 'name', sample: '王卫国', longest: '欧阳卫国' },
      office: {
        zh: '职务',
        en: 'office',
        sample: '您是住建局第一队队长，',
        longest: '您是本溪满族自治县住房和城乡建设局志愿服务队队长，',
      },
      date: { zh: '截止日期', en: 'last day', sample: '3月18日', longest: '12月31日' },
      login: { zh: '账号', en: 'login', sample: 'wanglianluo', longest: 'x'.repeat(30) },
      link: {
        zh: '一次性链接',
        en: 'one-time link',
        sample: new URL('/a/0123456789ABCDEF', publicUrl).href,
        link: true,
        required: true,
      },
    },
    words: {
      sms: {
        body: {
          zh: '{name}请于{date}前设置密码 {link}',
          en: '{name}, set your password by {date}: {link}',
        },
      },
      email: {
        subject: { zh: '设置您的密码', en: 'Set your password' },
        body: {
          zh: '{name}同志：\n\n{office}请于{date}前点下面的链接设置密码（账号{login}），仅限本人使用。\n\n{link}\n',
          en: 'Dear {name},\n\n{office}. Please set your password with the link below before {date}. Your login is {login}. The link is for you alone.\n\n{link}\n',
        },
      },
    },
    ...ofOneSubject({
      async activation(reader, id, now, locale) {
        const found = await openActivationMessage(reader, keys, publicUrl, id, now)
        if (!found) return undefined
        const { name, login, url: link, expiresAt } = found
        const local = expiresAt.setZone(timeZone)
        const date = locale === 'zh' ? local.toFormat('M月d日') : local.setLocale('en-GB').toFormat('d LLLL')
        return { name, login, link, date, office: officeText(found, locale) }
      },
    }),
  }
}

const codeVariables = {
  code: { zh: '验证码', en: 'code', sample: '123456', required: true },
  minutes: { zh: '有效分钟数', en: 'minutes it is good', sample: String(codeMinutes) },
}

function loginCode({ keys }: Needs): KindDefinition {
  return {
    zh: '登录验证码',
    en: 'Sign-in code',
    smsParts: 1,
    atAnyHour: true,
    toAccounts: true,
    variables: codeVariables,
    words: {
      sms: {
        body: {
          zh: '登录验证码 {code}，{minutes} 分钟内有效。请勿告诉任何人。',
          en: 'Your sign-in code is {code}, good for {minutes} minutes. Tell nobody.',
        },
      },
      email: {
        subject: { zh: '登录验证码', en: 'Your sign-in code' },
        body: {
          zh: '登录验证码 {code}，{minutes} 分钟内有效。请勿告诉任何人。\n',
          en: 'Your sign-in code is {code}, good for {minutes} minutes. Tell nobody.\n',
        },
      },
    },
    ...ofOneSubject({
      async 'login-code'(reader, id, now) {
        const found = await openLoginCode(reader, keys, id, now)
        return found && { code: found.digits, minutes: String(codeMinutes) }
      },
    }),
  }
}

function phoneCode({ keys }: Needs): KindDefinition {
  const body = {
    zh: '更换账号手机号的验证码 {code}，{minutes} 分钟内有效。请勿告诉任何人；如非本人操作，请速联系单位管理员。',
    en: 'Code to move your account to another number: {code}, good for {minutes} minutes. Tell nobody. If this was not you, call your unit’s administrator.',
  }
  const codeTo =
    (side: Side): ValuesOf =>
    async (reader, phoneChangeId, now) => {
      const found = await openPhoneCode(reader, keys, { phoneChangeId, side }, now)
      return found && { code: found.digits, minutes: String(codeMinutes) }
    }
  return {
    zh: '更换手机号验证码',
    en: 'Code to change the number of an account',
    smsParts: 1,
    atAnyHour: true,
    toAccounts: true,
    variables: codeVariables,
    words: { sms: { body }, email: { subject: { zh: '更换手机号', en: 'Change of number' }, body } },
    ...ofOneSubject({ 'phone-change-old': codeTo('old'), 'phone-change-new': codeTo('new') }),
  }
}

/** To the holder of an officer's account; sent at once, because they may want to object. */
function officerChange({ keys }: Needs): KindDefinition {
  const body = {
    zh: '有人申请对您的账号{what}，须经另一名管理员复核。如非本人知情，请速联系安全审计员。',
    en: 'Somebody asked to change your account ({what}); another officer has to confirm it. If you know nothing of it, call the auditor at once.',
  }
  return {
    zh: '管理员账号变更待复核',
    en: 'Change of an officer’s account asked for',
    smsParts: 1,
    atAnyHour: true,
    toAccounts: true,
    variables: {
      what: {
        zh: '事项',
        en: 'what',
        sample: confirmationKinds.grant.zh,
        longest: confirmationKinds.link.zh,
      },
    },
    words: {
      sms: { body },
      email: { subject: { zh: '账号变更待复核', en: 'Change of your account' }, body },
    },
    ...ofOneSubject({
      async 'officer-change'(reader, id) {
        const found = await openOfficerMessage(reader, keys, id)
        return found && { what: confirmationKinds[found.kind].zh }
      },
    }),
  }
}

/** To the previous leader of a team. */
function handedOver({ keys }: Needs): KindDefinition {
  const body = {
    zh: '{team}队长已由{name}接任，您的队长权限已停止。',
    en: '{team} is led by {name} now; your role as its leader has ended.',
  }
  return {
    zh: '队长已交接（发至原队长）',
    en: 'Team handed over (to whoever led it)',
    smsParts: 1,
    toAccounts: true,
    variables: {
      team: {
        zh: '队伍',
        en: 'team',
        sample: '住建局第一志愿服务队',
        longest: '本溪满族自治县住房和城乡建设局志愿服务队',
      },
      name: { zh: '新队长', en: 'new leader', sample: '王卫国', longest: '欧阳卫国' },
    },
    words: { sms: { body }, email: { subject: { zh: '队长已交接', en: 'Team handed over' }, body } },
    ...ofOneSubject({
      async 'handed-over'(reader, grantId) {
        const found = await openHandOverMessage(reader, keys, grantId)
        return found && { team: found.team, name: found.name }
      },
    }),
  }
}

/** To the old number; sent at once and even if the contact is marked, because its owner may have to react. */
function phoneChanged(): KindDefinition {
  const body = {
    zh: '账号绑定的手机号已更改。如非本人操作，请速联系单位管理员。',
    en: 'The number of your account was changed. If this was not you, call your unit’s administrator at once.',
  }
  return {
    zh: '手机号已更改（发至原号码）',
    en: 'Number of an account changed (to the old number)',
    smsParts: 1,
    atAnyHour: true,
    toAccounts: true,
    variables: {},
    words: { sms: { body }, email: { subject: { zh: '手机号已更改', en: 'Number changed' }, body } },
    ...ofOneSubject({ 'phone-changed': async () => ({}) }),
  }
}
