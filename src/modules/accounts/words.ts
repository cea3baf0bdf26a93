import type { Words } from '#modules/organisation/pure.ts'

/** Who somebody is to the platform. What each may do is in `roles.ts`. */
export const roleWords = {
  city_office: { zh: '市文明办', en: 'City office' },
  district_office: { zh: '县区文明办', en: 'District office' },
  unit_administrator: { zh: '单位管理员', en: 'Unit administrator' },
  team_leader: { zh: '队长', en: 'Team leader' },
  inspector: { zh: '督导员', en: 'Inspector' },
  counsellor: { zh: '创城辅导员', en: 'Counsellor' },
  responsible_leader: { zh: '包保领导', en: 'Responsible leader' },
  task_officer: { zh: '创城专干', en: 'Task officer' },
  viewer: { zh: '大屏展示账号', en: 'Viewer (big screen)' },
  system_administrator: { zh: '系统管理员', en: 'System administrator' },
  auditor: { zh: '安全审计员', en: 'Auditor' },
} as const satisfies Record<string, Words>
export type RoleName = keyof typeof roleWords
/** All roles, in the order of `roleWords`. */
export const roleNames = Object.keys(roleWords) as RoleName[]

/** What a client presents for a session: an opaque reference in a cookie, or a signed bearer token. */
export const sessionKinds = {
  cookie: { zh: '浏览器', en: 'Browser (cookie)' },
  bearer: { zh: '程序（令牌）', en: 'Program (bearer token)' },
} as const satisfies Record<string, Words>
export type SessionKind = keyof typeof sessionKinds

/** What somebody may do with an account, by right. */
export const userOperations = {
  renameUser: { zh: '修改姓名', en: 'change the name' },
  disableUser: { zh: '停用账号', en: 'disable the account' },
  enableUser: { zh: '恢复账号', en: 'let the account in again' },
  grantRole: { zh: '授予角色', en: 'give a role' },
  inviteUser: { zh: '发送一次性链接', en: 'send a one-time link' },
  setUserPhone: { zh: '更换绑定的手机号', en: 'change the number of the account' },
  listUserSessions: { zh: '查看会话', en: 'see the sessions' },
  endSession: { zh: '结束会话', en: 'end a session' },
} as const satisfies Record<string, Words>
export type UserOperation = keyof typeof userOperations

/** Why a session is over. */
export const sessionEnds = {
  signed_out: { zh: '已退出', en: 'Signed out' },
  ended: { zh: '被结束', en: 'Ended from elsewhere' },
  user_disabled: { zh: '账号已停用', en: 'Account disabled' },
  password_changed: { zh: '密码已更改', en: 'Password changed' },
  phone_changed: { zh: '绑定的手机号已更改', en: 'Number of the account changed' },
} as const satisfies Record<string, Words>
export type SessionEnd = keyof typeof sessionEnds

/** What one officer asks for and another one confirms. */
export const confirmationKinds = {
  grant: { zh: '授予角色', en: 'Give a role' },
  link: { zh: '发送设置密码的链接', en: 'Send a link to set a password' },
  phone: { zh: '更换绑定的手机号', en: 'Change the number of the account' },
  suspension: { zh: '停用', en: 'Disable the account' },
  restoration: { zh: '恢复使用', en: 'Let the account in again' },
  revocation: { zh: '收回角色', en: 'Take a role back' },
} as const satisfies Record<string, Words>
export type ConfirmationKind = keyof typeof confirmationKinds

/** How a confirmation stands. */
export const confirmationStates = {
  pending: { zh: '待复核', en: 'Waiting' },
  approved: { zh: '已同意', en: 'Approved' },
  refused: { zh: '已退回', en: 'Refused' },
  expired: { zh: '已过期', en: 'Expired' },
} as const satisfies Record<string, Words>
export type ConfirmationState = keyof typeof confirmationStates

/** What a one-time link is for. */
export const activationPurposes = {
  activation: { zh: '激活账号', en: 'Activate the account' },
  reset: { zh: '重设密码', en: 'Set a new password' },
} as const satisfies Record<string, Words>
export type ActivationPurpose = keyof typeof activationPurposes

