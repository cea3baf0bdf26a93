import type { DateTime } from 'luxon'
import { codeMinutes, openActivationMessage, openLoginCode } from '#modules/accounts/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import type { KindDefinition, MessageKinds, Values } from './kinds.ts'

/** Kinds about accounts. Accounts lie below and know nothing of messages, so their content is provided here. */
export const activationKind = 'account.activation'
export const loginCodeKind = 'account.login-code'

interface Needs {
  keys: KeyRing
  publicUrl: URL
}

/** The id in a subject of the form `word:ID`. */
export function subjectId(subject: string): string {
  return subject.slice(subject.indexOf(':') + 1)
}

export function registerAccountKinds(kinds: MessageKinds, needs: Needs): void {
  kinds.registerKind(activationKind, activation(needs))
  kinds.registerKind(loginCodeKind, loginCode(needs))
}

/** A kind each of whose messages is about one subject, looked up one by one. */
function ofOneSubject(
  valuesOf: (reader: Reader, id: string, now: DateTime) => Promise<Values | undefined>,
): Pick<KindDefinition, 'stillDue' | 'render'> {
  return {
    async stillDue(reader, subjects, now) {
      const due = new Set<string>()
      for (const subject of subjects) {
        if (await valuesOf(reader, subjectId(subject), now)) due.add(subject)
      }
      return due
    },
    async render(reader, messages, { now }) {
      const rendered: (Values | undefined)[] = []
      for (const [subject] of messages)
        rendered.push(subject ? await valuesOf(reader, subjectId(subject), now) : undefined)
      return rendered
    },
  }
}

function activation({ keys, publicUrl }: Needs): KindDefinition {
  return {
    zh: '账号开通链接',
    en: 'Account activation link',
    variables: {
      name: { zh: '姓名', en: 'name', sample: '王联络', longest: '欧阳联络员同志' },
      login: { zh: '登录名', en: 'login', sample: 'wanglianluo', longest: 'x'.repeat(30) },
      link: {
        zh: '一次性链接',
        en: 'one-time link',
        sample: new URL('/activate/0123456789ABCDEFGHJK', publicUrl).href,
        link: true,
        required: true,
      },
    },
    words: {
      sms: {
        body: {
          zh: '{name}您好，请打开 {link} 设置密码，登录名 {login}。链接只能使用一次，请勿转发。',
          en: '{name}, set your password at {link} . Your login is {login}. The link works once; do not forward it.',
        },
      },
      email: {
        subject: { zh: '设置您的密码', en: 'Set your password' },
        body: {
          zh: '{name}您好：\n\n请打开下面的链接设置密码，登录名为 {login}。链接只能使用一次，请勿转发。\n\n{link}\n',
          en: 'Dear {name},\n\nplease set your password with the link below. Your login is {login}. The link works once; do not forward it.\n\n{link}\n',
        },
      },
    },
    ...ofOneSubject(async (reader, id, now) => {
      const found = await openActivationMessage(reader, keys, publicUrl, id, now)
      return found && { name: found.name, login: found.login, link: found.url }
    }),
  }
}

function loginCode({ keys }: Needs): KindDefinition {
  const code = { zh: '验证码', en: 'code', sample: '123456', required: true }
  const minutes = { zh: '有效分钟数', en: 'minutes it is good', sample: String(codeMinutes) }
  return {
    zh: '登录验证码',
    en: 'Sign-in code',
    atAnyHour: true,
    variables: { code, minutes },
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
    ...ofOneSubject(async (reader, id, now) => {
      const found = await openLoginCode(reader, keys, id, now)
      return found && { code: found.digits, minutes: String(codeMinutes) }
    }),
  }
}
