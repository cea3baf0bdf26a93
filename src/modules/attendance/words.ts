/** The closed sets of attendance with their texts. */
import type { Words } from '#modules/organisation/index.ts'

/** Arrival compared with the start of the shift. Only a label: nobody is refused for it. */
export const timings = {
  early: { zh: '提前', en: 'early' },
  on_time: { zh: '准时', en: 'on time' },
  late: { zh: '迟到', en: 'late' },
} as const satisfies Record<string, Words>
export type Timing = keyof typeof timings

/** How an attendance was recorded. */
export const attendanceVias = {
  link: { zh: '本人链接', en: 'own link' },
  roll_call: { zh: '队长点名', en: "leader's roll-call" },
  offline_roll: { zh: '队长点名（离线）', en: "leader's roll-call without network" },
  late_entry: { zh: '补录', en: 'entered afterwards' },
  merge: { zh: '重复人员合并', en: 'two rows became one person' },
} as const satisfies Record<string, Words>
export type AttendanceVia = keyof typeof attendanceVias

/** Evidence grades, best first. D is entered afterwards and approved by a second person. */
export const evidenceGrades = {
  A: { zh: '现场核验', en: 'at the place, inside the window' },
  B: { zh: '队长确认', en: 'confirmed by the leader' },
  C: { zh: '本人申报', en: "the person's own statement" },
  D: { zh: '事后补录', en: 'entered afterwards' },
} as const satisfies Record<string, Words>
export type EvidenceGrade = keyof typeof evidenceGrades

/** What the position says about being in the zone. Evidence only: it never blocks a check-in. */
export const positionJudgements = {
  inside: { zh: '在区域内', en: 'inside the zone' },
  near: { zh: '在附近', en: 'near the zone' },
  far: { zh: '距离较远', en: 'far from the zone' },
  none: { zh: '无定位', en: 'no position' },
} as const satisfies Record<string, Words>
export type PositionJudgement = keyof typeof positionJudgements

/** Distance from the zone, as a range: the position itself is not stored. */
export const distanceBands = {
  '0': { zh: '区域内', en: 'inside' },
  '100m': { zh: '100米以内', en: 'within 100 m' },
  '500m': { zh: '500米以内', en: 'within 500 m' },
  '2km': { zh: '2公里以内', en: 'within 2 km' },
  beyond: { zh: '2公里以外', en: 'beyond 2 km' },
} as const satisfies Record<string, Words>
export type DistanceBand = keyof typeof distanceBands

/** Warnings for the leader. */
export const attendanceFlags = {
  far: { zh: '签到定位较远', en: 'checked in far from the place' },
  consent_missing: { zh: '未成年人缺少监护人同意', en: 'a minor without the guardian’s consent' },
} as const satisfies Record<string, Words>
export type AttendanceFlag = keyof typeof attendanceFlags

/** Kinds of operations on an attendance. The operations are an append-only log. */
export const operationKinds = {
  check_in: { zh: '签到', en: 'check-in' },
  check_out: { zh: '签退', en: 'check-out' },
  confirm: { zh: '队长确认', en: 'confirmed by the leader' },
  undo: { zh: '撤销签到', en: 'check-in undone' },
  undo_check_out: { zh: '撤销签退', en: 'check-out undone' },
} as const satisfies Record<string, Words>
export type OperationKind = keyof typeof operationKinds

/** The role of a person on a shift. */
export const dutyRoles = {
  in_charge: { zh: '现场负责人', en: 'in charge' },
  deputy: { zh: '现场副负责人', en: 'deputy' },
  leader: { zh: '队长', en: 'leader of a team on it' },
  own: { zh: '本人岗位', en: 'own place' },
} as const satisfies Record<string, Words>
export type DutyRole = keyof typeof dutyRoles

/** The state a roll-call records for one person. */
export const rollMarks = {
  present: { zh: '到', en: 'here' },
  left: { zh: '离岗', en: 'left' },
  absent: { zh: '未到', en: 'not here' },
} as const satisfies Record<string, Words>
export type RollMark = keyof typeof rollMarks

/** The result of one entry of a roll-call. */
export const rollResults = {
  recorded: { zh: '已记录到岗', en: 'recorded' },
  confirmed: { zh: '已确认本人签到', en: 'the own statement is confirmed' },
  already: { zh: '此前已记录', en: 'recorded before' },
  declined: { zh: '曾答复不能参加，已记录到岗', en: 'had said no; recorded all the same' },
  left: { zh: '已记录离岗', en: 'recorded as gone' },
  absent: { zh: '未到', en: 'not here' },
  undone: { zh: '已撤销到岗', en: 'the arrival is taken back' },
  pending: {
    zh: '点名时间无法核实，已转补录待审核',
    en: 'its time could not be proven; waits for a second person',
  },
  moved: { zh: '已调整到其他岗位', en: 'has another place now' },
  cancelled: { zh: '安排已取消', en: 'cancelled' },
  not_open: { zh: '尚未到点名时间', en: 'too soon' },
  over: { zh: '本班次已结束，请申请补录', en: 'the shift is over: enter it afterwards' },
  handed_over: {
    zh: '您已不负责该队伍，未记录，请告知现任队长',
    en: 'you do not lead this team any more: not recorded, please tell whoever does',
  },
  missing: { zh: '不在名单中', en: 'not on this roll' },
} as const satisfies Record<string, Words>
export type RollResult = keyof typeof rollResults