/** Why somebody got no link when many were invited. */
export const invitationRefusals = {
  active: { zh: '账号已启用', en: 'The account is in use.' },
  link_waiting: { zh: '已有未使用的链接', en: 'A link waits to be used.' },
  disabled: { zh: '账号已停用', en: 'The account is disabled.' },
  role_clash: { zh: '与已有角色不相容，须由不同人员担任', en: 'Holds a role that somebody else must hold.' },
  no_phone: { zh: '账号未绑定手机号', en: 'The account has no number.' },
  out_of_reach: {
    zh: '该人员还属于您管理范围以外的单位，或其账号有您无权管理的角色，请联系上级管理部门办理',
    en: 'The person belongs to units out of your reach, or the account holds roles that you cannot give; ask an office that reaches them all.',
  },
} as const satisfies Record<string, Words>
export type NotInvited = keyof typeof invitationRefusals

/** What is wrong with a password somebody chose. */
export const passwordProblemWords = {
  too_short: { zh: '密码至少12位。', en: 'The password needs at least 12 characters.' },
  too_long: { zh: '密码最多128位。', en: 'The password may have at most 128 characters.' },
  too_few_classes: {
    zh: '密码须包含大写字母、小写字母、数字和符号中的至少三类。',
    en: 'The password needs three of: lower case, upper case, digits, other characters.',
  },
  too_uniform: {
    zh: '密码过于简单（重复或连续字符）。',
    en: 'The password is too simple (repeated or running characters).',
  },
  common: {
    zh: '密码过于常见（常用词、拼音、键盘顺序加数字容易被猜中），请用一句话的拼音加数字。',
    en: 'The password is too common: common words and keyboard rows with digits are guessed first. Use a whole sentence, or four unrelated words.',
  },
  holds_login: { zh: '密码不能包含账号。', en: 'The password may not contain the login.' },
  used_before: { zh: '不能使用最近用过的密码。', en: 'The password was used before.' },
} as const satisfies Record<string, Words>

/** What a role is given over. */
export const scopeWords = {
  everything: { zh: '全部', en: 'everything' },
  unit: { zh: '单位及下级', en: 'a unit and what is below it' },
  district: { zh: '县区', en: 'a district' },
  team: { zh: '一支队伍', en: 'one team' },
} as const satisfies Record<string, Words>

