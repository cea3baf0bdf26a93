import type { Words } from '#modules/organisation/pure.ts'

/** Classes of points (点位类型). */
export const pointClasses = {
  community: { zh: '社区', en: 'Community' },
  compound: { zh: '居民小区', en: 'Residential compound' },
  main_road: { zh: '主次干道', en: 'Main road' },
  back_street: { zh: '背街小巷', en: 'Back street' },
  commercial_street: { zh: '商业大街', en: 'Commercial street' },
  crossing: { zh: '交通路口', en: 'Crossing' },
  market: { zh: '农贸市场', en: 'Market' },
  park: { zh: '公园', en: 'Park' },
  square: { zh: '广场', en: 'Square' },
  hospital: { zh: '医院', en: 'Hospital' },
  school: { zh: '中小学校', en: 'School' },
  school_surroundings: { zh: '校园周边', en: 'School surroundings' },
  entertainment: { zh: '网吧与娱乐场所', en: 'Internet cafés and entertainment' },
  railway_station: { zh: '火车站', en: 'Railway station' },
  coach_station: { zh: '客运站', en: 'Coach station' },
  bus: { zh: '公交车与站台', en: 'Buses and stops' },
  taxi: { zh: '出租汽车', en: 'Taxis' },
  government_hall: { zh: '政务大厅', en: 'Government hall' },
  service_hall: { zh: '服务窗口', en: 'Service counter' },
  mall: { zh: '商场超市', en: 'Mall or supermarket' },
  hotel_restaurant: { zh: '宾馆饭店', en: 'Hotel or restaurant' },
  culture: { zh: '文化体育场馆', en: 'Culture and sport' },
  education_base: { zh: '爱国主义教育基地', en: 'Education base' },
  scenic_area: { zh: '景区景点', en: 'Scenic area' },
  construction: { zh: '建筑工地', en: 'Construction site' },
  sanitation: { zh: '公厕与垃圾站', en: 'Toilets and waste stations' },
  shelter: { zh: '应急避难场所', en: 'Emergency shelter' },
  practice_station: { zh: '文明实践站点', en: 'Practice station' },
  village: { zh: '行政村', en: 'Village' },
  riverside: { zh: '河岸', en: 'Riverside' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Words>
export type PointClass = keyof typeof pointClasses

/** Of which points a standard is: those of one class, or all. */
export const standardClasses = {
  common: { zh: '通用', en: 'Every class' },
  ...pointClasses,
} as const satisfies Record<string, Words>
export type StandardClass = keyof typeof standardClasses

/** How the scores of points become one of a city (计分方法). */
export const schemeMethods = {
  balanced: { zh: '分层计分', en: 'Balanced: the mean of each class and district' },
  pooled: { zh: '合并计分', en: 'Pooled: all observations together' },
} as const satisfies Record<string, Words>
export type SchemeMethod = keyof typeof schemeMethods

export const schemeStates = {
  draft: { zh: '草稿', en: 'Draft' },
  published: { zh: '已发布', en: 'Published' },
  closed: { zh: '已停用', en: 'No longer used' },
} as const satisfies Record<string, Words>
export type SchemeState = keyof typeof schemeStates

/** What is answered: whether it is met, or how many faults there are. */
export const answerKinds = {
  met: { zh: '达标情况', en: 'Met or not' },
  count: { zh: '问题数量', en: 'How many faults' },
} as const satisfies Record<string, Words>
export type AnswerKind = keyof typeof answerKinds

/** When an answer needs a picture. */
export const photoRules = {
  never: { zh: '不需要', en: 'Never' },
  on_failure: { zh: '不达标时', en: 'Where it fails' },
  always: { zh: '必须', en: 'Always' },
} as const satisfies Record<string, Words>
export type PhotoRule = keyof typeof photoRules

/** How bad it is; found again, a case goes one step up. In ascending order. */
export const severities = {
  notice: { zh: '提醒', en: 'Notice' },
  ordinary: { zh: '一般问题', en: 'Ordinary' },
  serious: { zh: '突出问题', en: 'Serious' },
  grave: { zh: '重大问题', en: 'Grave' },
} as const satisfies Record<string, Words>
export type Severity = keyof typeof severities

/** A unit's part in a standard, in a district or the whole city. */
export const standardRoles = {
  lead: { zh: '牵头单位', en: 'Leads' },
  support: { zh: '配合单位', en: 'Supports' },
} as const satisfies Record<string, Words>
export type StandardRole = keyof typeof standardRoles

export const roundKinds = {
  monthly: { zh: '月度测评', en: 'Monthly' },
  special: { zh: '专项督查', en: 'Special' },
  self_test: { zh: '自查自评', en: 'Self-test' },
  recheck: { zh: '复核', en: 'Re-check' },
} as const satisfies Record<string, Words>
export type RoundKind = keyof typeof roundKinds

export const roundStates = {
  created: { zh: '待抽样', en: 'Not drawn yet' },
  drawn: { zh: '已抽样', en: 'Drawn' },
  revealed: { zh: '已公开', en: 'Shown' },
  closed: { zh: '已结束', en: 'Closed' },
} as const satisfies Record<string, Words>
export type RoundState = keyof typeof roundStates

/** Why somebody goes there. */
export const visitRoles = {
  sample: { zh: '抽中', en: 'Drawn' },
  reserve: { zh: '备选', en: 'Reserve' },
  recheck: { zh: '复核', en: 'Re-check' },
  patrol: { zh: '巡查', en: 'Patrol' },
} as const satisfies Record<string, Words>
export type VisitRole = keyof typeof visitRoles

export const visitStates = {
  unassigned: { zh: '待安排', en: 'Nobody goes yet' },
  assigned: { zh: '待走访', en: 'To be visited' },
  received: { zh: '已上传', en: 'Received' },
} as const satisfies Record<string, Words>
export type VisitState = keyof typeof visitStates

/** What was seen. 不适用 and 未见 count neither as met nor as failed. */
export const observationAnswers = {
  met: { zh: '达标', en: 'Met' },
  partly: { zh: '部分达标', en: 'Partly' },
  not: { zh: '不达标', en: 'Not met' },
  not_applicable: { zh: '不适用', en: 'Does not apply' },
  not_seen: { zh: '未见', en: 'Not seen' },
} as const satisfies Record<string, Words>
export type ObservationAnswer = keyof typeof observationAnswers

/** From what kind of visit a case came. */
export const caseSources = {
  sample: { zh: '抽样测评', en: 'A drawn visit' },
  patrol: { zh: '巡查', en: 'Patrol' },
  self_test: { zh: '自查', en: 'Self-test' },
  recheck: { zh: '复核', en: 'Re-check' },
} as const satisfies Record<string, Words>
export type CaseSource = keyof typeof caseSources

/** By which step it was decided who answers for a finding; the first that names an open unit. */
export const answeringSteps = {
  district_lead: { zh: '该标准在本县区的牵头单位', en: 'Leads the standard in the district' },
  city_lead_branch: { zh: '市级牵头单位在本县区的对口单位', en: 'The city lead’s branch in the district' },
  named: { zh: '指定单位', en: 'Named by the office' },
  point_unit: { zh: '点位所属单位', en: 'The unit of the point' },
  zone_unit: { zh: '区域责任单位', en: 'Answers for the zone' },
  district_office: { zh: '县区文明办', en: 'The office of the district' },
} as const satisfies Record<string, Words>
export type AnsweringStep = keyof typeof answeringSteps

/** Why a case is not issued to anybody. */
export const heldReasons = {
  'case.nobody_answers': { zh: '没有责任单位，请指定', en: 'Nobody answers for it: name a unit' },
  'case.nobody_checks': {
    zh: '无人可以核查，请指定其他责任单位',
    en: 'Nobody could sign it off: name another unit',
  },
} as const satisfies Record<string, Words>
export type HeldReason = keyof typeof heldReasons

export const recheckOutcomes = {
  held: { zh: '保持整改', en: 'Still put right' },
  fell_back: { zh: '复核反弹', en: 'Fell back' },
  unclear: { zh: '无法核实', en: 'Could not be seen' },
} as const satisfies Record<string, Words>
export type RecheckOutcome = keyof typeof recheckOutcomes

/** Who is compared with whom: each apart. */
export const rankingGroups = {
  city_districts: { zh: '城区', en: 'City districts' },
  counties: { zh: '县', en: 'Counties' },
  streets: { zh: '街道乡镇', en: 'Subdistricts and towns' },
  departments: { zh: '市直部门', en: 'Departments' },
} as const satisfies Record<string, Words>
export type RankingGroup = keyof typeof rankingGroups

/** Why somebody is listed and not ranked. */
export const unrankedReasons = {
  'ranking.few_points': { zh: '测评点位不足', en: 'Too few points' },
  'ranking.few_due': { zh: '到期问题不足', en: 'Too few cases were due' },
  'ranking.nothing_valid': { zh: '无有效观察', en: 'Nothing valid was seen' },
} as const satisfies Record<string, Words>
export type UnrankedReason = keyof typeof unrankedReasons

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
  'upload.operation_taken': {
    zh: '该上传编号已被另一份内容使用，请更换编号后重传。',
    en: 'Something else was sent under this id. Send it under a new one.',
  },
  'inspector.not_one': {
    zh: '该账号没有走访权限，或已停用。',
    en: 'This account records no visits, or is disabled.',
  },
  'inspector.unit_needed': {
    zh: '督查人员的账号未登记所属单位，请先补充。',
    en: 'The inspector’s account names no unit. Enter one first.',
  },
  'inspector.own_district': {
    zh: '督查人员不能走访本县区的点位，请另派人员。',
    en: 'Nobody inspects their own district. Send somebody else.',
  },
  'inspector.own_line': {
    zh: '督查人员的单位与该点位的责任单位属于同一条线，请另派人员。',
    en: 'The inspector’s unit is on the line of one that answers there. Send somebody else.',
  },
  'inspector.own_role': {
    zh: '督查人员在该县区或责任单位另有职务，请另派人员。',
    en: 'The inspector holds another role there. Send somebody else.',
  },
  'case.missing': {
    zh: '没有这个整改问题，或不在您的管理范围内。',
    en: 'There is no such case within your reach.',
  },
  'case.issued': {
    zh: '该问题已交办；改派请在任务中办理。',
    en: 'The case is issued; its task is reassigned by moves.',
  },
  'case.nobody_checks': {
    zh: '该单位与交办单位属于同一条线，无人可以核查，请指定其他单位。',
    en: 'Nobody could sign it off there. Name another unit.',
  },
}

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
  'visit.not_drawn': { zh: '该点位未被抽中，已暂存。', en: 'The point was not drawn; it is held.' },
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
  'scheme.not_published': { zh: '测评体系未发布，已暂存。', en: 'The scheme is not published; it is held.' },
  'point.missing': { zh: '没有该点位，已暂存。', en: 'There is no such point; it is held.' },
  'zone.missing': { zh: '没有该区域，已暂存。', en: 'There is no such zone; it is held.' },
}
