/** The closed sets of this slice and their texts for users: Chinese and English. */
export interface Words {
  zh: string
  en: string
}

/** The kinds of units. */
export const unitKinds = {
  government: { zh: '党政机关', en: 'Government body' },
  enterprise: { zh: '企业', en: 'Enterprise' },
  institution: { zh: '事业单位', en: 'Public institution' },
  social_organisation: { zh: '社会组织', en: 'Social organisation' },
  school: { zh: '学校', en: 'School' },
  community: { zh: '社区', en: 'Community' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Words>
export type UnitKind = keyof typeof unitKinds

/** The kinds of teams. A class of a school is a team, too. */
export const teamKinds = {
  team: { zh: '志愿服务队', en: 'Volunteer team' },
  class: { zh: '班级', en: 'School class' },
} as const satisfies Record<string, Words>
export type TeamKind = keyof typeof teamKinds

/** The roles of a person in a team. */
export const memberRoles = {
  member: { zh: '队员', en: 'Member' },
  leader: { zh: '队长', en: 'Leader' },
  deputy: { zh: '副队长', en: 'Deputy leader' },
  teacher: { zh: '教师', en: 'Teacher' },
  pupil: { zh: '学生', en: 'Pupil' },
} as const satisfies Record<string, Words>
export type MemberRole = keyof typeof memberRoles

/** Sex, as in an identity document. */
export const sexes = {
  female: { zh: '女', en: 'Female' },
  male: { zh: '男', en: 'Male' },
} as const satisfies Record<string, Words>
export type Sex = keyof typeof sexes

/** The kinds of contacts. */
export const contactKinds = {
  phone: { zh: '手机', en: 'Phone' },
  email: { zh: '电子邮箱', en: 'E-mail' },
} as const satisfies Record<string, Words>
export type ContactKind = keyof typeof contactKinds

/** Why a contact should not get messages. */
export const contactMarkNames = {
  invalid: { zh: '号码有误', en: 'Does not work, or belongs to a stranger' },
  opted_out: { zh: '已退订', en: 'Wants no messages' },
} as const satisfies Record<string, Words>
export type ContactMark = keyof typeof contactMarkNames

/** Whose contact it is, relative to the person it is stored for. */
export const relations = {
  own: { zh: '本人', en: 'Own' },
  guardian: { zh: '监护人', en: 'Guardian' },
  spouse: { zh: '配偶', en: 'Spouse' },
  colleague: { zh: '同事', en: 'Colleague' },
} as const satisfies Record<string, Words>
export type Relation = keyof typeof relations

/** What a guardian said. */
export const consentWords = {
  yes: { zh: '同意', en: 'Consents' },
  no: { zh: '不同意', en: 'Refuses' },
} as const satisfies Record<string, Words>
export type ConsentWord = keyof typeof consentWords

/** How a guardian's statement was received. */
export const consentWays = {
  list: { zh: '名单', en: 'In a list' },
  paper: { zh: '书面', en: 'On paper' },
  link: { zh: '链接确认', en: 'By link' },
  spoken: { zh: '当面或电话', en: 'Spoken' },
} as const satisfies Record<string, Words>

/** The ways a user may choose when recording a statement; the others are set by the service itself. */
export const enteredConsentWays = {
  paper: consentWays.paper,
  spoken: consentWays.spoken,
} as const satisfies Record<string, Words>
export type ConsentWay = keyof typeof consentWays

/**
 * Legal age bands: under 8 no legal capacity (Civil Code 20), under 14 sensitive data (PIPL 28), under 18 a minor.
 * `unknown` is a band of its own; a pupil of unknown age counts as a minor.
 */
export const ageBands = {
  under8: { zh: '不满八周岁', en: 'Under 8' },
  under14: { zh: '八至十三周岁', en: '8 to 13' },
  under18: { zh: '十四至十七周岁', en: '14 to 17' },
  adult: { zh: '成年人', en: 'Adult' },
  unknown: { zh: '年龄未知', en: 'Age unknown' },
} as const satisfies Record<string, Words>
export type AgeBand = keyof typeof ageBands

/** Of what age people are, as far as a list is narrowed by it. */
export const ageKinds = {
  adult: { zh: '成年人', en: 'Adults' },
  minor: { zh: '未成年人', en: 'Minors' },
  unknown: { zh: '年龄未知', en: 'Age unknown' },
} as const satisfies Record<string, Words>
export type AgeKind = keyof typeof ageKinds

/** What is wrong with the phone numbers of people, as far as a list is narrowed by it. */
export const numberStands = {
  missing: { zh: '没有号码', en: 'No number' },
  invalid: { zh: '号码有误', en: 'A wrong number' },
} as const satisfies Record<string, Words>
export type NumberStand = keyof typeof numberStands

/** What guardians said, as far as a list is narrowed by it. */
export const consentStands = {
  none: { zh: '监护人未表态', en: 'No guardian said anything' },
  yes: { zh: '有监护人同意', en: 'A guardian consents' },
  no: { zh: '有监护人不同意', en: 'A guardian refuses' },
} as const satisfies Record<string, Words>
export type ConsentStand = keyof typeof consentStands

/** On which ground an entry of a list was matched with a known person. */
export const matchGrounds = {
  identity: { zh: '身份证号相同', en: 'Same identity number' },
  contact: { zh: '姓名和联系方式相同', en: 'Same name and contact' },
  unit: { zh: '姓名和单位相同', en: 'Same name and unit' },
} as const satisfies Record<string, Words>
export type MatchGround = keyof typeof matchGrounds

/** What a user may request for a person for whom other parts of the organisation are responsible too. */
export const requestKinds = {
  change: { zh: '更正身份信息', en: 'Correct who it is' },
  contact: { zh: '添加联系方式', en: 'Add a number or address' },
  contact_removal: { zh: '移除联系方式', en: 'Take a number or address away' },
  merge: { zh: '合并为一人', en: 'Make two records one person' },
  one_human: { zh: '是否同一人', en: 'Whether two records are one human' },
} as const satisfies Record<string, Words>
export type RequestKind = keyof typeof requestKinds

/** The states of a request; all but `open` are final. */
export const requestStates = {
  open: { zh: '待处理', en: 'Waits for a decision' },
  approved: { zh: '已同意', en: 'Approved and done' },
  refused: { zh: '未同意', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
} as const satisfies Record<string, Words>
export type RequestState = keyof typeof requestStates

/** Why the service does not decide by itself whether two records are one human. */
export const linkDoubts = {
  other_name: { zh: '身份证号相同，姓名不同', en: 'Same identity number, another name' },
  other_identity: { zh: '姓名和号码相同，身份证号不同', en: 'Same name and number, another identity number' },
  other_birth_date: { zh: '姓名和号码相同，出生日期不同', en: 'Same name and number, another birth date' },
  unmerged: { zh: '曾合并后又撤销', en: 'They were merged once, and the merge was undone' },
} as const satisfies Record<string, Words>
export type LinkDoubt = keyof typeof linkDoubts

/** The texts of this slice's error codes: what is wrong and what to do. `{…}` is a detail of the error. */
export const organisationErrors: Record<string, Words> = {
  'alias.missing': { zh: '没有这个别名。', en: 'There is no such other name.' },
  'alias.taken': { zh: '该名称已是另一单位的别名。', en: 'Another unit has this name already.' },
  'birth_date.impossible': { zh: '出生日期有误，请核对。', en: 'Nobody was born on that day. Check it.' },
  'birth_date.office_only': {
    zh: '在校学生已成年须由县区或市文明办登记，或以身份证号证明。',
    en: 'That a pupil is of age is entered by the district or city office, or shown by an identity number.',
  },
  'changes.edited_since': {
    zh: '入库后又有修改，不能撤销。',
    en: 'Something was edited since. It cannot be undone.',
  },
  'changes.in_use': {
    zh: '入库的内容已被使用，不能撤销。',
    en: 'Something was built on these rows since. They cannot be undone.',
  },
  'consent.future': { zh: '同意日期不能晚于今天。', en: 'Consent is recorded after it is given.' },
  'consent.missing': { zh: '没有这条同意记录。', en: 'There is no such consent.' },
  'consent.refusal_stands': {
    zh: '监护人已表示不同意，须由监护人本人更改。',
    en: 'The guardian refused. Only the guardian changes that.',
  },
  'contact.invalid': {
    zh: '号码或邮箱有误，请核对。',
    en: 'This number or address is not possible. Check it.',
  },
  'contact.missing': { zh: '没有这个联系方式。', en: 'There is no such number or address.' },
  'export.too_large': {
    zh: '一次最多导出{rowsMax}行，请缩小范围。',
    en: 'At most {rowsMax} rows are exported at once. Narrow the list.',
  },
  'human.same_record': { zh: '请选择两条不同的记录。', en: 'Choose two different records.' },
  'identity.invalid': { zh: '身份证号有误，请核对。', en: 'This is not an identity number. Check it.' },
  'identity.taken': {
    zh: '该身份证号已登记在另一位人员名下。',
    en: 'This identity number belongs to somebody else.',
  },
  'leadership.held': {
    zh: '本队已有队长，请改用队长交接。',
    en: 'Somebody leads the team. Hand it over instead.',
  },
  'leadership.minor': { zh: '队长须为成年人。', en: 'A team is led by an adult.' },
  'leadership.not_a_member': { zh: '只能交接给本队成员。', en: 'A team is handed to one of its members.' },
  'lookups.exhausted': {
    zh: '今日查询次数已用完，请明天再试或联系上级。',
    en: 'Your look-ups for today are used up. Try tomorrow, or ask the office above you.',
  },
  'lookups.throttled': {
    zh: '查询过于频繁，请{seconds}秒后再试。',
    en: 'There were too many look-ups. Try again in {seconds} seconds.',
  },
  'merge.chained': {
    zh: '其中一条已被合并，请先撤销那次合并。',
    en: 'One of them is merged already. Undo that first.',
  },
  'merge.identities_differ': {
    zh: '两条记录的身份证号不同，不能合并。',
    en: 'They have different identity numbers and are not merged.',
  },
  'merge.later_exists': {
    zh: '之后还有一次合并，请先撤销那一次。',
    en: 'A later merge builds on this one. Undo that first.',
  },
  'merge.missing': { zh: '没有这次合并。', en: 'There is no such merge.' },
  'merge.same': { zh: '请选择两条不同的记录。', en: 'Choose two different people.' },
  'merge.undone': { zh: '该合并已撤销。', en: 'This merge was undone already.' },
  'name.missing': { zh: '请填写姓名或名称。', en: 'A name is needed.' },
  'number.unreadable': {
    zh: '请输入手机号、邮箱、身份证号或志愿者编号。',
    en: 'This is no phone, address, identity or volunteer number.',
  },
  'parent.closed': {
    zh: '上级单位已停用，请先恢复或另选。',
    en: 'The parent unit is closed. Open it again or choose another.',
  },
  'person.is_minor': {
    zh: '未成年人的联系电话由学校更正。',
    en: 'The school corrects the number of a guardian.',
  },
  'person.known': {
    zh: '该人员已在库中，请核对后选用已有记录。',
    en: 'This person is listed already. Use that record.',
  },
  'person.merged': {
    zh: '该记录已合并到另一条记录，请刷新。',
    en: 'This record was merged into another. Load the page again.',
  },
  'person.not_identifiable': {
    zh: '该人员另由其他单位管理，请提交更正申请。',
    en: 'Others answer for this person, too. File a request.',
  },
  'request.decided': { zh: '该申请已有人处理。', en: 'Somebody decided this request already.' },
  'request.missing': { zh: '没有这个申请。', en: 'There is no such request.' },
  'request.too_many': {
    zh: '您对该人员的申请尚在等待处理。',
    en: 'Your requests on this person wait for a decision.',
  },
  'request.unclear': { zh: '一个申请只能请求一件事。', en: 'A request asks for one thing.' },
  'reveal.approval_required': {
    zh: '查看未成年人信息须先提交查阅申请，经他人批准。',
    en: 'To see the data of minors, ask for access. Somebody else approves it.',
  },
  'revelations.exhausted': {
    zh: '今日查看人数已达上限，请明天再试。',
    en: 'So many people were opened today that no more can be. Try again tomorrow.',
  },
  'team.closed': { zh: '队伍（班级）已停用。', en: 'The team is closed.' },
  'team.exists': { zh: '该单位已有同名队伍（班级）。', en: 'The unit has a team of this name already.' },
  'team.missing': {
    zh: '没有这支队伍（班级），或不在您的管理范围内。',
    en: 'There is no such team within your reach.',
  },
  'unit.closed': { zh: '该单位已停用。', en: 'The unit is closed.' },
  'unit.cycle': {
    zh: '单位不能隶属于自身或其下级。',
    en: 'A unit cannot report to itself or to a unit below it.',
  },
  'unit.has_open_parts': {
    zh: '其下还有启用中的单位或队伍，请先处理。',
    en: 'Units or teams below it are open. Close these first.',
  },
  'unit.missing': {
    zh: '没有这个单位，或不在您的管理范围内。',
    en: 'There is no such unit within your reach.',
  },
  'unit.too_deep': { zh: '单位层级最多{levels}级。', en: 'Units are at most {levels} levels deep.' },
}

/** The alarms this slice raises. */
export const organisationAttention = {
  'lookups.exhausted': {
    zh: '账号试探他人号码达到当日上限',
    en: 'A user tried as many numbers on somebody as a day allows',
  },
  'revelations.exhausted': {
    zh: '账号查看人员完整信息（含未成年人）达到当日上限',
    en: 'A user opened as many people, minors among them, as a day allows',
  },
} as const satisfies Record<string, Words>
