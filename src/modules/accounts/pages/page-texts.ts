import type { Language } from '#platform/http/language.ts'

/** All texts of the pages of this slice: Chinese, then English. */
const texts = {
  signIn: { zh: '登录', en: 'Sign in' },
  login: { zh: '账号', en: 'Login' },
  password: { zh: '密码', en: 'Password' },
  byCode: {
    zh: '用短信验证码登录（队长、联络员）',
    en: 'Sign in with a code by text message (team leaders, liaisons)',
  },
  byPassword: { zh: '用密码登录', en: 'Sign in with a password' },
  phone: { zh: '手机号', en: 'Phone number' },
  sendCode: { zh: '发送验证码', en: 'Send the code' },
  codeSent: {
    zh: '如该手机号已绑定队长或联络员账号，验证码已发送，10分钟内在本浏览器有效。',
    en: 'If a team leader or liaison has this number, a code is on its way. It is good in this browser for 10 minutes.',
  },
  code: { zh: '6位验证码', en: 'Six-digit code' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  enter: { zh: '进入工作台', en: 'Open the console' },
  signedInAs: { zh: '您已登录：', en: 'You are signed in as ' },
  changePassword: { zh: '修改密码', en: 'Change the password' },
  present: { zh: '原密码', en: 'Present password' },
  newPassword: { zh: '新密码', en: 'New password' },
  passwordHint: {
    zh: '至少12位，建议用一句话的拼音加数字，便于记忆。',
    en: 'At least 12 characters. A few unrelated words are easy to remember and hard to guess.',
  },
  passwordHintClasses: {
    zh: '至少12位，含大写字母、小写字母、数字、符号中的至少三类。',
    en: 'At least 12 characters, of three kinds: lower case, upper case, digits, other characters.',
  },
  again: { zh: '确认新密码', en: 'The same again' },
  differ: { zh: '两次输入的密码不一致。', en: 'The two passwords are not the same.' },
  save: { zh: '保存', en: 'Save' },
  activate: { zh: '设置密码', en: 'Set your password' },
  activateIntro: {
    zh: '请核对以下信息并设置登录密码。本链接仅可使用一次。',
    en: 'This one-time link is for the person below. Choose your own password; the link works once.',
  },
  notYou: {
    zh: '不是您本人？请勿设置密码，关闭此页并告知发送人。',
    en: 'Not you? Close this page, set nothing, and tell whoever sent it.',
  },
  name: { zh: '姓名', en: 'Name' },
  office: { zh: '职务', en: 'Role' },
  passwordSet: { zh: '密码已设置，请登录。', en: 'Your password is set. Please sign in.' },
  signedOut: { zh: '您已退出。', en: 'You are signed out.' },
  useLink: {
    zh: '忘记密码？请联系单位管理员重新发送链接。',
    en: 'Forgot it? Your unit’s administrator can send a new link.',
  },
  help: {
    zh: '志愿者不需要账号，请使用短信中的个人链接。',
    en: 'Volunteers need no account: use the personal link in your message.',
  },
  dead: {
    zh: '请联系发送链接的单位管理员重新发送；已设置过密码的，可直接登录。',
    en: 'Ask whoever sent the link for a new one; if you have set a password already, sign in.',
  },
  deadByCode: {
    zh: '队长、联络员也可用绑定的手机号接收验证码登录。',
    en: 'Team leaders and liaisons may also sign in with a code sent to their number.',
  },
  home: { zh: '回到首页', en: 'To the first page' },
} as const

export type TextKey = keyof typeof texts

/** The texts in one language. */
export function textsIn(language: Language): (key: TextKey) => string {
  return (key) => texts[key][language]
}

/** Error messages for users, by error code. */
const failures: Record<string, { zh: string; en: string }> = {
  'sign_in.failed': { zh: '账号或密码错误。', en: 'Login and password do not fit together.' },
  'attempts.wait': {
    zh: '操作过于频繁，请一分钟后再试。',
    en: 'Too many tries. Please try again in a minute.',
  },
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
    zh: '链接无效或不完整。请从短信中重新打开；仍不行请联系发送链接的单位管理员。',
    en: 'This link is not known. Check that it is complete.',
  },
  'activation.used': {
    zh: '链接已使用过。',
    en: 'This link was used already.',
  },
  'activation.expired': {
    zh: '链接已过期。',
    en: 'This link is too old.',
  },
  'activation.revoked': { zh: '链接已更换或已撤回。', en: 'This link was replaced or withdrawn.' },
}

/** Other texts for the same codes, when a code was entered. */
const ofCodes: typeof failures = {
  'sign_in.failed': { zh: '验证码错误或已过期。', en: 'The code is wrong, or too old.' },
}

/** @returns undefined for an error without a text here; then the general error page is shown */
export function failureText(code: string, language: Language, byCode = false): string | undefined {
  return ((byCode ? ofCodes[code] : undefined) ?? failures[code])?.[language]
}
