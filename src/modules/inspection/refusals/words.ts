import type { Words } from '#modules/organisation/pure.ts'

/** The texts of this slice's error codes: what is wrong and what to do. */
export const inspectionErrors: Record<string, Words> = {
  'scheme.missing': {
    zh: '没有这个测评体系，或不在您的管理范围内。',
    en: 'There is no such scheme within your reach.',
  },
  'scheme.published': {
    zh: '测评体系已发布，不能再修改；如需调整，请新编一版。',
    en: 'The scheme is published and never changes. Begin its next edition.',
  },
  'scheme.not_published': { zh: '测评体系尚未发布。', en: 'The scheme is not published yet.' },
  'scheme.closed': {
    zh: '测评体系已停用，请选用现行版本。',
    en: 'The scheme is no longer used. Choose another one.',
  },
  'scheme.empty': { zh: '测评体系还没有标准，不能发布。', en: 'The scheme has no standards yet.' },
  'scheme.edition_open': {
    zh: '已有一版未发布，请先发布或继续编制该版。',
    en: 'An edition is not published yet. Go on with that one.',
  },
  'scheme.indicator_twice': {
    zh: '指标编号{code}重复。',
    en: 'Two indicators have the code {code}.',
  },
  'scheme.indicator_used': {
    zh: '仍有标准属于指标{code}，不能删除该指标。',
    en: 'Standards are of the indicator {code}. Change them first.',
  },
  'standard.missing': { zh: '没有这条测评标准。', en: 'There is no such standard.' },
  'standard.code_taken': {
    zh: '本体系已有编号为{code}的标准。',
    en: 'Another standard of the scheme has the code {code}.',
  },
  'standard.indicator_unknown': {
    zh: '测评体系没有编号为{indicator}的指标，请先添加。',
    en: 'The scheme has no indicator {indicator}. Add it first.',
  },
  'standard.thresholds_unfit': {
    zh: '计分档有误：按数量计分的标准须有计分档，数量从小到大、得分不增，最后一档不设上限；其他标准不填。',
    en: 'Thresholds do not fit: only what is counted has them, counts ascend, scores never rise, and the last has no end.',
  },
  'standard.unit_twice': {
    zh: '同一地区内，一个单位只能填写一次。',
    en: 'A unit stands once for each place.',
  },
  'point.missing': {
    zh: '没有这个点位，或不在您的管理范围内。',
    en: 'There is no such point within your reach.',
  },
  'point.code_taken': { zh: '已有编号为{code}的点位。', en: 'Another point has the code {code}.' },
  'point.place_unclear': {
    zh: '经度和纬度须同时填写，或都不填。',
    en: 'Give both latitude and longitude, or neither.',
  },
  'point.outside_city': {
    zh: '位置在本市范围以外，请核对经纬度。',
    en: 'The position is outside the city. Check it.',
  },
  'point.outside_zone': {
    zh: '位置距所填区域{metres}米，请核对区域或经纬度。',
    en: 'The position is {metres} m from the zone. Check zone and position.',
  },
  'round.missing': {
    zh: '没有这个轮次，或尚未公开。',
    en: 'There is no such round, or it was not shown yet.',
  },
  'round.drawn': {
    zh: '该轮次已抽样；每轮只抽一次，抽样后不能再修改。',
    en: 'The round was drawn; a round is drawn once.',
  },
  'round.not_drawn': { zh: '该轮次尚未抽样。', en: 'The round was not drawn yet.' },
  'round.closed': { zh: '该轮次已结束。', en: 'The round is closed.' },
  'round.not_closed': {
    zh: '轮次结束后才公布种子，届时可以核验。',
    en: 'The seed is shown after the round is closed.',
  },
  'round.empty_frame': {
    zh: '没有可抽的点位，请核对县区和点位类型。',
    en: 'There are no points to draw from. Check districts and classes.',
  },
  'round.empty_stratum': {
    zh: '有的县区没有相应类型的点位，请登记点位或调整抽样方案。',
    en: 'A district has no points of a class. Enter points, or change what is drawn.',
  },
  'round.class_unscored': {
    zh: '测评体系没有这些点位类型的标准，请调整抽样方案或选用其他体系。',
    en: 'The scheme has no standards for these classes. Draw others, or choose another scheme.',
  },
  'round.too_few': {
    zh: '样本量{asked}少于层数{strata}：每层至少抽一个，请增加样本量。',
    en: '{asked} points are fewer than the {strata} strata: each has at least one. Draw more.',
  },
  'visit.missing': { zh: '没有这次走访，或尚未公开。', en: 'There is no such visit for you to see.' },
  'visit.received': { zh: '该走访已上传。', en: 'The visit came home already.' },
  'upload.missing': { zh: '没有这次上传。', en: 'There is no such upload of yours.' },
  'upload.settled': { zh: '这次上传已经处理过。', en: 'Somebody has decided on this upload already.' },
  'upload.nothing_fits': {
    zh: '所选内容没有一条适合这个地方和测评体系，未收下。请改选地点，或写明处理说明。',
    en: 'No entry of it fits this place and scheme, so nothing was taken. Choose another place, or settle it with a note.',
  },
  'upload.operation_taken': {
    zh: '该上传编号已被另一份内容使用，请更换编号后重传。',
    en: 'Something else was sent under this id. Send it under a new one.',
  },
  'inspector.not_one': {
    zh: '该账号没有走访权限，或已停用。',
    en: 'This account records no visits, or is disabled.',
  },
  'inspector.unit_needed': {
    zh: '督导员的账号未登记所属单位，请先补充。',
    en: 'The inspector’s account names no unit. Enter one first.',
  },
  'inspector.own_district': {
    zh: '督导员不能走访本县区的点位，请另派人员。',
    en: 'Nobody inspects their own district. Send somebody else.',
  },
  'inspector.own_line': {
    zh: '督导员的单位与该点位的责任单位属于同一条线，请另派人员。',
    en: 'The inspector’s unit is on the line of one that answers there. Send somebody else.',
  },
  'inspector.own_role': {
    zh: '督导员在该县区或责任单位另有职务，请另派人员。',
    en: 'The inspector holds another role there. Send somebody else.',
  },
  'inspector.beyond': {
    zh: '巡查地点不在督导员的督查范围内，请另派人员，或由轮次安排走访。',
    en: 'The patrol is beyond the part that the inspector looks at. Send somebody else, or send them in a round.',
  },
  'inspector.not_in_round': {
    zh: '本轮次没有安排该督导员走访，请核对是谁的手机文件。',
    en: 'Nobody sent this inspector anywhere in this round. Check whose phone the file is from.',
  },
  'inspector.not_third': {
    zh: '复核须由第三人进行：发现、报结、核查过该问题的人员不能复核，请另派人员。',
    en: 'A third person looks again: not who found it, reported it or signed it off. Send somebody else.',
  },
  'case.missing': {
    zh: '没有这个整改问题，或不在您的管理范围内。',
    en: 'There is no such case within your reach.',
  },
  'case.shift_taken': { zh: '该问题已拟定过班次。', en: 'A shift was drafted from the case already.' },
  'case.issued': {
    zh: '该问题已交办；改派请在任务中办理。',
    en: 'The case is issued; its task is reassigned by moves.',
  },
  'case.nobody_answers': {
    zh: '没有责任单位，请先指定责任单位，再交办。',
    en: 'Nobody answers for it. Name a unit first.',
  },
  'case.nobody_checks': {
    zh: '该单位与交办单位属于同一条线，无人可以核查，请指定其他单位。',
    en: 'Nobody could sign it off there. Name another unit.',
  },
}
