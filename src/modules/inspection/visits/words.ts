import type { Words } from '#modules/organisation/pure.ts'

/** What is told of an entry that a phone sent, or of the visit as a whole, to whoever sent it. */
export const remarkTexts: Readonly<Record<string, Words>> = {
  'observation.standard_unknown': {
    zh: '测评体系中没有该标准，已暂存。',
    en: 'The scheme has no such standard; it is held.',
  },
  'observation.other_class': {
    zh: '该标准不适用于此类点位，已暂存。',
    en: 'The standard is of another class; it is held.',
  },
  'observation.twice': {
    zh: '同一标准同一次观察重复，已暂存。',
    en: 'The same observation was sent twice; it is held.',
  },
  'observation.answer_missing': { zh: '未填写结果，已暂存。', en: 'It has no answer; it is held.' },
  'observation.count_missing': { zh: '未填写数量，已暂存。', en: 'It has no count; it is held.' },
  'observation.count_below_zero': { zh: '数量小于0，已暂存。', en: 'The count is below 0; it is held.' },
  'observation.answer_unfit': {
    zh: '该标准不按数量计分，已暂存。',
    en: 'The standard is not counted; it is held.',
  },
  'observation.must_apply': {
    zh: '该标准不能选“不适用”，已暂存。',
    en: 'The standard always applies; it is held.',
  },
  'observation.reason_missing': {
    zh: '“不适用”须说明原因，已暂存。',
    en: 'Say why it does not apply; it is held.',
  },
  'observation.left_out': {
    zh: '办公室处理时未收下该条，原件保留。',
    en: 'The office did not take this entry; it is kept as it was sent.',
  },
  'observation.picture_needed': { zh: '缺少照片，已收下。', en: 'A picture is missing; it was taken.' },
  'observation.picture_twice': {
    zh: '同一照片列了两次，只计一次。',
    en: 'A picture was named twice; it counts once.',
  },
  'visit.unnamed': { zh: '未说明是哪次走访，已暂存。', en: 'It does not say which visit it is; it is held.' },
  'visit.not_drawn': {
    zh: '没有安排给您的这次走访，已暂存。',
    en: 'No such visit was given to you; it is held.',
  },
  'visit.not_yours': { zh: '该走访由他人负责，已暂存。', en: 'The visit is somebody else’s; it is held.' },
  'visit.received': {
    zh: '该走访此前已上传，本次内容已暂存。',
    en: 'The visit came home before; this is held.',
  },
  'visit.not_open': { zh: '走访早于开放时间，已暂存。', en: 'It was before the visit opened; it is held.' },
  'visit.time_unclear': {
    zh: '结束早于开始，请核对手机时间；已收下。',
    en: 'It ended before it began: check the clock. It was taken.',
  },
  'inspector.not_one': { zh: '账号没有走访权限，已暂存。', en: 'The account records no visits; it is held.' },
  'inspector.unit_needed': {
    zh: '账号未登记所属单位，已暂存。',
    en: 'The account names no unit; it is held.',
  },
  'inspector.own_district': {
    zh: '走访的是本县区，已暂存。',
    en: 'It is the inspector’s own district; it is held.',
  },
  'inspector.own_line': {
    zh: '走访的是本条线的单位，已暂存。',
    en: 'It is the inspector’s own line; it is held.',
  },
  'inspector.own_role': {
    zh: '在该处另有职务，已暂存。',
    en: 'The inspector holds a role there; it is held.',
  },
  'inspector.beyond': {
    zh: '巡查地点不在您的督查范围内，已暂存。',
    en: 'The patrol is beyond the part that you inspect; it is held.',
  },
  'inspector.not_third': {
    zh: '复核须由第三人进行，已暂存。',
    en: 'A third person looks again; it is held.',
  },
  'scheme.not_published': { zh: '测评体系未发布，已暂存。', en: 'The scheme is not published; it is held.' },
  'point.missing': { zh: '没有该点位，已暂存。', en: 'There is no such point; it is held.' },
  'zone.missing': { zh: '没有该区域，已暂存。', en: 'There is no such zone; it is held.' },
}

