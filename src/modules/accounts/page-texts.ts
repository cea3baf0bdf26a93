import type { Language } from '#platform/http/language.ts'

/** Everything the pages of this slice say, Chinese first. */
const texts = {
  signIn: { zh: '登录', en: 'Sign in' },
  login: { zh: '登录名', en: 'Login' },
  password: { zh: '密码', en: 'Password' },
  byCode: { zh: '用短信验证码登录（队长）', en: 'Sign in with a code by text message (team leaders)' },
  byPassword: { zh: '用密码登录', en: 'Sign in with a password' },
  phone: { zh: '手机号', en: 'Phone number' },
  sendCode: { zh: '发送验证码', en: 'Send the code' },
  codeSent: {
    zh: '如果这个手机号属于某位队长，验证码已经发出，5 分钟内有效。',
    en: 'If this number belongs to a team leader, a code is on its way. It is good for 5 minutes.',
  },
  code: { zh: '六位验证码', en: 'Six-digit code' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  signedInAs: { zh: '您已登录：', en: 'You are signed in as ' },
  changePassword: { zh: '修改密码', en: 'Change the password' },
  present: { zh: '当前密码', en: 'Present password' },
  newPassword: { zh: '新密码', en: 'New password' },
  passwordHint: {
    zh: '至少 12 个字符。几个不相关的词连在一起，既好记又安全。',
    en: 'At least 12 characters. A few unrelated words are easy to remember and hard to guess.',
  },
  passwordHintClasses: {
    zh: '至少 12 个字符，含大写字母、小写字母、数字、符号中的至少三类。',
    en: 'At least 12 characters, of three kinds: lower case, upper case, digits, other characters.',
  },
  again: { zh: '再输入一次', en: 'The same again' },
  differ: { zh: '两次输入的密码不一致。', en: 'The two passwords are not the same.' },
  save: { zh: '保存', en: 'Save' },
  activate: { zh: '设置密码', en: 'Set your password' },
  activateIntro: {
    zh: '这是给下面这位用户的一次性链接。请设置您自己的密码，设置后链接即失效。',
    en: 'This one-time link is for the person below. Choose your own password; the link works once.',
  },
  notYou: {
    zh: '不是您？请关闭此页，不要设置密码，并告知发送人。',
    en: 'Not you? Close this page, set nothing, and tell whoever sent it.',
  },
  name: { zh: '姓名', en: 'Name' },
  passwordSet: { zh: '密码已设置，请登录。', en: 'Your password is set. Please sign in.' },
  signedOut: { zh: '您已退出。', en: 'You are signed out.' },
  useLink: {
    zh: '忘记密码？请联系您的单位管理员重新发送链接。',
    en: 'Forgot it? Your unit’s administrator can send a new link.',
  },
  help: {
    zh: '志愿者不需要账号，请使用短信中的个人链接。',
    en: 'Volunteers need no account: use the personal link in your message.',
  },
} as const

export type TextKey = keyof typeof texts

/** The texts in one language. */
export function textsIn(language: Language): (key: TextKey) => string {
  return (key) => texts[key][language]
}

/** What went wrong, for people; by the permanent code of the error. */
const failures: Record<string, { zh: string; en: string }> = {
  'sign-in.failed': { zh: '登录信息不正确。', en: 'What you entered does not fit together.' },
  'attempts.wait': { zh: '尝试次数过多，请稍后再试。', en: 'Too many tries. Please wait a while.' },
  'password.expired': {
    zh: '密码已到期，请先修改密码。',
    en: 'The password is too old. Please change it first.',
  },
  'password.changed': {
    zh: '密码刚刚被修改，请重新开始。',
    en: 'The password was changed a moment ago. Please start again.',
  },
  'phone.malformed': { zh: '请输入正确的手机号。', en: 'Please enter a phone number.' },
  'origin.refused': { zh: '请从本站页面提交。', en: 'Please send the form from this site.' },
  'activation.missing': {
    zh: '链接无效，请检查是否完整。',
    en: 'This link is not known. Check that it is complete.',
  },
  'activation.used': {
    zh: '链接已使用过。请直接登录，或请管理员重新发送。',
    en: 'This link was used already. Sign in, or ask for a new one.',
  },
  'activation.expired': {
    zh: '链接已过期，请管理员重新发送。',
    en: 'This link is too old. Ask for a new one.',
  },
  'activation.revoked': { zh: '链接已被新的链接取代或已撤回。', en: 'This link was replaced or withdrawn.' },
}

/** @returns undefined for an error these pages have no words for: then the common error page speaks */
export function failureText(code: string, language: Language): string | undefined {
  return failures[code]?.[language]
}