/** The texts of this slice's error codes: what is wrong and what to do. `{…}` is a detail of the error. */
export const accountsErrors: Record<string, Words> = {
  'activation.by_message_only': {
    zh: '该账号已有启用链接发至本人手机，不能再取得链接。',
    en: 'The link of this account goes to its owner’s phone and is not shown.',
  },
  'activation.expired': {
    zh: '链接已过期，请向单位管理员申请新链接。',
    en: 'The link has expired. Ask your unit administrator for a new one.',
  },
  'activation.missing': {
    zh: '链接无效或不完整，请从短信中重新打开。',
    en: 'The link is not known. Open it again from the message.',
  },
  'activation.revoked': {
    zh: '链接已停用，请使用最近一次收到的链接。',
    en: 'The link was revoked. Use the one that came last.',
  },
  'activation.used': {
    zh: '链接已使用过，请直接登录；忘记密码请申请新链接。',
    en: 'The link was used already. Sign in, or ask for a new one.',
  },
  'attempts.wait': {
    zh: '尝试次数过多，请{seconds}秒后再试。',
    en: 'There were too many attempts. Try again in {seconds} seconds.',
  },
  'confirmation.decided': { zh: '该事项已有人处理。', en: 'Somebody decided this already.' },
  'confirmation.expired': {
    zh: '该事项已超时或被新的申请取代，请重新提出。',
    en: 'This waited too long or was replaced. Ask again.',
  },
  'confirmation.missing': { zh: '没有这个待确认事项。', en: 'There is nothing to confirm here.' },
  'confirmation.own': {
    zh: '须由另一位同类人员确认，本人不能确认。',
    en: 'Another officer has to confirm this; whoever asked cannot.',
  },
  'confirmation.void': {
    zh: '情况已变化，该事项不能再确认，请重新提出。',
    en: 'Things have changed since this was asked. Ask again.',
  },
  'grant.clash': { zh: '这些角色不能由同一人担任。', en: 'One person cannot hold these roles together.' },
  'grant.missing': {
    zh: '没有这项角色，请刷新后重试。',
    en: 'There is no such role of this user. Load the page again.',
  },
  'grant.refused': { zh: '您不能授予或收回该角色。', en: 'You can neither give nor take back this role.' },
  'grant.scope': {
    zh: '请指定角色的范围：一个单位、县区、队伍，或全市。',
    en: 'Say what the role is over: one unit, one district, one team, or everything.',
  },
  'grant.scope_unfit': { zh: '该角色不能授予这样的范围。', en: 'This role is not given over such a part.' },
  'login.malformed': {
    zh: '账号为2至64个字母、数字或._@-，以字母或数字开头。',
    en: 'A login has 2 to 64 letters, digits and . _ @ - and begins with a letter or digit.',
  },
  'login.taken': { zh: '该账号已被使用，请换一个。', en: 'Somebody has this login already. Choose another.' },
  'merge.two_accounts': {
    zh: '两条记录各有账号，请先停用其中一个。',
    en: 'Both records have an account. Disable one of them first.',
  },
  'origin.refused': {
    zh: '请求来自其他网站，已拒绝；请从本系统页面操作。',
    en: 'The request came from another site. Use the pages of this service.',
  },
  'password.changed': {
    zh: '密码刚刚修改过，请重新登录。',
    en: 'The password was changed a moment ago. Sign in again.',
  },
  'password.expired': {
    zh: '密码已过期，请先设置新密码。',
    en: 'The password is too old. Choose a new one first.',
  },
  'password.unfit': {
    zh: '密码不符合要求：至少12位，不要用常见密码或与账号相近。',
    en: 'This password is too short, too common or too close to the login. Choose at least 12 characters.',
  },
  'person.has_account': { zh: '该人员已有账号。', en: 'This person has an account already.' },
  'phone.absent': {
    zh: '您的账号还没有手机号，请联系单位管理员补充。',
    en: 'Your account has no number yet. Ask your unit administrator.',
  },
  'phone.unchanged': {
    zh: '这就是该账号现用的号码。',
    en: 'This is the number that the account has already.',
  },
  'phone_change.code_wrong': {
    zh: '验证码不正确，请核对新旧号码各自收到的验证码。',
    en: 'The codes are not those sent to the old and the new number.',
  },
  'phone_change.over': {
    zh: '验证码已失效，请重新获取。',
    en: 'These codes are no longer good. Ask for new ones.',
  },
  'session.missing': { zh: '没有这个登录会话。', en: 'There is no such session.' },
  'session.other_user': {
    zh: '本浏览器已登录其他账号，请刷新页面后再操作。',
    en: 'Somebody else is signed in in this browser now. Load the page again.',
  },
  'sign_in.failed': { zh: '账号或密码错误。', en: 'The login or the password is wrong.' },
  'user.disabled': {
    zh: '该账号已停用，请联系管理员。',
    en: 'This account is disabled. Ask whoever manages it.',
  },
  'user.missing': {
    zh: '没有这个账号，或不在您的管理范围内。',
    en: 'There is no such account within your reach.',
  },
  'user.out_of_reach': {
    zh: '该账号另有您无权管理的角色，请联系其管理员。',
    en: 'This account holds roles that you cannot manage. Ask whoever can.',
  },
  'user.self': {
    zh: '不能对自己的账号进行此操作，请由他人办理。',
    en: 'Somebody else has to do this to your account.',
  },
  'user.unreachable': {
    zh: '该账号没有可用的手机号或邮箱，请先补充。',
    en: 'This account has no number or address that works. Add one first.',
  },
}

/** The alarms this slice raises. */
export const accountsAttention = {
  'sign_in.attacked': {
    zh: '有人反复尝试同一账号的密码',
    en: 'One login is tried again and again',
  },
  'roles.together': {
    zh: '同一人以两个账号担任须由不同人担任的角色',
    en: 'One human holds, by two accounts, roles that must be held by two',
  },
} as const satisfies Record<string, Words>