/** The same, told to the office that decides on what is held: why it was not taken, of somebody else. */
export const heldTexts: Readonly<Record<string, Words>> = {
  'observation.standard_unknown': {
    zh: '所用的测评体系中没有该标准。',
    en: 'The scheme in use has no such standard.',
  },
  'observation.other_class': {
    zh: '该标准适用于另一类点位，与走访的点位不符。',
    en: 'The standard is of another class than the point that was visited.',
  },
  'observation.twice': {
    zh: '同一标准的同一次观察传了两条，先到的已收下，这一条未收。',
    en: 'The same observation was sent twice; the first was taken, this one was not.',
  },
  'observation.answer_missing': { zh: '督导员未填写结果。', en: 'The inspector gave no answer.' },
  'observation.count_missing': { zh: '督导员未填写数量。', en: 'The inspector gave no count.' },
  'observation.count_below_zero': { zh: '填写的数量小于0。', en: 'The count is below 0.' },
  'observation.answer_unfit': {
    zh: '填写了数量，而该标准不按数量计分。',
    en: 'There is a count, and the standard is not counted.',
  },
  'observation.must_apply': {
    zh: '填写了“不适用”，而该标准不允许。',
    en: 'It says that it does not apply, which the standard does not admit.',
  },
  'observation.reason_missing': {
    zh: '填写了“不适用”，但没有说明原因。',
    en: 'It says that it does not apply, and not why.',
  },
  'observation.picture_needed': { zh: '缺少照片，已照常收下。', en: 'A picture is missing; it was taken.' },
  'observation.picture_twice': {
    zh: '同一照片列了两次，只计一次。',
    en: 'A picture was named twice; it counts once.',
  },
  'observation.left_out': {
    zh: '处理时未选择收下，原件保留。',
    en: 'It was not chosen to be taken; it is kept as it was sent.',
  },
  'visit.unnamed': { zh: '没有写明是哪次走访。', en: 'It does not say which visit it is.' },
  'visit.not_drawn': {
    zh: '没有安排给这名督导员的这次走访。',
    en: 'No such visit was given to this inspector.',
  },
  'visit.not_yours': {
    zh: '该走访安排给了另一名督导员。',
    en: 'The visit was given to another inspector.',
  },
  'visit.received': {
    zh: '该走访此前已有一份上传，并已收下。',
    en: 'The visit came home before and was taken.',
  },
  'visit.not_open': {
    zh: '走访时间早于安排的开放时间。',
    en: 'It was before the visit opened.',
  },
  'visit.time_unclear': {
    zh: '结束时间早于开始时间，可能是手机时间不准；已照常收下。',
    en: 'It ended before it began, perhaps by a wrong clock. It was taken.',
  },
  'inspector.not_one': {
    zh: '上传人的账号没有走访权限。',
    en: 'The account of whoever sent it records no visits.',
  },
  'inspector.unit_needed': {
    zh: '上传人的账号未登记所属单位。',
    en: 'The account of whoever sent it names no unit.',
  },
  'inspector.own_district': {
    zh: '督导员走访了本县区的点位。',
    en: 'The inspector looked at their own district.',
  },
  'inspector.own_line': {
    zh: '督导员走访了本条线单位负责的点位。',
    en: 'The inspector looked at their own line.',
  },
  'inspector.own_role': {
    zh: '督导员在走访的地方另有职务。',
    en: 'The inspector holds another role there.',
  },
  'inspector.beyond': {
    zh: '巡查地点不在上传人的督查范围内。',
    en: 'The patrol is beyond the part that whoever sent it inspects.',
  },
  'inspector.not_third': {
    zh: '复核须由没有参与过该问题的第三人进行。',
    en: 'A third person, who had no part in the case, looks again.',
  },
  'scheme.not_published': { zh: '所用的测评体系没有发布。', en: 'The scheme in use is not published.' },
  'point.missing': { zh: '没有这个点位。', en: 'There is no such point.' },
  'zone.missing': { zh: '没有这个区域。', en: 'There is no such zone.' },
}
