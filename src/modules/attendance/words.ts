/** The closed sets of this slice and how they read. */

type Texts<K extends string> = Record<K, { zh: string; en: string }>

/** When somebody arrived, against the shift's window. A label: nobody is turned away. */
export type Timing = 'early' | 'on_time' | 'late'

export const timings: Texts<Timing> = {
  early: { zh: '提前', en: 'early' },
  on_time: { zh: '准时', en: 'on time' },
  late: { zh: '迟到', en: 'late' },
}

/** By what way an attendance was recorded. */
export type AttendanceVia = 'link' | 'roll_call'

export const attendanceVias: Texts<AttendanceVia> = {
  link: { zh: '本人链接', en: 'own link' },
  roll_call: { zh: '负责人点名', en: "leader's roll-call" },
}

/** Evidence grades, best first. D is entered afterwards and approved by a second person. */
export type EvidenceGrade = 'A' | 'B' | 'C' | 'D'

export const evidenceGrades: Texts<EvidenceGrade> = {
  A: { zh: '现场核验', en: 'at the place, inside the window' },
  B: { zh: '负责人确认', en: 'confirmed by the leader' },
  C: { zh: '本人申报', en: "the person's own statement" },
  D: { zh: '事后补录', en: 'entered afterwards' },
}

/** What a position said about being at the place. Evidence, never a gate. */
export type PositionJudgement = 'inside' | 'near' | 'far' | 'none'

export const positionJudgements: Texts<PositionJudgement> = {
  inside: { zh: '在区域内', en: 'inside the zone' },
  near: { zh: '在附近', en: 'near the zone' },
  far: { zh: '距离较远', en: 'far from the zone' },
  none: { zh: '无定位', en: 'no position' },
}

/** How far from the zone, roughly: the position itself is not kept. */
export type DistanceBand = '0' | '100m' | '500m' | '2km' | 'beyond'

export const distanceBands: Texts<DistanceBand> = {
  '0': { zh: '区域内', en: 'inside' },
  '100m': { zh: '100 米以内', en: 'within 100 m' },
  '500m': { zh: '500 米以内', en: 'within 500 m' },
  '2km': { zh: '2 公里以内', en: 'within 2 km' },
  beyond: { zh: '2 公里以外', en: 'beyond 2 km' },
}

/** What the leader should look at. */
export type AttendanceFlag = 'far' | 'consent_missing'

export const attendanceFlags: Texts<AttendanceFlag> = {
  far: { zh: '签到定位较远', en: 'checked in far from the place' },
  consent_missing: { zh: '未成年人缺少监护人同意', en: 'a minor without the guardian’s consent' },
}

/** What was done to an attendance; each is kept. */
export type OperationKind = 'check_in' | 'check_out' | 'confirm' | 'undo'

export const operationKinds: Texts<OperationKind> = {
  check_in: { zh: '签到', en: 'check-in' },
  check_out: { zh: '签退', en: 'check-out' },
  confirm: { zh: '负责人确认', en: 'confirmed by the leader' },
  undo: { zh: '撤销签到', en: 'check-in undone' },
}

/** How every assignment ends, in exactly one of six ways. */
export type Outcome = 'arrived' | 'absent' | 'unanswered' | 'declined' | 'excused' | 'cancelled'

export const outcomes: Texts<Outcome> = {
  arrived: { zh: '到岗', en: 'arrived' },
  absent: { zh: '缺席', en: 'absent' },
  unanswered: { zh: '未答复', en: 'unanswered' },
  declined: { zh: '婉拒', en: 'declined' },
  excused: { zh: '请假', en: 'excused' },
  cancelled: { zh: '取消', en: 'cancelled' },
}
