import type { Words } from '#modules/organisation/pure.ts'

/** What is told of an entry that a phone sent, or of the visit as a whole. */
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
  'inspector.not_third': {
    zh: '复核须由第三人进行，已暂存。',
    en: 'A third person looks again; it is held.',
  },
  'scheme.not_published': { zh: '测评体系未发布，已暂存。', en: 'The scheme is not published; it is held.' },
  'point.missing': { zh: '没有该点位，已暂存。', en: 'There is no such point; it is held.' },
  'zone.missing': { zh: '没有该区域，已暂存。', en: 'There is no such zone; it is held.' },
}
