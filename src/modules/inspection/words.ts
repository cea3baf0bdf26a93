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

/** What looks odd about a case. It is told, and blocks nothing. */
export const caseFlags = {
  no_picture: { zh: '缺照片', en: 'Issued without its pictures' },
  odd_picture: { zh: '照片存疑', en: 'A picture looks odd' },
  recurred: { zh: '反弹', en: 'Found again' },
  fell_back: { zh: '复核反弹', en: 'Fell back' },
} as const satisfies Record<string, Words>
export type CaseFlag = keyof typeof caseFlags

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

/** 排名 from its creation to what was published. */
export const rankingStates = {
  computing: { zh: '计算中', en: 'Being computed' },
  draft: { zh: '公示中', en: 'Open to appeals' },
  settled: { zh: '申诉期满', en: 'No more appeals' },
  final: { zh: '已定稿', en: 'Final' },
} as const satisfies Record<string, Words>
export type RankingState = keyof typeof rankingStates

/** How an office decides on an appeal. */
export const appealDecisions = {
  granted: { zh: '申诉成立', en: 'Granted' },
  refused: { zh: '申诉不成立', en: 'Refused' },
} as const satisfies Record<string, Words>

/** What becomes of an appeal: it is decided, or its unit takes it back before. */
export const appealOutcomes = {
  ...appealDecisions,
  withdrawn: { zh: '已撤回', en: 'Taken back' },
} as const satisfies Record<string, Words>
export type AppealOutcome = keyof typeof appealOutcomes

/** How the figures of cases are divided. */
export const caseDivisions = {
  district: { zh: '按县区', en: 'By district' },
  unit: { zh: '按责任单位', en: 'By unit' },
  standard: { zh: '按测评标准', en: 'By standard' },
  category: { zh: '按指标', en: 'By indicator' },
  source: { zh: '按来源', en: 'By source' },
  round: { zh: '按轮次', en: 'By round' },
  point_class: { zh: '按点位类型', en: 'By class of points' },
} as const satisfies Record<string, Words>
export type CaseDivision = keyof typeof caseDivisions