/** Where a late entry (补录) comes from: the person's own link, a leader, or an offline roll-call whose times could not be verified. */
export const lateOrigins = {
  own: { zh: '本人申请', en: 'asked by the person' },
  leader: { zh: '队长或单位补录', en: 'entered by a leader or an office' },
  roll: { zh: '离线点名（时间无法核实）', en: 'a roll whose times could not be proven' },
} as const satisfies Record<string, Words>
export type LateOrigin = keyof typeof lateOrigins

/** Levels of approval for a late entry, asked in this order (escalation). */
export const lateLevels = {
  nearby: { zh: '队长或现场负责人', en: 'the leader or the person in charge' },
  in_charge: { zh: '现场负责人', en: 'the person in charge' },
  liaison: { zh: '单位联络员', en: 'the liaison of the unit' },
  district: { zh: '县区文明办', en: 'the district office' },
  city: { zh: '市文明办', en: 'the city office' },
} as const satisfies Record<string, Words>
export type LateLevel = keyof typeof lateLevels

/** The state of a late entry. */
export const lateStates = {
  pending: { zh: '待审核', en: 'waits for a second person' },
  approved: { zh: '已通过', en: 'approved' },
  refused: { zh: '未通过', en: 'refused' },
} as const satisfies Record<string, Words>
export type LateState = keyof typeof lateStates

/** The outcome of an assignment. Each assignment has exactly one of these six. */
export const outcomes = {
  arrived: { zh: '到岗', en: 'arrived' },
  absent: { zh: '缺席', en: 'absent' },
  unanswered: { zh: '未答复', en: 'unanswered' },
  declined: { zh: '不能参加', en: 'declined' },
  excused: { zh: '请假', en: 'excused' },
  cancelled: { zh: '取消', en: 'cancelled' },
} as const satisfies Record<string, Words>
export type Outcome = keyof typeof outcomes

/** The texts of this slice's error codes: what is wrong and what to do. `{…}` is a detail of the error. */
export const attendanceErrors: Record<string, Words> = {
  'attendance.missing': { zh: '没有这条到岗记录。', en: 'Nothing was recorded here.' },
  'numbers.not_now': {
    zh: '号码仅在活动期间可查看。',
    en: 'Numbers are shown while the event is on.',
  },
  'attendance.over': {
    zh: '班次已结束，不能再签到；当天到过现场的可申请补录。',
    en: 'The shift is over. Whoever was there can ask to be recorded.',
  },
  'group_count.handed_over': {
    zh: '您已不负责该队伍，清点未记录，请告知现任队长。',
    en: 'You do not lead this team any more, so the count was not recorded. Tell whoever does.',
  },
  'group_count.adults': {
    zh: '人数与成人数不符，请核对。',
    en: 'The adults do not fit the number counted. Check both.',
  },
  'late_entry.arrived': { zh: '该人员的到岗已有记录。', en: 'They are recorded as arrived already.' },
  'late_entry.decided': { zh: '该补录已有人审核。', en: 'Somebody decided about this entry already.' },
  'late_entry.missing': { zh: '没有这条补录申请。', en: 'There is no such entry.' },
  'late_entry.not_drawn': { zh: '该条未被抽中复核。', en: 'This entry was not drawn for a second look.' },
  'late_entry.not_yet': {
    zh: '班次还没有结束，请签到或点名。',
    en: 'The shift is not over: check them in, or call the roll.',
  },
  'late_entry.over': {
    zh: '班次结束已超过十个工作日，不能再补录。',
    en: 'More than ten working days have passed since the shift: nothing can be entered any more.',
  },
  'late_entry.not_yours': {
    zh: '须由他人审核：本人、录入人和其任命者不能审核。',
    en: 'Somebody else decides: neither who entered it, nor who is in it, nor who was appointed by them.',
  },
  'late_entry.reason': {
    zh: '不通过须填写原因，申请人会收到。',
    en: 'Say why it is refused: whoever asked is told.',
  },
  'link.revoked': {
    zh: '链接已停用，请使用最近一次收到的链接。',
    en: 'This link is no longer valid. Use the one that came last.',
  },
  'roll.stamp': {
    zh: '点名页面已过期，请重新打开点名。',
    en: 'The roll was loaded too long ago. Open it again.',
  },
  'roll_pass.ended': { zh: '点名凭证已失效，请重新出示。', en: 'This pass has ended. Ask for a new one.' },
  'roll_pass.missing': { zh: '没有这张点名凭证。', en: 'There is no such pass.' },
  'roll_pass.unknown': { zh: '点名凭证无效，请重新扫码。', en: 'This pass is not known. Scan it again.' },
}

/** The alarms this slice raises. */
export const attendanceAttention = {
  'late_entry.many': {
    zh: '同一账号在一次活动中补录过多',
    en: 'One user entered many people of an event afterwards',
  },
} as const satisfies Record<string, Words>
